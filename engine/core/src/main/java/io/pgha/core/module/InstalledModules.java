package io.pgha.core.module;

import io.pgha.core.module.ModuleSource.Git;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The modules that {@code pgha init} has installed, as the lock file says. Nothing is ever fetched.
 * Not thread-safe.
 */
public final class InstalledModules implements ModuleFolders {
  private final Path root;
  private final SourceFiles sources;
  private final Diagnostics diagnostics;
  private final Set<Path> checked = new HashSet<>();
  private Optional<ModuleLock> lock = Optional.empty();

  /**
   * Those of a configuration.
   *
   * @param root the root module's folder
   * @param sources is given the lock file, for showing diagnostics
   */
  public InstalledModules(Path root, SourceFiles sources, Diagnostics diagnostics) {
    this.root = root;
    this.sources = sources;
    this.diagnostics = diagnostics;
  }

  /** The folder that all are in. */
  static Path folder(Path root) {
    return root.resolve(".pgha").resolve("modules");
  }

  /** The folder of a repository at a commit: another commit is another folder. */
  static Path folder(Path root, Git source, ModuleLock.Entry entry) {
    String name = source.repository().url().replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    String last = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_-]", "_");
    String brief = last.substring(0, Math.min(last.length(), 60));
    String digest = entry.files().substring(entry.files().indexOf(':') + 1).substring(0, 12);
    return folder(root)
        .resolve("%s-%s-%s".formatted(brief, entry.commit().substring(0, 12), digest));
  }

  @Override
  public Place place(Git source, String call) throws ModuleException {
    if (lock.isEmpty()) {
      Diagnostics found = new Diagnostics();
      lock = Optional.of(ModuleLock.read(root, sources, found));
      diagnostics.addAll(found.all());
    }
    Optional<ModuleLock.Entry> entry = lock.get().of(source);
    if (entry.isEmpty()) {
      throw new ModuleException(
          "module-not-installed",
          "Module not installed",
          "%s is not in %s yet. Run pgha init, which fetches it."
              .formatted(source, ModuleLock.FILE_NAME));
    }
    if (!entry.get().isWhole()) {
      throw new ModuleException(
          "invalid-lock", "Module not locked", ModuleLock.FILE_NAME + " can't be read.");
    }
    Path folder = folder(root, source, entry.get());
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new ModuleException(
          "module-not-installed",
          "Module not installed",
          "%s is not on this machine at the commit that %s names (%s). Run pgha init, which fetches it."
              .formatted(source, ModuleLock.FILE_NAME, brief(entry.get().commit())));
    }
    if (!checked.contains(folder)) {
      if (!isWhole(folder, entry.get())) {
        throw new ModuleException(
            "module-changed",
            "Module changed since it was installed",
            "The files in %s are not those of %s at commit %s. pgha init puts them right; what was changed there by hand is lost then."
                .formatted(root.relativize(folder), source, brief(entry.get().commit())));
      }
      checked.add(folder);
    }
    return within(folder, source);
  }

  static boolean isWhole(Path folder, ModuleLock.Entry entry) {
    try {
      return ModuleFiles.digest(folder).equals(entry.files());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String brief(String commit) {
    return commit.substring(0, 12);
  }

  /** The folder that a source means within a repository. */
  static Place within(Path repository, Git source) throws ModuleException {
    Path folder = repository.resolve(source.subfolder());
    if (!Files.isDirectory(folder)) {
      throw new ModuleException(
          "module-source",
          "Module folder not found",
          "%s has no folder \"%s\".".formatted(source.repository(), source.subfolder()));
    }
    return new Place(folder, repository);
  }
}
