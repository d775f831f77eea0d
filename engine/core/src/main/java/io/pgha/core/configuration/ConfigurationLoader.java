package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Call;
import io.pgha.core.module.InstalledModules;
import io.pgha.core.module.ModuleFolders;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.json.JsonSyntax;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a folder of configuration and the modules that it calls. Not thread-safe. */
public final class ConfigurationLoader {
  private static final BodySchema FILE =
      BodySchema.EMPTY
          .block("pgha")
          .block("terraform")
          .block("variable", "name")
          .block("locals")
          .block("output", "name")
          .block("resource", "type", "name")
          .block("data", "type", "name")
          .block("ephemeral", "type", "name")
          .block("module", "name")
          .block("check", "name")
          .block("moved")
          .block("removed")
          .block("import")
          .block("provider", "name");

  private static final BodySchema CALL =
      BodySchema.EMPTY
          .required("source")
          .optional("count", "for_each", "depends_on", "providers", "version")
          .block("lifecycle");

  private final SourceFiles sources;
  private boolean anything;
  private boolean alone;
  private StorageBlocks storage = StorageBlocks.NONE;
  private final Path root;
  private final EarlyValues early;
  private final CalledFolders called;
  private final Diagnostics diagnostics;

  /**
   * A loader for the configuration in a folder, with the modules that are installed.
   *
   * @param root the root module's folder; file names are shown relative to it
   * @param early what the sources of modules may refer to
   */
  public ConfigurationLoader(Path root, EarlyValues early, Diagnostics diagnostics) {
    this(root, early, new SourceFiles(), diagnostics);
  }

  /** The same; the files that it reads are added to the given ones. */
  public ConfigurationLoader(
      Path root, EarlyValues early, SourceFiles sources, Diagnostics diagnostics) {
    this.root = root.toAbsolutePath().normalize();
    this.early = early;
    this.sources = sources;
    this.diagnostics = diagnostics;
    this.called =
        new CalledFolders(new InstalledModules(this.root, sources, diagnostics), diagnostics);
  }

  /** The same, with modules that are found elsewhere, or fetched. */
  public ConfigurationLoader(
      Path root, ModuleFolders modules, EarlyValues early, Diagnostics diagnostics) {
    this.root = root.toAbsolutePath().normalize();
    this.early = early;
    this.sources = new SourceFiles();
    this.diagnostics = diagnostics;
    this.called = new CalledFolders(modules, diagnostics);
  }

  /** The files read so far, for showing diagnostics. */
  public SourceFiles sources() {
    return sources;
  }

  /** Reads the root module and all modules below it. */
  public Module load() {
    return load(root);
  }

  /** Reads another folder as if it were the root module, and all modules below it. */
  public Module load(Path directory) {
    anything = false;
    return load(
        Caller.root(directory),
        declared -> EarlyScope.ofRoot(early, directory, declared.variables(), declared.locals()));
  }

  /**
   * Reads the root module and none that it calls, for who wants to know where its state is kept;
   * empty where its files say nothing of that.
   */
  public Optional<Module> loadForStorage() {
    List<Path> files = ConfigurationFiles.of(root, diagnostics);
    if (files.stream().noneMatch(ConfigurationLoader::mentionsStorage)) {
      return Optional.empty();
    }
    alone = true;
    return Optional.of(load());
  }

