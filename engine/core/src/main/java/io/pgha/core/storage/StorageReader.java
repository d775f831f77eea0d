package io.pgha.core.storage;

import io.pgha.core.configuration.StorageBlocks;
import io.pgha.core.local.LocalSources;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.json.JsonSyntax;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Value;
import io.pgha.state.StateException;
import io.pgha.state.file.LocalBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells where the state of a project is kept from what its root module says. */
public final class StorageReader {
  /** The environment variable that may have what an {@code encryption} block has. */
  public static final String ENVIRONMENT = "PGHA_ENCRYPTION";

  private static final String SHOWN = "<" + ENVIRONMENT + ">";

  private static final BodySchema LOCAL = BodySchema.EMPTY.optional("path");

  private final Path directory;
  private final Optional<String> environment;
  private final Arguments arguments;
  private final Diagnostics diagnostics;

  /**
   * Reads for a project.
   *
   * @param directory its folder
   * @param environment the process's environment
   * @param evaluation gives expressions their values
   * @param open whether nothing need be read or written: what is not known is no error then
   */
  public StorageReader(
      Path directory,
      Map<String, String> environment,
      Function<Expression, Value> evaluation,
      boolean open,
      Diagnostics diagnostics) {
    this.directory = directory;
    this.environment = of(environment);
    this.arguments = new Arguments(evaluation, open, diagnostics);
    this.diagnostics = diagnostics;
  }

  /** What the environment says of encryption, if it says anything. */
  public static Optional<String> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(ENVIRONMENT)).filter(text -> !text.isBlank());
  }

  /**
   * Where state is kept; empty where what that depends on is not known. What is said wrong is
   * reported, and as if it were not said.
   */
  public Optional<Storage> read(StorageBlocks blocks) {
    Storage usual = Storage.in(directory);
    Path file = blocks.backend().map(block -> file(block, usual.file())).orElse(usual.file());
    if (blocks.encryption().isEmpty() && environment.isEmpty()) {
      return known(new Storage(file, usual.state(), usual.plan()));
    }
    EncryptionBlock encryption = new EncryptionBlock(arguments, new LocalSources(directory));
    blocks.encryption().ifPresent(block -> encryption.add(block.body()));
    environment.ifPresent(text -> encryption.add(body(text)));
    encryption.read();
    return known(new Storage(file, encryption.target("state"), encryption.target("plan")));
  }

  private Optional<Storage> known(Storage storage) {
    return arguments.isLacking() ? Optional.empty() : Optional.of(storage);
  }

  /**
   * Neither its lines nor its words are shown where something is wrong: it may have a passphrase.
   */
  private Body body(String text) {
    SourceFile source = SourceFile.of(SHOWN, text);
    Diagnostics found = new Diagnostics();
    Body body =
        text.stripLeading().startsWith("{")
            ? JsonSyntax.parseFile(source, found)
            : Parser.parseFile(source, found);
    found.all().stream().limit(1).forEach(first -> diagnostics.add(unreadable(first)));
    return body;
  }

  /** What is wrong with the environment's text, without a word of it. */
  private static Diagnostic unreadable(Diagnostic found) {
    String where =
        found
            .subject()
            .map(range ->
                " (line %d, column %d)".formatted(range.start().line(), range.start().column()))
            .orElse("");
    return Diagnostic.error(
        "invalid-encryption",
        "PGHA_ENCRYPTION can't be understood",
        "Something is wrong with it%s: it has what an encryption block has, as HCL or JSON. Texts stand in quotes."
            .formatted(where));
  }

  /**
   * What evaluation found, fit to be shown: without values, which may be a passphrase's, and
   * without words of the environment's text.
   */
  public static Diagnostic shown(Diagnostic found) {
    boolean environment = found.subject().filter(range -> range.file().equals(SHOWN)).isPresent();
    if (environment && !EncryptionBlock.OWN.contains(found.code())) {
      return unreadable(found);
    }
    return found.with(List.of());
  }

  private Path file(Block block, Path usual) {
    if (!block.label(0).equals("local")) {
      diagnostics.add(
          Diagnostic.error(
              "unknown-backend",
              "Unknown backend \"" + block.label(0) + "\"",
              "State is kept in a file: backend \"local\" with its path. Other backends are not"
                  + " there yet.",
              block.labels().getFirst().range()));
      return usual;
    }
    BodyContent content = block.body().content(LOCAL, diagnostics);
    Path file = arguments.text(content, "path").flatMap(path -> path(content, path)).orElse(usual);
    if (!file.equals(usual) && holdsState(usual) && !holdsState(file)) {
      diagnostics.add(
          Diagnostic.error(
              "state-elsewhere",
              "The state is not where the backend says",
              "There is no %s, and there is a %s. Without it pgha would know nothing of what it made: move the state where it is to be, with its .journal and .backup, or take it away if it is of no use."
                  .formatted(file, LocalBackend.FILE_NAME),
              content.attribute("path").orElseThrow().expression().range()));
    }
    return file;
  }

  private Optional<Path> path(BodyContent content, String path) {
    if (path.isBlank() || path.indexOf('\0') >= 0) {
      arguments.refuse(content, "path", "It names a file.");
      return Optional.empty();
    }
    Path file = directory.resolve(path);
    if (Files.isDirectory(file)) {
      arguments.refuse(content, "path", "There is a folder of this name; it names a file.");
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /** What can't be looked at is told of where it is read. */
  private static boolean holdsState(Path file) {
    try {
      return LocalBackend.exists(file);
    } catch (StateException e) {
      return true;
    }
  }
}
