package io.pgha.ssh.connection;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.BaseFileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Private keys from files: OpenSSH's own format and the older PEM forms. */
final class PrivateKeys {
  private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";

  private PrivateKeys() {}

  /**
   * Reads a private key and decrypts it.
   *
   * @return empty where the key is encrypted and no passphrase is given
   */
  static Optional<KeyProvider> read(HostConnection host, Path file) throws TransportException {
    String text = textOf(host, file);
    if (!text.contains("PRIVATE KEY-----")) {
      throw unusable(host, file, describeOther(text));
    }
    boolean openSsh = text.contains(OPENSSH);
    if (!openSsh || holdsEcdsa(text)) {
      Algorithms.needBouncyCastle();
    }
    Optional<String> passphrase = host.privateKeyPassphrase();
    BaseFileKeyProvider key = openSsh ? new OpenSSHKeyV1KeyFile() : new PKCS8KeyFile();
    key.init(
        text,
        null,
        passphrase.map(word -> PasswordUtils.createOneOff(word.toCharArray())).orElse(null));
    if (passphrase.isEmpty() && isEncrypted(text)) {
      return Optional.empty();
    }
    try {
      key.getPrivate();
      return Optional.of(key);
    } catch (KeyDecryptionFailedException e) {
      throw unusable(host, file, "the passphrase doesn't fit");
    } catch (IOException | SSHRuntimeException e) {
      if (passphrase.isPresent() && isEncrypted(text)) {
        throw unusable(host, file, "the passphrase doesn't fit, or the file is damaged");
      }
      throw unusable(host, file, Failures.reason(e));
    }
  }

  private static String textOf(HostConnection host, Path file) throws TransportException {
    if (!Files.exists(file)) {
      throw unusable(host, file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw unusable(host, file, "it is a directory");
    }
    try {
      refuseOpenPermissions(host, file);
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unusable(host, file, Failures.reason(e));
    }
  }

  /** As ssh does: a key of one's own that others may read is no secret any more. */
  private static void refuseOpenPermissions(HostConnection host, Path file)
      throws IOException, TransportException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")
        || !Files.getOwner(file).getName().equals(System.getProperty("user.name"))) {
      return;
    }
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
    open.removeAll(
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    if (!open.isEmpty()) {
      throw unusable(host, file, "others may read or write it; run: chmod 600 '" + file + "'");
    }
  }

  private static TransportException unusable(HostConnection host, Path file, String reason) {
    return new TransportException(
        Code.AUTHENTICATION_FAILED,
        "can't use the private key %s for %s: %s".formatted(file, host, reason));
  }

  private static String describeOther(String text) {
    if (text.startsWith("ssh-") || text.startsWith("ecdsa-")) {
      return "it is a public key; name the file without .pub";
    }
    if (text.startsWith("PuTTY-User-Key-File")) {
      return "it is in PuTTY's format; convert it with: puttygen KEY -O private-openssh -o FILE";
    }
    return "it holds no private key in OpenSSH's format";
  }

  private static boolean holdsEcdsa(String text) {
    return body(text).contains("ecdsa-sha2-");
  }

  private static boolean isEncrypted(String text) {
    if (text.contains(OPENSSH)) {
      // openssh-key-v1, NUL, then the name of the cipher with its length before it.
      String body = body(text);
      return body.startsWith("openssh-key-v1\0") && !body.startsWith("none", 19);
    }
    return text.contains("Proc-Type: 4,ENCRYPTED") || text.contains("BEGIN ENCRYPTED PRIVATE KEY");
  }

  private static String body(String text) {
    String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException damaged) {
      return "";
    }
  }
}
