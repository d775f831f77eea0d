package io.pgha.core.module;

import io.pgha.core.module.ModuleSource.Git;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.format.CanonicalForm;
import io.pgha.language.format.ValueSyntax;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Str;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lock file: which commit each repository is taken at. It lies beside the configuration and is
 * kept in version control, so that everybody has the same modules.
 *
 * @param entries what is locked
 */
public record ModuleLock(Map<Key, Entry> entries) {
  /** The name of the file. */
  public static final String FILE_NAME = ".pgha.lock.hcl";

  private static final BodySchema FILE = BodySchema.EMPTY.block("module", "repository");
  private static final BodySchema MODULE =
      BodySchema.EMPTY.required("commit", "files").optional("ref");

  private static final String HEAD =
      """
      # Which commits modules are taken at. Written by pgha init, and by pgha init -upgrade,
      # which moves on to what the refs are by then. Keep it in version control.
      """;

  public ModuleLock {
    entries = Map.copyOf(entries);
  }

  /**
   * What is locked: one repository at one ref.
   *
   * @param repository its address, without a password
   * @param ref the ref as the configuration has it; empty for the default branch
   */
  public record Key(String repository, String ref) implements Comparable<Key> {
    static Key of(Git source) {
      return new Key(source.repository().url(), source.ref().orElse(""));
    }

    @Override
    public int compareTo(Key other) {
      int order = repository.compareTo(other.repository);
      return order != 0 ? order : ref.compareTo(other.ref);
    }
  }

  /**
   * What it is locked to.
   *
   * @param commit the full id of the commit
   * @param files the digest of its files
   */
  public record Entry(String commit, String files) {
    /** Whether it could be read. */
    boolean isWhole() {
      return !commit.isEmpty() && !files.isEmpty();
    }
  }

  /** What is locked of a source. */
  Optional<Entry> of(Git source) {
    return Optional.ofNullable(entries.get(Key.of(source)));
  }

  /** Reads the lock file of a folder; where there is none, nothing is locked. */
  static ModuleLock read(Path folder, SourceFiles sources, Diagnostics diagnostics) {
    Path file = folder.resolve(FILE_NAME);
    Map<Key, Entry> entries = new TreeMap<>();
    if (!Files.exists(file)) {
      return new ModuleLock(entries);
    }
    try {
      SourceFile source =
          sources.add(SourceFile.decode(FILE_NAME, Files.readAllBytes(file), diagnostics));
      BodyContent content = Parser.parseFile(source, diagnostics).content(FILE, diagnostics);
      for (Block block : content.blocks()) {
        BodyContent locked = block.body().content(MODULE, diagnostics);
        String ref = text(locked, "ref", ".*", diagnostics);
        String commit = text(locked, "commit", "[0-9a-f]{40}|[0-9a-f]{64}", diagnostics);
        String files = text(locked, "files", "sha256:[0-9a-f]{64}", diagnostics);
        if (entries.put(new Key(block.label(0), ref), new Entry(commit, files)) != null) {
          diagnostics.add(invalid("The same repository is locked at the same ref twice.", block));
        }
      }
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(
              "unreadable-file",
              "Can't read " + FILE_NAME,
              "The file can't be read (%s). Check that you may read it."
                  .formatted(e.getMessage())));
    }
    return new ModuleLock(entries);
  }

  private static String text(
      BodyContent content, String name, String pattern, Diagnostics diagnostics) {
    Optional<Attribute> written = content.attribute(name);
    if (written.isEmpty()) {
      return "";
    }
    Expression expression = written.get().expression();
    if (expression instanceof Literal literal
        && literal.value() instanceof Str(String text)
        && text.matches(pattern)) {
      return text;
    }
    diagnostics.add(
        Diagnostic.error(
            "invalid-lock",
            "The lock file can't be read",
            "This is not what pgha writes there. Take the file from version control again, or take"
                + " the block away and run pgha init.",
            written.get().expression().range()));
    return "";
  }

  private static Diagnostic invalid(String why, Block block) {
    return Diagnostic.error(
        "invalid-lock", "The lock file can't be read", why, block.headerRange());
  }

  /** The text of the file. */
  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    new TreeMap<>(entries)
        .forEach((key, entry) -> {
          text.append("\nmodule ").append(ValueSyntax.quoted(key.repository())).append(" {\n");
          if (!key.ref().isEmpty()) {
            text.append("ref = ").append(ValueSyntax.quoted(key.ref())).append('\n');
          }
          text.append("commit = \"").append(entry.commit()).append("\"\n");
          text.append("files = \"").append(entry.files()).append("\"\n}\n");
        });
    return CanonicalForm.of(SourceFile.of(FILE_NAME, text.toString()), new Diagnostics())
        .orElseThrow();
  }
}
