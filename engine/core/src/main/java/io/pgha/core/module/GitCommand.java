package io.pgha.core.module;

import io.pgha.core.local.Programs;
import io.pgha.core.module.ModuleSource.Repository;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The {@code git} command, which fetches commits into a bare repository and tells what they hold.
 * Nothing is ever checked out by it, so nothing of a repository is run: no hook, no filter.
 *
 * @param program what to run
 * @param patience how long one command may take
 */
record GitCommand(String program, Duration patience) {
  static final GitCommand DEFAULT = new GitCommand("git", Duration.ofMinutes(10));

  /** All of it is installed, and looked at by every plan: what is larger is no module. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int MOST_FILES = 50_000;

  /**
   * A file of a commit.
   *
   * @param mode {@code 100644}, {@code 100755}, {@code 120000} for a link, {@code 160000} for a
   *     submodule
   * @param id the id of what it holds
   * @param path with slashes
   */
  record Entry(String mode, String id, String path) {}

  /** Takes what a file holds. */
  interface Receiver {
    void accept(Entry entry, byte[] content) throws IOException, ModuleException;
  }

  /** Where the branches and tags of a repository are; an annotated tag is where it points. */
  Map<String, String> refs(Repository repository, Path work)
      throws ModuleException, IOException, InterruptedException {
    Ran ran = fetching(repository, work, List.of("ls-remote", "--", repository.url()));
    if (ran.status() != 0) {
      throw failed(repository, ran);
    }
    Map<String, String> refs = new LinkedHashMap<>();
    for (String line : ran.out().lines().toList()) {
      String[] parts = line.split("\t", 2);
      if (parts.length == 2) {
        refs.put(parts[1].replaceFirst("\\^\\{\\}$", ""), parts[0]);
      }
    }
    return refs;
  }

  /** Makes an empty repository in a folder that is worked in. */
  void begin(Path work) throws ModuleException, IOException, InterruptedException {
    Ran ran = run(work, Optional.empty(), "init", "-q", "--bare", "--template=");
    if (ran.status() != 0) {
      throw new ModuleException("git", "git can't work here", lastWords(ran.errors()));
    }
  }

