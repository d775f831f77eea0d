package io.pgha.ssh.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The lines of known_hosts files (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain names, patterns,
 * {@code [host]:port}, hashed names, revoked keys. Certificate authorities are passed over.
 */
final class KnownHosts {
  private static final Object WRITING = new Object();

  private final List<Entry> entries;

  /**
   * A line that holds a key.
   *
   * @param names the field of names as written
   * @param revoked whether the key must never be accepted
   * @param key the key
   * @param place the file and line
   */
  record Entry(String names, boolean revoked, HostKey key, String place) {}

  private KnownHosts(List<Entry> entries) {
    this.entries = entries;
  }

  /** Reads files; those that aren't there count as empty. */
  static KnownHosts read(List<Path> files) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        // Not every line need be UTF-8: comments may be anything.
        List<String> lines =
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
        for (int number = 0; number < lines.size(); number++) {
          parse(lines.get(number).strip(), file + ":" + (number + 1), entries);
        }
      }
    }
    return new KnownHosts(List.copyOf(entries));
  }

  private static void parse(String line, String place, List<Entry> entries) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String[] fields = line.split("\\s+", 5);
    int first = line.startsWith("@") ? 1 : 0;
    boolean authority = fields[0].equals("@cert-authority");
    if (authority || fields.length < first + 3) {
      return;
    }
    HostKey.parse(fields[first + 1] + " " + fields[first + 2])
        .ifPresent(
            key -> entries.add(new Entry(fields[first], fields[0].equals("@revoked"), key, place)));
  }

  /** The lines that name a host. */
  List<Entry> entriesFor(String host, int port) {
    String name = nameOf(host, port);
    return entries.stream().filter(entry -> names(entry.names(), name)).toList();
  }

  /** How a host is written in these files. */
  static String nameOf(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return port == 22 ? lower : "[" + lower + "]:" + port;
  }

  private static boolean names(String field, String name) {
    if (field.startsWith("|")) {
      return hashedNames(field, name);
    }
    boolean named = false;
    for (String pattern : field.toLowerCase(Locale.ROOT).split(",")) {
      boolean negated = pattern.startsWith("!");
      if (matches(negated ? pattern.substring(1) : pattern, name)) {
        if (negated) {
          return false;
        }
        named = true;
      }
    }
    return named;
  }

  private static boolean matches(String pattern, String name) {
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return pattern.equals(name);
    }
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      switch (character) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        default -> expression.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return Pattern.matches(expression.toString(), name);
  }

  /** {@code |1|salt|hash}, the hash being HMAC-SHA1 of the name keyed with the salt. */
  private static boolean hashedNames(String field, String name) {
    String[] parts = field.split("\\|");
    if (parts.length != 4 || !parts[1].equals("1")) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    } catch (GeneralSecurityException | IllegalArgumentException damagedLine) {
      return false;
    }
  }

  /**
   * Adds a host's key at the end of a file, by way of a new file that takes its place, so that
   * nobody ever reads half a line.
   */
  static void remember(Path file, String host, int port, HostKey key) throws IOException {
    synchronized (WRITING) {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = target.getParent();
      if (folder == null) {
        throw new IOException(file + " is not a file's path");
      }
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      byte[] before = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
      String lineBreak = before.length == 0 || before[before.length - 1] == '\n' ? "" : "\n";
      String line = lineBreak + nameOf(host, port) + " " + key.text() + "\n";
      Path fresh =
          Files.createTempFile(
              folder,
              ".known_hosts",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          writeAll(channel, before);
          writeAll(channel, line.getBytes(StandardCharsets.UTF_8));
          channel.force(true);
        }
        if (Files.exists(target)) {
          Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
