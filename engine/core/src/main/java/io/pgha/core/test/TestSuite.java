package io.pgha.core.test;

import io.pgha.core.Project;
import io.pgha.core.configuration.ConfigurationLoader;
import io.pgha.core.configuration.EarlyValues;
import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.core.configuration.TestFileLoader;
import io.pgha.core.evaluation.ProviderChecks;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.evaluation.VariableInputs;
import io.pgha.core.execution.Stop;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.expression.Evaluator;
import io.pgha.state.StateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tests of a configuration, read and checked. */
public final class TestSuite {
  private final Setup setup;
  private final SourceFiles sources;
  private final List<Prepared> files;

  /**
   * What tests are run with.
   *
   * @param directory the folder of the configuration
   * @param given what variables are given outside of tests
   * @param types all resource types
   * @param toolVersion the version of pgha
   */
  public record Setup(Path directory, Project.Given given, TypeRegistry types, String toolVersion) {
    private EarlyValues early() {
      return Project.early(directory, given, types);
    }
  }

  /**
   * Which tests.
   *
   * @param folder where there are tests besides those beside the configuration
   * @param files the only files that are asked for, named from the configuration's folder; empty:
   *     all
   */
  public record Selection(Path folder, List<Path> files) {
    public Selection {
      files = List.copyOf(files);
    }
  }

  /**
   * A file with all that its runs need.
   *
   * @param values the folder of tests that it is in, whose value files are for it; empty where it
   *     is beside the configuration
   */
  record Prepared(
      TestFile file, Module root, Optional<Path> values, SequencedMap<String, PreparedRun> runs) {
    /** Gives variables what they are given outside of the file. */
    void addTo(VariableInputs inputs, Setup setup) {
      setup.given().addTo(inputs, setup.directory());
      values.ifPresent(folder ->
          inputs.addAutomaticFilesOfTests(
              folder, file.name().substring(0, file.name().lastIndexOf('/') + 1)));
    }
  }

  /**
   * A run with all that it needs.
   *
   * @param module the module that it tries, with what is overridden
   */
  record PreparedRun(Run run, Module module, Mocks mocks, ExpectedFailures expected) {
    /** What names the state that it works on. */
    String state() {
      return run.stateKey().isEmpty() ? module.directory().toString() : "key " + run.stateKey();
    }
  }

  private TestSuite(Setup setup, SourceFiles sources, List<Prepared> files) {
    this.setup = setup;
    this.sources = sources;
    this.files = List.copyOf(files);
  }

  /** Reads tests and the modules that they try; what is wrong is reported. */
  public static TestSuite load(Setup setup, Selection selection, Diagnostics diagnostics) {
    ConfigurationLoader loader =
        new ConfigurationLoader(setup.directory(), setup.early(), diagnostics);
    Module root = loader.load();
    ProviderChecks.check(root, setup.types(), diagnostics);
    TestFileLoader testFiles = new TestFileLoader(setup.directory(), loader, diagnostics);
    List<Path> found = testFiles.find(selection.folder());
    Map<Path, Module> modules = new HashMap<>(Map.of(root.directory(), root));
    Preparation preparation =
        new Preparation(
            setup,
            Project.evaluator(setup.directory(), setup.types()),
            loader,
            root,
            modules,
            diagnostics);
    List<Prepared> files = new ArrayList<>();
    for (Path file : chosen(found, selection, setup.directory(), testFiles, diagnostics)) {
      Optional<Path> folder =
          Optional.ofNullable(file.getParent())
              .filter(each -> !each.equals(setup.directory().toAbsolutePath().normalize()));
      files.add(preparation.of(testFiles.load(file), folder));
    }
    return new TestSuite(setup, loader.sources(), files);
  }

  /**
   * What is wrong with the tests of a folder; what is wrong with the configuration is left out.
   *
   * @param folder where there are tests besides those beside the configuration
   * @param sources takes the files of tests
   */
  public static List<Diagnostic> check(Setup setup, Path folder, SourceFiles sources) {
    ConfigurationLoader names =
        new ConfigurationLoader(setup.directory(), setup.early(), new Diagnostics());
    TestFileLoader files = new TestFileLoader(setup.directory(), names, new Diagnostics());
    Set<String> tests = files.find(folder).stream().map(files::name).collect(Collectors.toSet());
    if (tests.isEmpty()) {
      return List.of();
    }
    Diagnostics found = new Diagnostics();
    TestSuite suite = load(setup, new Selection(folder, List.of()), found);
    tests.forEach(name -> suite.sources.find(name).ifPresent(sources::add));
    return found.all().stream()
        .filter(each -> each.subject().filter(range -> tests.contains(range.file())).isPresent())
        .toList();
  }

