package io.pgha.core.module;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pgha.core.module.ModuleSource.Git;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Installs modules from git while a configuration is read, at the commits that are locked, and
 * locks what is not. A module is there as a whole or not at all, whenever this ends. Used once; not
 * thread-safe.
 */
public final class ModuleInstaller implements ModuleFolders {
  /** The list of what is installed, for people and programs; pgha itself reads the lock file. */
  static final String MANIFEST = "modules.json";

  private static final String UNFINISHED = ".unfinished-";

  /** How folders of modules are called; others are left alone. */
  private static final Pattern OURS = Pattern.compile(".+-[0-9a-f]{12}-[0-9a-f]{12}");

  /** No run takes as long. */
  private static final Duration OLD = Duration.ofDays(1);

  private final Path root;
  private final Mode mode;
  private final GitCommand git;
  private final Consumer<String> progress;
  private final Diagnostics diagnostics;
  private final Map<ModuleLock.Key, ModuleLock.Entry> used = new HashMap<>();
  private final Map<ModuleLock.Key, ModuleException> failures = new HashMap<>();
  private final Map<String, Installed> calls = new TreeMap<>();
  private Optional<ModuleLock> lock = Optional.empty();

  /** Whether there is a place for modules, and a lock that can be read. */
  private boolean usable;

  /**
   * How the lock file is used.
   *
   * @param upgrade whether refs are followed to what they are now, and that is locked
   * @param readonly whether it must stay as it is: that it would not is an error then
   */
  public record Mode(boolean upgrade, boolean readonly) {}

  private record Installed(Git source, ModuleLock.Entry entry, Path folder) {}

  /**
   * An installer for a configuration.
   *
   * @param root the root module's folder
   * @param progress is told what is fetched
   */
  public ModuleInstaller(Path root, Mode mode, Consumer<String> progress, Diagnostics diagnostics) {
    this(root, mode, GitCommand.DEFAULT, progress, diagnostics);
  }

  ModuleInstaller(
      Path root, Mode mode, GitCommand git, Consumer<String> progress, Diagnostics diagnostics) {
    this.root = root.toAbsolutePath().normalize();
    this.mode = mode;
    this.git = git;
    this.progress = progress;
    this.diagnostics = diagnostics;
  }

  /** Reads the lock file, which is added to the files that diagnostics show. */
  public void begin(SourceFiles sources) {
    Diagnostics found = new Diagnostics();
    lock = Optional.of(ModuleLock.read(root, sources, found));
    Path modules = InstalledModules.folder(root);
    for (Path folder : List.of(modules.getParent(), modules)) {
      if (Files.isSymbolicLink(folder)) {
        found.add(
            Diagnostic.error(
                "module-folder",
                root.relativize(folder) + " is a link",
                "Modules are put into a folder there, and what is not needed is deleted from it."
                    + " Where it is a link that would be elsewhere: delete the link."));
      }
    }
    usable = !found.hasErrors();
    diagnostics.addAll(found.all());
  }

