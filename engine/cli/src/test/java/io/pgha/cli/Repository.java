package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A git repository on this machine that modules are fetched from. */
final class Repository {
  private final Path folder;

  /** A new one in a folder that does not exist yet. */
  Repository(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    git("init", "-q", "-b", "main");
  }

  /** Its address. */
  String url() {
    return "file://" + folder;
  }

  Path folder() {
    return folder;
  }

  /** Writes a file of the next commit. */
  Repository with(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Commits all that was written; returns the commit's id. */
  String commit() {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", "next");
    return git("rev-parse", "HEAD");
  }

  /** Runs git in it; returns what it says. */
  String git(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=test", "-c", "user.email=test@example.org"));
    command.addAll(List.of(words));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "LC_ALL", "C"));
      Process process = builder.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said.strip();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