  /** Whether a file has a word without which it can't say where state is kept. */
  private static boolean mentionsStorage(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.contains("backend") || text.contains("encryption");
    } catch (IOException e) {
      // Whoever reads it says what is wrong.
      return true;
    }
  }

  /** What the root module says of where state is kept, once it is read. */
  public StorageBlocks storage() {
    return storage;
  }

  /** Reports a folder in which there is nothing to plan, once it is read. */
  public void checkAnything() {
    if (!anything && !diagnostics.hasErrors()) {
      diagnostics.add(
          Diagnostic.error(
              "no-configuration",
              "No configuration files",
              "The folder "
                  + root
                  + " holds no file that ends in .pgha.hcl or .pgha.json. Change to the folder of"
                  + " your configuration, or give it with -chdir=FOLDER."));
    }
  }

  private Module load(Caller caller, Function<Declarations, EarlyScope> names) {
    Path directory = caller.directory();
    Declarations declared = new Declarations(diagnostics);
    SequencedMap<String, Call> calls = new LinkedHashMap<>();
    OverrideFiles blocks = blocks(ConfigurationFiles.of(directory, diagnostics));
    for (Block block : blocks.blocks()) {
      switch (block.type()) {
        case "variable" -> declared.variable(block);
        case "locals" -> declared.locals(block);
        case "output" -> declared.output(block);
        case "resource" -> declared.resource(block);
        case "data" -> declared.data(block);
        case "ephemeral" -> declared.ephemeral(block);
        case "check" -> declared.check(block);
        case "moved" -> declared.moved(block);
        case "removed" -> declared.removed(block);
        case "import" -> declared.imported(block, caller.isRoot());
        case "module" -> {
          // Its source may need what is declared further down.
        }
        case "provider" -> declared.provider(block);
        default -> declared.settings(block);
      }
    }
    blocks
        .locals()
        .forEach((name, value) -> {
          if (!declared.overrideLocal(name, value)) {
            blocks.missing("local value " + name, value.nameRange());
          }
        });
    if (caller.isRoot()) {
      storage = declared.storage();
    } else {
      declared.storage().warnIgnored(diagnostics);
    }
    if (alone) {
      return declared.module(directory, calls);
    }
    EarlyScope scope = names.apply(declared);
    for (Block block : blocks.blocks()) {
      if (block.type().equals("module")) {
        call(block, caller, scope)
            .ifPresent(call -> declared.addOnce(calls, call.name(), call, block));
      }
    }
    return declared.module(directory, calls);
  }

  /** The blocks of a module's files; override files come last, and are laid over the others. */
  private OverrideFiles blocks(List<Path> files) {
    List<Block> blocks = new ArrayList<>();
    List<Block> overriding = new ArrayList<>();
    for (Path file : files) {
      parse(file)
          .map(body -> body.content(FILE, diagnostics).blocks())
          .ifPresent(ConfigurationFiles.isOverride(file) ? overriding::addAll : blocks::addAll);
    }
    OverrideFiles merged = new OverrideFiles(blocks, diagnostics);
    overriding.forEach(merged::add);
    return merged;
  }

  /** Reads a file; its source is kept for diagnostics. */
  Optional<Body> parse(Path file) {
    String name = shown(file);
    anything = true;
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe or a device may never end.
      diagnostics.add(
          Diagnostic.error(
              "unreadable-file",
              "Can't read " + name,
              (Files.isDirectory(file) ? "It is a folder, not a file." : "It is no regular file.")
                  + " What ends in .pgha.hcl or .pgha.json is configuration: give it another"
                  + " name."));
      return Optional.empty();
    }
    try {
      SourceFile source =
          sources.add(SourceFile.decode(name, Files.readAllBytes(file), diagnostics));
      if (name.endsWith(".json")) {
        return Optional.of(JsonSyntax.parseFile(source, diagnostics));
      }
      return Optional.of(Parser.parseFile(source, diagnostics));
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(
              "unreadable-file",
              "Can't read " + name,
              "The file can't be read (" + e.getMessage() + "). Check that you may read it."));
      return Optional.empty();
    }
  }

  /** A file as diagnostics name it. */
  String shown(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(root)
        ? root.relativize(absolute).toString()
        : Path.of("").toAbsolutePath().relativize(absolute).toString();
  }

  private Optional<Call> call(Block block, Caller caller, EarlyScope scope) {
    Names.check(block.labels().getFirst(), "module name", diagnostics);
    Body.Partial partial = block.body().partialContent(CALL, diagnostics);
    BodyContent meta = partial.content();
    Optional<Caller> folder = called.of(block, meta, caller, scope);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Meta.callLifecycle(meta.blocksOf("lifecycle"), diagnostics);
    SequencedMap<String, Attribute> arguments = partial.remaining().justAttributes(diagnostics);
    Module module =
        load(
            folder.get(),
            inner ->
                scope.ofCalled(
                    arguments, folder.get().directory(), inner.variables(), inner.locals()));
    checkArguments(block, module, arguments);
    return Optional.of(
        new Call(
            block.label(0),
            arguments,
            Meta.repetition(meta, diagnostics),
            Meta.dependsOn(meta, diagnostics),
            ProviderBlocks.passed(meta, diagnostics),
            module,
            block.headerRange()));
  }

  private void checkArguments(
      Block block, Module module, SequencedMap<String, Attribute> arguments) {
    Set<String> known = new TreeSet<>(module.variables().keySet());
    Set<String> sayable = new TreeSet<>(known);
    sayable.addAll(CALL.attributes().keySet());
    Set<String> meant = new HashSet<>();
    arguments.forEach((name, argument) -> {
      if (!known.contains(name)) {
        NearestName.of(name, known).ifPresent(meant::add);
        diagnostics.add(
            Diagnostic.error(
                "unknown-argument",
                "Unsupported argument",
                "The module has no variable named \""
                    + name
                    + "\"."
                    + Meta.suggestion(name, sayable),
                argument.nameRange()));
      }
    });
    module
        .variables()
        .forEach((name, variable) -> {
          if (variable.defaultValue().isEmpty()
              && !arguments.containsKey(name)
              && !meant.contains(name)) {
            diagnostics.add(
                Diagnostic.error(
                    "missing-argument",
                    "Missing required argument",
                    "The argument \"" + name + "\" is required, but no value is given.",
                    block.headerRange()));
          }
        });
  }

  /** The folder of the user's that a source names, seen from another one. */
  Optional<Path> folder(Attribute source, Path directory) {
    return called.local(source, directory);
  }
}
