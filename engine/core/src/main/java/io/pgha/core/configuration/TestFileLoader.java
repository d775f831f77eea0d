package io.pgha.core.configuration;

import io.pgha.core.configuration.TestFile.MockProvider;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** Reads files of tests. Not thread-safe. */
public final class TestFileLoader {
  private static final BodySchema FILE =
      Substitutions.BLOCKS
          .block("variables")
          .block("run", "name")
          .block("mock_provider", "name")
          .block("provider", "name");

  /** What the {@code provider} blocks of a configuration may have, and those of tests not. */
  private static final BodySchema OF_CONFIGURATIONS =
      BodySchema.EMPTY.optional("for_each", "version");

  private final Path root;
  private final ConfigurationLoader files;
  private final MockProviderBlocks mocks;
  private final Diagnostics diagnostics;

  /**
   * A loader for the tests of a configuration.
   *
   * @param root the configuration's folder
   * @param files reads its files, and those of the modules that runs try
   */
  public TestFileLoader(Path root, ConfigurationLoader files, Diagnostics diagnostics) {
    this.root = root.toAbsolutePath().normalize();
    this.files = files;
    this.mocks = new MockProviderBlocks(this.root, files, diagnostics);
    this.diagnostics = diagnostics;
  }

  /**
   * The files of tests beside the configuration and in a folder of tests, in the order of their
   * names; a folder that is not there has none.
   */
  public List<Path> find(Path tests) {
    TreeSet<Path> found = new TreeSet<>(in(root));
    Path folder = root.resolve(tests).normalize();
    if (Files.isDirectory(folder)) {
      found.addAll(in(folder));
    }
    return found.stream()
        .sorted((left, right) -> files.shown(left).compareTo(files.shown(right)))
        .toList();
  }

  private List<Path> in(Path folder) {
    return ConfigurationFiles.ending(folder, ".pghatest", diagnostics);
  }

  /** A file as diagnostics name it: relative to the configuration. */
  public String name(Path file) {
    return files.shown(file);
  }

  /** Reads a file; what is wrong in it is reported. */
  public TestFile load(Path file) {
    List<Block> blocks =
        files.parse(file).map(body -> body.content(FILE, diagnostics).blocks()).orElse(List.of());
    SequencedMap<String, Attribute> variables = new LinkedHashMap<>();
    List<MockProvider> providers = new ArrayList<>();
    ProviderBlocks configurations = new ProviderBlocks(diagnostics);
    Substitutions substitutions = new Substitutions(false, diagnostics);
    SequencedMap<String, Run> runs = new LinkedHashMap<>();
    RunBlocks reader = new RunBlocks(root, files, diagnostics);
    Optional<Block> first = Optional.empty();
    for (Block block : blocks) {
      switch (block.type()) {
        case "variables" -> {
          if (first.isPresent()) {
            diagnostics.add(RunBlocks.duplicate(block));
          }
          first = Optional.of(block);
          variables.putAll(block.body().justAttributes(diagnostics));
        }
        case "run" -> add(reader.run(block), block, runs);
        case "mock_provider" -> mocks.read(block).ifPresent(providers::add);
        case "provider" -> add(block, configurations);
        default -> substitutions.add(block);
      }
    }
    checkReferences(variables, runs);
    return new TestFile(
        files.shown(file),
        variables,
        providers,
        configurations.all(),
        substitutions.all(),
        List.copyOf(runs.values()));
  }

  private void add(Block block, ProviderBlocks configurations) {
    BodyContent unfit = block.body().partialContent(OF_CONFIGURATIONS, diagnostics).content();
    if (unfit.attributes().isEmpty()) {
      configurations.add(block);
      return;
    }
    unfit
        .attributes()
        .forEach((name, argument) ->
            diagnostics.add(
                Diagnostic.error(
                    "unknown-argument",
                    "Not in a file of tests: " + name,
                    name.equals("version")
                        ? "Providers are part of pgha and have no versions of their own. Take it"
                            + " away."
                        : "A provider block of a test is one configuration. A run passes it to as"
                            + " many as it likes: providers = { host.west = host.one, ... }.",
                    argument.nameRange())));
  }

  private void add(Run run, Block block, Map<String, Run> runs) {
    Names.check(block.labels().getFirst(), "run name", diagnostics);
    Run other = runs.putIfAbsent(run.name(), run);
    if (other != null) {
      diagnostics.add(
          Diagnostic.error(
              "duplicate-declaration",
              "Duplicate run \"" + run.name() + "\"",
              "The block at "
                  + other.range()
                  + " has this name already, and run."
                  + run.name()
                  + " means one of them only.",
              block.headerRange()));
    }
  }

  /** A run sees the outputs of those before it. */
  private void checkReferences(
      SequencedMap<String, Attribute> variables, SequencedMap<String, Run> runs) {
    List<String> names = List.copyOf(runs.keySet());
    variables.values().forEach(each -> check(each.expression(), List.of(), names));
    List<String> before = new ArrayList<>();
    for (Run run : runs.values()) {
      run.variables().values().forEach(each -> check(each.expression(), before, names));
      for (Module.Rule rule : run.assertions()) {
        check(rule.condition(), before, names);
        check(rule.errorMessage(), before, names);
      }
      before.add(run.name());
    }
  }

  private void check(Expression expression, List<String> before, List<String> all) {
    for (ScopeTraversal reference : expression.variables()) {
      if (!reference.root().equals("run")) {
        continue;
      }
      String name =
          reference.steps().isEmpty()
                  || !(reference.steps().getFirst()
                      instanceof io.pgha.language.syntax.Traverser.Attribute(String first, var _))
              ? ""
              : first;
      if (before.contains(name)) {
        continue;
      }
      boolean later = all.contains(name);
      diagnostics.add(
          Diagnostic.error(
              later ? "later-run" : "undeclared-reference",
              later ? "Reference to a run that is not over" : "Reference to undeclared run",
              name.isEmpty()
                  ? "\"run\" must be followed by the name of an earlier run and of one of its"
                      + " outputs, as in run.setup.address."
                  : later
                      ? "run."
                          + name
                          + " has its outputs only when it has ended, and here it has not: only runs"
                          + " that stand before can be referred to."
                      : "No run \"" + name + "\" stands in this file." + Meta.suggestion(name, all),
              reference.range()));
    }
  }
}
