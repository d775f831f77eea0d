package io.pgha.core;

import io.pgha.core.configuration.ConfigurationLoader;
import io.pgha.core.configuration.DirectoryFiles;
import io.pgha.core.configuration.EarlyValues;
import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.StorageBlocks;
import io.pgha.core.evaluation.AppliedResources;
import io.pgha.core.evaluation.Ephemerals;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.ProviderChecks;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.evaluation.VariableInputs;
import io.pgha.core.evaluation.VariableInputs.Lacking;
import io.pgha.core.evaluation.VariablePrompt;
import io.pgha.core.module.ModuleInstaller;
import io.pgha.core.storage.Storage;
import io.pgha.core.storage.StorageReader;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.function.Environment;
import io.pgha.language.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration folder that is being worked on, with what diagnostics need to show its source.
 *
 * @param directory the root module's folder
 * @param configuration the configuration; empty where errors were found
 * @param storage where its state is kept; empty where that can't be told, because of errors or for
 *     want of values that whoever only looks need not give
 * @param sources all files read
 * @param files those of them that the configuration is written in, ordered by name
 */
public record Project(
    Path directory,
    Optional<Configuration> configuration,
    Optional<Storage> storage,
    SourceFiles sources,
    List<SourceFile> files) {
  public Project {
    files = List.copyOf(files);
  }

  /** A digest of all that the configuration is written in: file names and texts. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (SourceFile file : files) {
        for (String part : List.of(file.name(), file.text())) {
          byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
          digest.update(bytes);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Where the values of variables come from, in the user's order.
   *
   * @param environment the process's environment
   * @param options each {@code -var} and {@code -var-file}
   * @param prompt who is asked for what is missing then
   */
  public record Given(
      Map<String, String> environment, List<Option> options, VariablePrompt prompt) {
    public Given {
      environment = Map.copyOf(environment);
      options = List.copyOf(options);
    }

    /** What nobody is asked to complete. */
    public Given(Map<String, String> environment, List<Option> options) {
      this(environment, options, VariablePrompt.NOBODY);
    }

    /** The same with one more option, which wins over the others. */
    public Given with(Option option) {
      List<Option> all = new ArrayList<>(options);
      all.add(option);
      return new Given(environment, all, prompt);
    }

    /**
     * Gives a module all of it.
     *
     * @param directory the folder whose value files are loaded by themselves
     */
    public void addTo(VariableInputs inputs, Path directory) {
      inputs.addEnvironment(environment);
      inputs.addAutomaticFiles(directory);
      for (Option option : options) {
        switch (option) {
          case Option.Var(String text) -> inputs.addOption(text);
          case Option.VarFile(Path file) -> inputs.addFile(file);
          case Option.Saved(Map<String, Value> values) -> inputs.addSaved(values);
        }
      }
    }
  }

  /** An option that gives variables their values. */
  public sealed interface Option {
    /** {@code -var name=value}. */
    record Var(String text) implements Option {}

    /** {@code -var-file file}. */
    record VarFile(Path file) implements Option {}

    /** The values that a saved plan was made with, by name. */
    record Saved(Map<String, Value> values) implements Option {
      public Saved {
        values = Map.copyOf(values);
      }
    }
  }

  /** Loads a folder; every error found is reported. */
  public static Project load(
      Path directory, Given given, TypeRegistry types, Diagnostics diagnostics) {
    return load(directory, given, Lacking.REFUSED, types, diagnostics);
  }

  /**
   * Loads a folder for somebody who only looks: variables without a value are unknown, and what is
   * wrong with the values of others is reported and does not keep anybody from looking.
   */
  public static Project loadForLooking(
      Path directory, Given given, TypeRegistry types, Diagnostics diagnostics) {
    return load(directory, given, Lacking.UNKNOWN, types, diagnostics);
  }

  /**
   * The same for somebody who wants to know what holds whatever values variables are given: those
   * that were given none are unknown though they have defaults.
   */
  public static Project loadOpen(
      Path directory, Given given, TypeRegistry types, Diagnostics diagnostics) {
    return load(directory, given, Lacking.OPEN, types, diagnostics);
  }

  private static Project load(
      Path directory, Given given, Lacking lacking, TypeRegistry types, Diagnostics diagnostics) {
    boolean valued = lacking == Lacking.REFUSED;
    ConfigurationLoader loader =
        new ConfigurationLoader(directory, early(directory, given, types), diagnostics);
    Module module = loader.load();
    if (valued) {
      loader.checkAnything();
    }
    ProviderChecks.check(module, types, diagnostics);
    List<SourceFile> files = loader.sources().all();
    // Where nothing is planned, there is a time, but none of a plan.
    Evaluator evaluator =
        valued
            ? evaluator(directory, types)
            : evaluator(directory, types, Optional.empty(), Optional.of(Instant.now()));
    VariableInputs inputs =
        new VariableInputs(module.variables(), evaluator, loader.sources(), diagnostics);
    given.addTo(inputs, directory);
    boolean readable = !diagnostics.hasErrors();
    if (valued && readable) {
      inputs.askFor(given.prompt());
    }
    Configuration configuration =
        new Configuration(
            module,
            inputs.values(lacking),
            inputs.ranges(),
            types,
            evaluator,
            valued ? Ephemerals.opened(directory) : Ephemerals.CLOSED);
    Optional<Storage> storage =
        storage(loader.storage(), configuration, given, !valued, diagnostics);
    boolean usable = valued ? !diagnostics.hasErrors() : readable;
    return new Project(
        directory,
        usable ? Optional.of(configuration) : Optional.empty(),
        storage,
        loader.sources(),
        files);
  }

  /**
   * Where the state of a folder is kept, for who reads nothing else of its configuration.
   *
   * @param sources takes the files that had to be read for that
   */
  public static Optional<Storage> storage(
      Path directory,
      Given given,
      TypeRegistry types,
      SourceFiles sources,
      Diagnostics diagnostics) {
    ConfigurationLoader loader =
        new ConfigurationLoader(directory, early(directory, given, types), sources, diagnostics);
    Optional<Module> module = loader.loadForStorage();
    if (diagnostics.hasErrors()) {
      // What can't be read may be what says where state is, and that it is encrypted.
      return Optional.empty();
    }
    if (module.isEmpty() && StorageReader.of(given.environment()).isEmpty()) {
      return Optional.of(Storage.in(directory));
    }
    Evaluator evaluator = evaluator(directory, types, Optional.empty(), Optional.of(Instant.now()));
    Module root = module.orElseGet(() -> Module.empty(directory));
    VariableInputs inputs =
        new VariableInputs(root.variables(), evaluator, sources, true, diagnostics);
    given.addTo(inputs, directory);
    Configuration configuration =
        new Configuration(
            root,
            inputs.values(Lacking.UNKNOWN),
            inputs.ranges(),
            types,
            evaluator,
            Ephemerals.CLOSED);
    return storage(loader.storage(), configuration, given, false, diagnostics);
  }

  private static Optional<Storage> storage(
      StorageBlocks blocks,
      Configuration configuration,
      Given given,
      boolean open,
      Diagnostics diagnostics) {
    Path directory = configuration.module().directory();
    if (blocks.isEmpty() && StorageReader.of(given.environment()).isEmpty()) {
      return Optional.of(Storage.in(directory));
    }
    Diagnostics found = new Diagnostics();
    // Nothing was applied as far as anybody can tell who has not read the state yet.
    Evaluation evaluation =
        configuration.evaluation(new AppliedResources(Map.of(), configuration.types()), found);
    Optional<Storage> storage =
        new StorageReader(directory, given.environment(), evaluation::evaluate, open, found)
            .read(blocks);
    found.all().forEach(each -> diagnostics.add(StorageReader.shown(each)));
    return found.hasErrors() ? Optional.empty() : storage;
  }

  /**
   * Loads a folder and the modules it calls, for somebody who needs no variable's value.
   *
   * @param given what sources of modules may need all the same
   */
  public static Project loadModules(
      Path directory, Given given, TypeRegistry types, Diagnostics diagnostics) {
    ConfigurationLoader loader =
        new ConfigurationLoader(directory, early(directory, given, types), diagnostics);
    Module module = loader.load();
    loader.checkAnything();
    return withoutValues(module, loader, directory, types, diagnostics);
  }

  /** The same, where modules that are not installed are, as {@code pgha init} does. */
  public static Project install(
      Path directory,
      Given given,
      ModuleInstaller installer,
      TypeRegistry types,
      Diagnostics diagnostics) {
    ConfigurationLoader loader =
        new ConfigurationLoader(directory, installer, early(directory, given, types), diagnostics);
    installer.begin(loader.sources());
    Project project = withoutValues(loader.load(), loader, directory, types, diagnostics);
    project
        .configuration()
        .ifPresent(read -> {
          // What is wrong with a value is told by now, and not only by the next command.
          VariableInputs inputs =
              new VariableInputs(
                  read.module().variables(), read.evaluator(), loader.sources(), diagnostics);
          given.addTo(inputs, directory);
          inputs.values(Lacking.UNKNOWN);
        });
    installer.finish(!diagnostics.hasErrors());
    return project;
  }

  /** What the sources of modules may refer to. */
  public static EarlyValues early(Path directory, Given given, TypeRegistry types) {
    return new EarlyVariables(
        directory,
        given,
        evaluator(directory, types, Optional.empty(), Optional.of(Instant.now())));
  }

  private static Project withoutValues(
      Module module,
      ConfigurationLoader loader,
      Path directory,
      TypeRegistry types,
      Diagnostics diagnostics) {
    ProviderChecks.check(module, types, diagnostics);
    Configuration configuration =
        new Configuration(
            module, Map.of(), Map.of(), types, evaluator(directory, types), Ephemerals.CLOSED);
    return new Project(
        directory,
        diagnostics.hasErrors() ? Optional.empty() : Optional.of(configuration),
        Optional.empty(),
        loader.sources(),
        loader.sources().all());
  }

  /** Evaluates the expressions of a plan that is made now, files looked for from a folder. */
  public static Evaluator evaluator(Path directory, TypeRegistry types) {
    return evaluator(directory, types, Optional.of(Instant.now()), Optional.empty());
  }

  private static Evaluator evaluator(
      Path directory, TypeRegistry types, Optional<Instant> planTime, Optional<Instant> now) {
    Environment environment = new Environment(new DirectoryFiles(directory), planTime, now);
    return new Evaluator(types.functions(), environment);
  }
}