  private static List<Path> chosen(
      List<Path> found,
      Selection selection,
      Path directory,
      TestFileLoader names,
      Diagnostics diagnostics) {
    if (selection.files().isEmpty()) {
      return found;
    }
    Path root = directory.toAbsolutePath().normalize();
    TreeSet<Path> wanted = new TreeSet<>();
    for (Path file : selection.files()) {
      Path absolute = root.resolve(file).normalize();
      if (found.contains(absolute)) {
        wanted.add(absolute);
        continue;
      }
      String all = String.join(", ", found.stream().map(names::name).toList());
      diagnostics.add(
          Diagnostic.error(
              "unknown-test-file",
              "No such file of tests: " + file,
              all.isEmpty()
                  ? "There are none."
                  : "There are " + all + "; -filter takes one of these names."));
    }
    return found.stream().filter(wanted::contains).toList();
  }

  /** Makes ready what files say. */
  private record Preparation(
      Setup setup,
      Evaluator evaluator,
      ConfigurationLoader loader,
      Module root,
      Map<Path, Module> modules,
      Diagnostics diagnostics) {

    Prepared of(TestFile file, Optional<Path> values) {
      MockedProviders providers =
          MockedProviders.of(file, root, setup.types(), evaluator, diagnostics);
      SequencedMap<String, PreparedRun> runs = new LinkedHashMap<>();
      List<Module> tried = new ArrayList<>();
      for (Run run : file.runs()) {
        Module module = run.module().map(this::module).orElse(root);
        tried.add(module);
        runs.put(run.name(), prepared(file, providers, run, module));
      }
      TestChecks checks = new TestChecks(diagnostics);
      checks.variables(file, tried);
      file.substitutions().forEach(each -> checks.target(each, tried));
      checks.targets(file.providers(), tried, root);
      return new Prepared(file, root, values, runs);
    }

    private Module module(Path folder) {
      Module known = modules.get(folder);
      if (known == null) {
        known = loader.load(folder);
        ProviderChecks.check(known, setup.types(), diagnostics);
        modules.put(folder, known);
      }
      return known;
    }

    private PreparedRun prepared(TestFile file, MockedProviders providers, Run run, Module module) {
      TestChecks checks = new TestChecks(diagnostics);
      checks.variables(run, module);
      run.substitutions().forEach(each -> checks.target(each, List.of(module)));
      List<Substitution> substitutions = new ArrayList<>(file.substitutions());
      substitutions.addAll(run.substitutions());
      List<Overriding> overrides = new ArrayList<>();
      overrides.addAll(overrides(run.substitutions()));
      overrides.addAll(overrides(file.substitutions()));
      overrides.addAll(providers.overrides());
      return new PreparedRun(
          run,
          new SubstitutedModules(evaluator, diagnostics).in(module, substitutions),
          new Mocks(
              module,
              setup.types(),
              providers,
              PassedProviders.of(run, module, providers, setup.types(), diagnostics),
              overrides),
          ExpectedFailures.of(run.expectedFailures(), module, diagnostics));
    }

    private List<Overriding> overrides(List<Substitution> substitutions) {
      List<Overriding> overrides = new ArrayList<>();
      for (Substitution substitution : substitutions) {
        if (substitution instanceof Substitution.OfResource resource) {
          Overriding.of(resource, Optional.empty(), setup.types(), evaluator, diagnostics)
              .ifPresent(overrides::add);
        }
      }
      return overrides;
    }
  }

  /** All files read, for showing diagnostics. */
  public SourceFiles sources() {
    return sources;
  }

  /** The files of tests, in the order in which they are run. */
  public List<TestFile> files() {
    return files.stream().map(Prepared::file).toList();
  }

  /** How many runs came to what. */
  public record Summary(Map<Status, Integer> counts) {
    /** How many runs came to one. */
    public int count(Status status) {
      return counts.getOrDefault(status, 0);
    }

    /** What all came to. */
    public Status status() {
      return counts.keySet().stream().reduce(Status.PASS, Status::or);
    }
  }

  /**
   * Runs all, one after the other.
   *
   * @param stop asks to stop: what is running is finished, no other run begun, and what was applied
   *     destroyed
   */
  public Summary run(TestListener listener, Stop stop) throws InterruptedException, StateException {
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    boolean left = false;
    for (Prepared file : files) {
      FileExecution execution = new FileExecution(file, setup, sources, listener, stop);
      execution.run().forEach(status -> counts.merge(status, 1, Integer::sum));
      left |= execution.isAnythingLeft();
    }
    if (left) {
      counts.putIfAbsent(Status.ERROR, 0);
    }
    return new Summary(counts);
  }
}
