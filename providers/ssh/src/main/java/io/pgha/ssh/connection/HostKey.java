package io.pgha.ssh.connection;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * A host's public key, compared by its SSH encoding.
 *
 * @param type such as ssh-ed25519
 * @param encoded the encoded key in base64
 */
record HostKey(String type, String encoded) {
  /** A key in the text form {@code type base64 [comment]}; empty where it is none. */
  static Optional<HostKey> parse(String text) {
    String[] fields = text.strip().split("\\s+", 3);
    if (fields.length < 2) {
      return Optional.empty();
    }
    try {
      byte[] blob = Base64.getDecoder().decode(fields[1]);
      String inside = new Buffer.PlainBuffer(blob).readString();
      return inside.equals(fields[0])
          ? Optional.of(new HostKey(fields[0], Base64.getEncoder().encodeToString(blob)))
          : Optional.empty();
    } catch (IllegalArgumentException | Buffer.BufferException notAKey) {
      return Optional.empty();
    }
  }

  static HostKey of(PublicKey key) {
    byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return new HostKey(KeyType.fromKey(key).toString(), Base64.getEncoder().encodeToString(blob));
  }

  /** The text form that known_hosts files and configurations take. */
  String text() {
    return type + " " + encoded;
  }

  /** The fingerprint as {@code ssh-keygen -l} prints it. */
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(encoded));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The signature algorithms that prove possession of this key. */
  List<String> algorithms() {
    return type.equals("ssh-rsa") ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(type);
  }

  /** The kind of key for people, such as ED25519. */
  String kind() {
    String name = type.startsWith("ssh-") ? type.substring(4) : type.split("-")[0];
    return name.toUpperCase(Locale.ROOT);
  }
}
