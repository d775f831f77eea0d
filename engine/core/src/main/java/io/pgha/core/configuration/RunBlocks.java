package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.configuration.TestFile.Command;
import io.pgha.core.configuration.TestFile.Options;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.StaticSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads the {@code run} blocks of a file of tests. */
final class RunBlocks {
  private static final BodySchema RUN =
      Substitutions.BLOCKS
          .optional("command", "expect_failures", "providers", "state_key")
          .block("variables")
          .block("assert")
          .block("plan_options")
          .block("module");

  private static final BodySchema OPTIONS =
      BodySchema.EMPTY.optional("mode", "refresh", "replace", "target");

  private static final BodySchema MODULE = BodySchema.EMPTY.required("source").optional("version");

  private final Path root;
  private final ConfigurationLoader files;
  private final Diagnostics diagnostics;

  RunBlocks(Path root, ConfigurationLoader files, Diagnostics diagnostics) {
    this.root = root;
    this.files = files;
    this.diagnostics = diagnostics;
  }

  Run run(Block block) {
    BodyContent content = block.body().content(RUN, diagnostics);
    Substitutions substitutions = new Substitutions(false, diagnostics);
    for (String type : Substitutions.BLOCKS.blocks().keySet()) {
      content.blocksOf(type).forEach(substitutions::add);
    }
    List<Rule> assertions = Meta.rules(content.blocksOf("assert"), diagnostics);
    return new Run(
        block.label(0),
        command(content),
        one(content, "variables")
            .map(each -> each.body().justAttributes(diagnostics))
            .orElseGet(LinkedHashMap::new),
        assertions,
        expectedFailures(content),
        one(content, "plan_options").map(this::options).orElse(Options.DEFAULT),
        one(content, "module").flatMap(this::module),
        ProviderBlocks.passed(content, diagnostics),
        Meta.text(content, "state_key", diagnostics),
        substitutions.all(),
        block.headerRange());
  }

  /** The block of a type that may be there once. */
  private Optional<Block> one(BodyContent content, String type) {
    List<Block> all = content.blocksOf(type);
    if (all.size() > 1) {
      diagnostics.add(duplicate(all.get(1)));
    }
    return all.stream().findFirst();
  }

  static Diagnostic duplicate(Block second) {
    return Diagnostic.error(
        "duplicate-block",
        "Duplicate " + second.type() + " block",
        "There may be one of it here.",
        second.headerRange());
  }

  private Command command(BodyContent content) {
    return keyword(content, "command", List.of("apply", "plan")).equals("plan")
        ? Command.PLAN
        : Command.APPLY;
  }

  /** One of some bare words; the first of them where none is given, or another. */
  private String keyword(BodyContent content, String name, List<String> words) {
    Optional<Attribute> written = content.attribute(name);
    if (written.isEmpty()) {
      return words.getFirst();
    }
    Expression expression = written.get().expression();
    Optional<String> word = StaticSyntax.keyword(expression);
    if (word.filter(words::contains).isPresent()) {
      return word.get();
    }
    diagnostics.add(
        Diagnostic.error(
            "keyword-needed",
            "Invalid " + name,
            "\"%s\" is %s, without quotes.".formatted(name, String.join(" or ", words)),
            expression.range()));
    return words.getFirst();
  }

  private List<ScopeTraversal> expectedFailures(BodyContent content) {
    List<ScopeTraversal> all = new ArrayList<>();
    for (Expression written : elements(content, "expect_failures")) {
      StaticSyntax.reference(written, diagnostics).ifPresent(all::add);
    }
    return all;
  }

  private List<Expression> elements(BodyContent content, String name) {
    Optional<Attribute> written = content.attribute(name);
    if (written.isEmpty()) {
      return List.of();
    }
    Optional<List<Expression>> elements = StaticSyntax.list(written.get().expression());
    if (elements.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "list-needed",
              "Not a list",
              "\"%s\" takes a list of references, in brackets.".formatted(name),
              written.get().expression().range()));
    }
    return elements.orElse(List.of());
  }

  private Options options(Block block) {
    BodyContent content = block.body().content(OPTIONS, diagnostics);
    return new Options(
        keyword(content, "mode", List.of("normal", "refresh-only")).equals("refresh-only"),
        Meta.flag(content, "refresh", true, diagnostics),
        addresses(content, "target", RelativeAddress::target),
        addresses(content, "replace", RelativeAddress::managed));
  }

  private Set<String> addresses(
      BodyContent content,
      String name,
      BiFunction<Expression, Diagnostics, Optional<RelativeAddress>> reading) {
    Set<String> all = new LinkedHashSet<>();
    for (Expression written : elements(content, name)) {
      reading.apply(written, diagnostics).map(Object::toString).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Path> module(Block block) {
    BodyContent content = block.body().content(MODULE, diagnostics);
    return content.attribute("source").flatMap(source -> files.folder(source, root));
  }
}
