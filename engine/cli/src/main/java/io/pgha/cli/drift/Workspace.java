package io.pgha.cli.drift;

import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.RootReport;
import io.pgha.language.diagnostic.SourceRange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run takes place: what CI servers call a file is its path from the top of the repository.
 *
 * @param folder the folder that the roots' names are relative to, absolute
 * @param gitHub whether GitHub Actions runs it
 */
public record Workspace(Path folder, boolean gitHub) {
  public Workspace {
    folder = folder.toAbsolutePath().normalize();
  }

  /** A line of a file, by the file's path from the top of the repository. */
  record Spot(String path, int line) {
    /** The path as a relative reference (RFC 3986, section 4.2). */
    String uri() {
      return Stream.of(path.split("/", -1))
          .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
          .collect(Collectors.joining("/"));
    }

    @Override
    public String toString() {
      return path + ":" + line;
    }
  }

  /** The one of a process with these environment variables. */
  public static Workspace of(Path folder, Map<String, String> environment) {
    return new Workspace(folder, "true".equals(environment.get("GITHUB_ACTIONS")));
  }

  /** A root's folder from the top of the repository; {@code .} where it is the top. */
  String path(RootReport root) {
    String path = relative(root, home(root));
    return path.isEmpty() ? "." : path;
  }

  /** A line that declares something; empty where nothing does. */
  Optional<Spot> declared(RootReport root, Optional<SourceRange> range) {
    return range.map(
        known -> new Spot(relative(root, home(root).resolve(known.file())), known.start().line()));
  }

  /**
   * A line that something can be shown at where no line declares it: the first one of the root's
   * configuration. GitHub refuses a result without a place, and GitLab leaves it out.
   */
  Spot spot(RootReport root, Optional<SourceRange> range) {
    return declared(root, range)
        .orElseGet(() -> new Spot(relative(root, configuration(home(root))), 1));
  }

  /** The place of a finding to show it at: the first that a line declares. */
  Spot spot(RootReport root, Finding finding) {
    return spot(
        root, finding.places().stream().map(Place::declared).flatMap(Optional::stream).findFirst());
  }

  /**
   * What stays the same from night to night for one finding among those of all roots: 16
   * hexadecimal digits. A finding's own fingerprint may be another root's too.
   */
  String fingerprint(RootReport root, String... parts) {
    String text = path(root) + "\n" + String.join("\n", parts);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private Path home(RootReport root) {
    return folder.resolve(root.root()).normalize();
  }

  private String relative(RootReport root, Path file) {
    Path top = top(home(root)).orElse(folder);
    return top.relativize(file.normalize()).toString().replace('\\', '/');
  }

  /** The folder that has git's own in it; a worktree and a submodule have a file there. */
  private static Optional<Path> top(Path folder) {
    return Stream.iterate(folder, each -> each != null, Path::getParent)
        .filter(each -> Files.exists(each.resolve(".git")))
        .findFirst();
  }

  private static Path configuration(Path folder) {
    Path main = folder.resolve("main.pgha.hcl");
    if (Files.exists(main) || !Files.isDirectory(folder)) {
      return main;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".pgha.hcl"))
          .min(Comparator.naturalOrder())
          .orElse(main);
    } catch (IOException e) {
      return main;
    }
  }
}