  @Override
  public Place place(Git source, String call) throws ModuleException, InterruptedException {
    ModuleLock.Key key = ModuleLock.Key.of(source);
    if (!usable) {
      throw new ModuleException(
          "not-installed",
          "Module not installed",
          "Nothing is fetched before the other error is mended.");
    }
    if (failures.containsKey(key)) {
      throw failures.get(key);
    }
    try {
      ModuleLock.Entry entry = used.get(key);
      if (entry == null) {
        entry = installed(source, call);
        used.put(key, entry);
      }
      Path folder = InstalledModules.folder(root, source, entry);
      calls.put(call, new Installed(source, entry, folder));
      return InstalledModules.within(folder, source);
    } catch (ModuleException e) {
      if (!used.containsKey(key)) {
        failures.put(key, e);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ModuleLock.Entry installed(Git source, String call)
      throws ModuleException, IOException, InterruptedException {
    Optional<ModuleLock.Entry> locked = lock.orElseThrow().of(source);
    if (locked.isPresent() && !mode.upgrade()) {
      if (!locked.get().isWhole()) {
        throw new ModuleException(
            "invalid-lock", "Module not locked", ModuleLock.FILE_NAME + " can't be read.");
      }
      Path folder = InstalledModules.folder(root, source, locked.get());
      if (isThere(folder, locked.get())) {
        return locked.get();
      }
    }
    if (locked.isEmpty() && mode.readonly()) {
      throw new ModuleException(
          "lock-readonly",
          "Module not locked",
          "%s is not in %s, which may not be changed. Run pgha init without -lockfile=readonly where that is to be decided, and keep the file in version control."
              .formatted(source, ModuleLock.FILE_NAME));
    }
    Path modules = Files.createDirectories(InstalledModules.folder(root));
    clean(modules);
    Path work = Files.createTempDirectory(modules, UNFINISHED);
    try {
      return fetched(source, call, locked, work);
    } finally {
      delete(work);
    }
  }

  private static boolean isThere(Path folder, ModuleLock.Entry entry) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && InstalledModules.isWhole(folder, entry);
  }

  private ModuleLock.Entry fetched(
      Git source, String call, Optional<ModuleLock.Entry> locked, Path work)
      throws ModuleException, IOException, InterruptedException {
    progress.accept("Fetching %s for %s".formatted(source, named(call)));
    git.begin(work);
    Resolved now = resolved(source, work);
    String commit = now.commit();
    if (locked.isPresent() && !mode.upgrade()) {
      commit = locked.get().commit();
      tellOfMove(source, commit, now);
    }
    git.fetch(source.repository(), commit, work);
    if (!git.has(commit, work)) {
      throw new ModuleException(
          "module-commit",
          "Module's commit is gone",
          "%s has no commit %s. pgha init -upgrade takes what there is now."
              .formatted(source.repository(), commit));
    }
    Path files = work.resolve("files");
    ModuleFiles.write(git.entries(commit, work), git, work, files);
    ModuleLock.Entry entry = new ModuleLock.Entry(commit, ModuleFiles.digest(files));
    if (locked.isPresent()
        && locked.get().commit().equals(commit)
        && !locked.get().files().equals(entry.files())) {
      throw new ModuleException(
          "module-changed",
          "Module's files are not those that are locked",
          "Commit %s of %s has other files (%s) than %s says (%s). Take that file from version"
                  .formatted(
                      InstalledModules.brief(commit),
                      source.repository(),
                      entry.files(),
                      ModuleLock.FILE_NAME,
                      locked.get().files())
              + " control again.");
    }
    put(files, InstalledModules.folder(root, source, entry), entry, work);
    return entry;
  }

  /** A commit, and whether it is a tag that names it. */
  private record Resolved(String commit, boolean tag) {}

  private Resolved resolved(Git source, Path work)
      throws ModuleException, IOException, InterruptedException {
    String ref = source.ref().orElse("HEAD");
    if (ref.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      return new Resolved(ref, false);
    }
    Map<String, String> refs = git.refs(source.repository(), work);
    for (String name : List.of("refs/tags/" + ref, "refs/heads/" + ref, ref)) {
      if (refs.containsKey(name)) {
        return new Resolved(refs.get(name), name.startsWith("refs/tags/"));
      }
    }
    throw new ModuleException(
        "module-ref",
        source.ref().isPresent() ? "Module's ref not found" : "Module's repository is empty",
        source.ref().isPresent()
            ? "%s has no branch and no tag \"%s\"; a commit is named by its whole id."
                .formatted(source.repository(), ref)
            : "%s has no commit yet.".formatted(source.repository()));
  }

  /** A tag is not meant to move: whoever moved it may mean harm. Branches do move. */
  private void tellOfMove(Git source, String locked, Resolved now) throws ModuleException {
    if (now.commit().equals(locked)) {
      return;
    }
    String moved =
        "\"%s\" of %s was commit %s when it was locked, and is %s now."
            .formatted(source.ref().orElse("HEAD"), source.repository(), locked, now.commit());
    if (now.tag()) {
      throw new ModuleException(
          "module-moved",
          "Module's tag has moved",
          moved + " Find out why. pgha init -upgrade then takes the new one.");
    }
    diagnostics.add(
        Diagnostic.warning(
            "module-moved",
            "Module's branch has moved on",
            moved + " The locked one is used; pgha init -upgrade takes the new one."));
  }

  /** Puts files in their place, all at once; what is there and is not whole goes. */
  private static void put(Path files, Path folder, ModuleLock.Entry entry, Path work)
      throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (isThere(folder, entry)) {
        return;
      }
      Files.move(folder, work.resolve("spoilt"), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(files, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Writes down what is locked and what is installed.
   *
   * @param whole whether the whole configuration could be read: then what it has no use for goes
   */
  public void finish(boolean whole) {
    if (!usable) {
      return;
    }
    Map<ModuleLock.Key, ModuleLock.Entry> entries = new HashMap<>(used);
    ModuleLock before = lock.orElseThrow();
    if (!whole) {
      before.entries().forEach(entries::putIfAbsent);
    }
    if (mode.readonly() && !entries.equals(before.entries())) {
      diagnostics.add(unused(before.entries().keySet(), entries.keySet()));
      return;
    }
    try {
      if (!entries.equals(before.entries())) {
        Path file = root.resolve(ModuleLock.FILE_NAME);
        if (entries.isEmpty()) {
          Files.deleteIfExists(file);
        } else {
          replace(file, new ModuleLock(entries).text());
        }
      }
      Path modules = InstalledModules.folder(root);
      if (whole && Files.isDirectory(modules)) {
        replace(modules.resolve(MANIFEST), manifest());
        prune(modules);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that the lock file has what nothing calls any more. */
  private static Diagnostic unused(Set<ModuleLock.Key> locked, Set<ModuleLock.Key> called) {
    Set<ModuleLock.Key> unused = new TreeSet<>(locked);
    unused.removeAll(called);
    String names =
        unused.stream()
            .map(key ->
                key.ref().isEmpty() ? key.repository() : key.repository() + " at " + key.ref())
            .collect(Collectors.joining(", "));
    return Diagnostic.error(
        "lock-readonly",
        "The lock file would change",
        "No module calls %s any more, which %s still has, and that file may not be changed. Run pgha init without -lockfile=readonly where that is to be decided, and keep the file in version control."
            .formatted(names, ModuleLock.FILE_NAME));
  }

  /** A line for each call: what it has, and at which commit. */
  public List<String> installed() {
    List<String> lines = new ArrayList<>();
    calls.forEach((call, each) ->
        lines.add(
            "%s: %s at %s"
                .formatted(
                    named(call), each.source(), InstalledModules.brief(each.entry().commit()))));
    return lines;
  }

  private static String named(String call) {
    return "module." + call.replace(".", ".module.");
  }

  private static void replace(Path file, String text) throws IOException {
    Path unfinished = Files.createTempFile(file.getParent(), ".pgha-", ".unfinished");
    try {
      Files.writeString(unfinished, text);
      Files.setPosixFilePermissions(
          unfinished, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private String manifest() throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    calls.forEach((call, each) -> {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("key", call);
      entry.put("source", each.source().toString());
      entry.put("commit", each.entry().commit());
      entry.put(
          "folder", root.relativize(each.folder().resolve(each.source().subfolder())).toString());
      all.add(entry);
    });
    return new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(Map.of("modules", all))
        + "\n";
  }

  private void prune(Path modules) throws IOException {
    Set<Path> needed = new HashSet<>();
    calls.values().forEach(each -> needed.add(each.folder()));
    for (Path path : listed(modules)) {
      boolean ours = OURS.matcher(path.getFileName().toString()).matches();
      if (ours && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !needed.contains(path)) {
        delete(path);
      }
    }
  }

  /** Takes away what runs left behind that were killed. */
  private static void clean(Path modules) throws IOException {
    for (Path path : listed(modules)) {
      if (path.getFileName().toString().startsWith(UNFINISHED)
          && Files.getLastModifiedTime(path).toInstant().isBefore(Instant.now().minus(OLD))) {
        delete(path);
      }
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
