package io.pgha.core.module;

import io.pgha.core.module.GitCommand.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a commit in a folder. */
final class ModuleFiles {
  private static final String SUBMODULE = "160000";
  private static final String LINK = "120000";
  private static final String PROGRAM = "100755";

  private ModuleFiles() {}

  /**
   * Writes the files of a commit into a folder that does not exist yet; submodules are left out.
   *
   * @throws ModuleException where one of them would be, or lead, outside
   */
  static void write(List<Entry> entries, GitCommand git, Path work, Path folder)
      throws ModuleException, IOException, InterruptedException {
    Files.createDirectory(folder);
    List<Entry> files = new ArrayList<>();
    List<Entry> links = new ArrayList<>();
    checkApart(entries);
    for (Entry entry : entries) {
      checkPath(entry.path());
      if (!entry.mode().equals(SUBMODULE)) {
        (entry.mode().equals(LINK) ? links : files).add(entry);
      }
    }
    git.contents(files, work, (entry, content) -> writeFile(entry, content, folder));
    // After all files, so that none is written through a link.
    git.contents(
        links,
        work,
        (entry, content) -> {
          Path link = folder.resolve(entry.path());
          Files.createDirectories(link.getParent());
          Files.createSymbolicLink(link, Path.of(new String(content, StandardCharsets.UTF_8)));
        });
    for (Entry entry : links) {
      checkLink(folder.resolve(entry.path()), entry.path(), folder);
    }
  }

  private static void writeFile(Entry entry, byte[] content, Path folder) throws IOException {
    Path file = folder.resolve(entry.path());
    Files.createDirectories(file.getParent());
    Files.write(file, content, StandardOpenOption.CREATE_NEW);
    Files.setPosixFilePermissions(
        file,
        PosixFilePermissions.fromString(entry.mode().equals(PROGRAM) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /**
   * Refuses what no work tree of git could hold: a path that is a file or link, and a folder as
   * well. Through such a link others would be written elsewhere. Disks may take large and small
   * letters for the same.
   */
  private static void checkApart(List<Entry> entries) throws ModuleException {
    Set<String> paths = new HashSet<>();
    for (Entry entry : entries) {
      if (!paths.add(folded(entry.path()))) {
        throw refused(entry.path());
      }
    }
    for (Entry entry : entries) {
      String path = folded(entry.path());
      for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        if (paths.contains(path.substring(0, end))) {
          throw refused(entry.path());
        }
      }
    }
  }

  private static String folded(String path) {
    return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static ModuleException refused(String path) {
    return new ModuleException(
        "module-files",
        "The repository holds a file that can't be installed",
        "A file can't be called \"%s\" here.".formatted(path));
  }

  private static void checkPath(String path) throws ModuleException {
    boolean bad = path.startsWith("/");
    for (String part : path.split("/", -1)) {
      bad |=
          part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git");
    }
    try {
      bad |= Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      bad = true;
    }
    if (bad) {
      throw refused(path);
    }
  }

  private static void checkLink(Path link, String name, Path folder)
      throws ModuleException, IOException {
    boolean inside = Files.exists(link) && link.toRealPath().startsWith(folder.toRealPath());
    if (!inside) {
      throw new ModuleException(
          "module-files",
          "The repository holds a link that leads nowhere within it",
          "%s leads to %s. Links must lead to files of the repository itself."
              .formatted(name, Files.readSymbolicLink(link)));
    }
  }

  /**
   * A digest of all files of a folder: paths, contents, links, and which of them are programs.
   *
   * @return {@code sha256:} and 64 hexadecimal digits
   */
  static String digest(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files =
          walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList();
    }
    MessageDigest whole = sha256();
    for (Path file : files) {
      String kind;
      byte[] content;
      if (Files.isSymbolicLink(file)) {
        kind = "l";
        content = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
      } else if (Files.isRegularFile(file)) {
        kind =
            Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE)
                ? "x"
                : "f";
        content = Files.readAllBytes(file);
      } else {
        kind = "o";
        content = new byte[0];
      }
      String line =
          "%s %s %s\0"
              .formatted(
                  kind,
                  HexFormat.of().formatHex(sha256().digest(content)),
                  folder.relativize(file));
      whole.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return "sha256:" + HexFormat.of().formatHex(whole.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