  /** Fetches one commit; where its server gives out only branches and tags, all of those. */
  void fetch(Repository repository, String commit, Path work)
      throws ModuleException, IOException, InterruptedException {
    List<String> words =
        List.of("fetch", "-q", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head");
    List<String> one = new ArrayList<>(words);
    one.addAll(List.of("--depth=1", "--", repository.url(), commit));
    if (fetching(repository, work, one).status() == 0) {
      return;
    }
    List<String> all = new ArrayList<>(words);
    all.addAll(
        List.of("--", repository.url(), "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"));
    Ran ran = fetching(repository, work, all);
    if (ran.status() != 0) {
      throw failed(repository, ran);
    }
  }

  private Ran fetching(Repository repository, Path work, List<String> words)
      throws ModuleException, IOException, InterruptedException {
    return run(work, Optional.empty(), repository::giveAccess, words);
  }

  /** Whether a repository has a commit. */
  boolean has(String commit, Path work) throws ModuleException, IOException, InterruptedException {
    return run(work, Optional.empty(), "cat-file", "-e", commit + "^{commit}").status() == 0;
  }

  /** The files of a commit. */
  List<Entry> entries(String commit, Path work)
      throws ModuleException, IOException, InterruptedException {
    Ran ran = run(work, Optional.empty(), "ls-tree", "-r", "-l", "-z", "--full-tree", commit);
    if (ran.status() != 0) {
      throw new ModuleException("git", "A commit can't be read", lastWords(ran.errors()));
    }
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (String line : ran.out().split("\0")) {
      if (!line.isEmpty()) {
        String[] parts = line.split("\t", 2);
        String[] facts = parts[0].split(" +");
        entries.add(new Entry(facts[0], facts[2], parts[1]));
        // A submodule has none.
        bytes += facts[3].equals("-") ? 0 : Long.parseLong(facts[3]);
      }
    }
    if (bytes > MOST_BYTES || entries.size() > MOST_FILES) {
      throw new ModuleException(
          "too-large",
          "A repository is too large for a module",
          String.format(
              Locale.ROOT,
              "Commit %s has %,d bytes in %,d files; a module's repository may have %,d in %,d.",
              commit,
              bytes,
              entries.size(),
              MOST_BYTES,
              MOST_FILES));
    }
    return entries;
  }

  /** Gives out what files hold, one after the other. */
  void contents(List<Entry> entries, Path work, Receiver receiver)
      throws ModuleException, IOException, InterruptedException {
    Path wanted = work.resolve("wanted");
    Files.write(wanted, entries.stream().map(Entry::id).toList());
    Path contents = work.resolve("contents");
    Ran ran = run(work, Optional.of(new Streams(wanted, contents)), "cat-file", "--batch");
    if (ran.status() != 0) {
      throw new ModuleException("git", "A commit can't be read", lastWords(ran.errors()));
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(contents)))) {
      for (Entry entry : entries) {
        String[] header = line(in).split(" ");
        if (header.length != 3 || !header[0].equals(entry.id()) || !header[1].equals("blob")) {
          throw new ModuleException(
              "git", "A commit can't be read", "git does not have " + entry.path() + ".");
        }
        byte[] content = in.readNBytes(Integer.parseInt(header[2]));
        in.skipNBytes(1);
        receiver.accept(entry, content);
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private record Ran(int status, String out, String errors) {}

  private record Streams(Path in, Path out) {}

  private Ran run(Path work, Optional<Streams> streams, String... words)
      throws ModuleException, IOException, InterruptedException {
    return run(work, streams, environment -> {}, List.of(words));
  }

  private Ran run(
      Path work,
      Optional<Streams> streams,
      Consumer<Map<String, String>> access,
      List<String> words)
      throws ModuleException, IOException, InterruptedException {
    Path said = Files.createTempFile(work, "git-", ".out");
    Path complained = Files.createTempFile(work, "git-", ".errors");
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  program,
                  "-c",
                  "core.hooksPath=/dev/null",
                  "-c",
                  "fetch.fsckObjects=true",
                  "--no-pager"));
      command.addAll(words);
      ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
      surround(builder.environment());
      access.accept(builder.environment());
      builder.environment().put("GIT_DIR", work.resolve("repository").toString());
      builder.redirectInput(streams.map(Streams::in).orElse(Path.of("/dev/null")).toFile());
      builder.redirectOutput(streams.map(Streams::out).orElse(said).toFile());
      builder.redirectError(complained.toFile());
      int status = await(start(builder), words.getFirst());
      return new Ran(status, text(said), text(complained));
    } finally {
      Files.deleteIfExists(said);
      Files.deleteIfExists(complained);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private Process start(ProcessBuilder builder) throws ModuleException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ModuleException(
          "no-git",
          "The git command can't be run",
          Programs.isMissing(e)
              ? "Modules from git are fetched with it, and there is no \"%s\" in the PATH. Install git."
                  .formatted(program)
              : "Modules from git are fetched with it: %s.".formatted(e.getMessage()));
    }
  }

  private int await(Process process, String what) throws ModuleException, InterruptedException {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new ModuleException(
          "git",
          "git takes too long",
          "git %s was given up after %d s. Look whether the server answers."
              .formatted(what, patience.toSeconds()));
    } finally {
      Programs.end(process);
    }
  }

  /** What git must not take from whoever calls pgha, such as a hook of another repository. */
  private static void surround(Map<String, String> environment) {
    List.of(
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_NAMESPACE",
            "GIT_QUARANTINE_PATH",
            "GIT_TEMPLATE_DIR",
            "GIT_EXTERNAL_DIFF",
            "GIT_TRACE",
            "GIT_TRACE_CURL")
        .forEach(environment::remove);
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    environment.put("GIT_LFS_SKIP_SMUDGE", "1");
    environment.put("LC_ALL", "C");
  }

  private static ModuleException failed(Repository repository, Ran ran) {
    return new ModuleException(
        "git",
        "Can't fetch from " + repository,
        repository.cleaned(lastWords(ran.errors()))
            + " Look for a slip in the address, and whether git ls-remote gets at it.");
  }

  /** What git says at the end is why. */
  private static String lastWords(String errors) {
    List<String> lines = errors.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String text =
        lines.stream()
            .filter(line -> line.startsWith("fatal: ") || line.startsWith("error: "))
            .findFirst()
            .or(() -> lines.stream().reduce((_, last) -> last))
            .orElse("git does not say why");
    return "git says: " + text + (text.endsWith(".") ? "" : ".");
  }
}
