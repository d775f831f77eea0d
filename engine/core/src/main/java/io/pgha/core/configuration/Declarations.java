package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Check;
import io.pgha.core.configuration.Module.Lifecycle;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Collects what the files of one module declare; each name once. */
final class Declarations {
  private static final String DEPRECATED = "deprecated";

  private static final BodySchema VARIABLE =
      BodySchema.EMPTY
          .optional("type", "sensitive", "ephemeral", "nullable")
          .literal("default", "description", DEPRECATED)
          .block("validation");

  /** What means something else in a call of a module, which gives variables by their names. */
  private static final Set<String> RESERVED =
      Set.of(
          "source",
          "version",
          "providers",
          "provider",
          "count",
          "for_each",
          "lifecycle",
          "depends_on",
          "locals");

  private static final BodySchema OUTPUT =
      BodySchema.EMPTY
          .required("value")
          .optional("sensitive", "ephemeral", "depends_on")
          .literal("description", DEPRECATED)
          .block("precondition");

  private static final BodySchema CHECK =
      BodySchema.EMPTY.block("data", "type", "name").block("assert");

  private final SequencedMap<String, Variable> variables = new LinkedHashMap<>();
  private final SequencedMap<String, Attribute> locals = new LinkedHashMap<>();
  private final SequencedMap<String, Output> outputs = new LinkedHashMap<>();
  private final SequencedMap<String, Resource> resources = new LinkedHashMap<>();
  private final SequencedMap<String, Check> checks = new LinkedHashMap<>();
  private final MovedBlocks moves;
  private final RemovedBlocks removals;
  private final ImportBlocks imports;
  private final RequiredProviders required;
  private final ProviderBlocks providers;
  private final Diagnostics diagnostics;
  private final Map<String, SourceRange> places = new HashMap<>();

  /** Which names of arguments are a misspelt for_each: many blocks have the same few. */
  private final Map<String, Boolean> misspeltForEach = new HashMap<>();

  private StorageBlocks storage = StorageBlocks.NONE;

  Declarations(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.moves = new MovedBlocks(diagnostics);
    this.removals = new RemovedBlocks(diagnostics);
    this.imports = new ImportBlocks(diagnostics);
    this.required = new RequiredProviders(diagnostics);
    this.providers = new ProviderBlocks(diagnostics);
  }

  void variable(Block block) {
    Names.check(block.labels().getFirst(), "variable name", diagnostics);
    BodyContent content = block.body().content(VARIABLE, diagnostics);
    Variable variable =
        new Variable(
            block.label(0),
            content.attribute("type").map(Attribute::expression),
            content.attribute("default").map(Attribute::expression),
            Meta.text(content, "description", diagnostics),
            Meta.text(content, DEPRECATED, diagnostics),
            Meta.flag(content, "sensitive", false, diagnostics),
            Meta.flag(content, "ephemeral", false, diagnostics),
            Meta.flag(content, "nullable", true, diagnostics),
            Meta.rules(content.blocksOf("validation"), diagnostics),
            block.headerRange());
    if (RESERVED.contains(variable.name())) {
      diagnostics.add(
          Diagnostic.error(
              "reserved-name",
              "Invalid variable name",
              "The name \"%s\" has a meaning of its own in module blocks, so no variable can be given a value by it."
                  .formatted(variable.name()),
              block.labels().getFirst().range()));
    }
    variable.validations().forEach(rule -> aboutItself(rule, variable));
    addOnce(variables, variable.name(), variable, block);
  }

  private void aboutItself(Rule rule, Variable variable) {
    List<ScopeTraversal> references = rule.condition().variables();
    // Where there is none at all, that has been said.
    if (!references.isEmpty() && references.stream().noneMatch(each -> names(each, variable))) {
      diagnostics.add(
          Diagnostic.error(
              "constant-condition",
              "Condition is about something else",
              "A condition for the variable \"%1$s\" must refer to var.%1$s, or it does not check what it is given."
                  .formatted(variable.name()),
              rule.condition().range()));
    }
  }

  private static boolean names(ScopeTraversal reference, Variable variable) {
    return reference.root().equals("var")
        && !reference.steps().isEmpty()
        && reference.steps().getFirst() instanceof Traverser.Attribute(String name, var _)
        && name.equals(variable.name());
  }

  void locals(Block block) {
    block
        .body()
        .justAttributes(diagnostics)
        .forEach((name, attribute) -> {
          Names.check(name, attribute.nameRange(), "local value name", diagnostics);
          addOnce(locals, name, attribute, "local value", attribute.nameRange());
        });
  }

  /** The variables declared so far. */
  SequencedMap<String, Variable> variables() {
    return variables;
  }

  /** The local values declared so far. */
  SequencedMap<String, Attribute> locals() {
    return locals;
  }

  /** Replaces a local value; false where there is none to replace. */
  boolean overrideLocal(String name, Attribute value) {
    return locals.replace(name, value) != null;
  }

  void output(Block block) {
    Names.check(block.labels().getFirst(), "output name", diagnostics);
    BodyContent content = block.body().content(OUTPUT, diagnostics);
    content
        .attribute("value")
        .ifPresent(value ->
            addOnce(
                outputs,
                block.label(0),
                new Output(
                    block.label(0),
                    value.expression(),
                    Meta.text(content, "description", diagnostics),
                    Meta.text(content, DEPRECATED, diagnostics),
                    Meta.flag(content, "sensitive", false, diagnostics),
                    Meta.flag(content, "ephemeral", false, diagnostics),
                    Meta.dependsOn(content, diagnostics),
                    Meta.rules(content.blocksOf("precondition"), diagnostics),
                    block.headerRange()),
                block));
  }

  void resource(Block block) {
    declare(block, Kind.MANAGED, false);
  }

  /** A resource that is only read: its type is the block's, behind {@code data.}. */
  void data(Block block) {
    declare(block, Kind.DATA, false);
  }

  /**
   * What is there only while a command runs: its type is the block's, behind {@code ephemeral.}.
   */
  void ephemeral(Block block) {
    declare(block, Kind.EPHEMERAL, false);
  }

  /** What is to hold, and what is read for it alone. */
  void check(Block block) {
    Names.check(block.labels().getFirst(), "check block name", diagnostics);
    BodyContent content = block.body().content(CHECK, diagnostics);
    List<Block> sources = content.blocksOf("data");
    if (sources.size() > 1) {
      diagnostics.add(
          Diagnostic.error(
              "duplicate-block",
              "Several data blocks in a check",
              "A check reads one data source at most. Declare the others outside of it.",
              sources.get(1).headerRange()));
    }
    sources.forEach(source -> declare(source, Kind.DATA, true));
    List<Rule> assertions = Meta.rules(content.blocksOf("assert"), diagnostics);
    if (content.blocksOf("assert").isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "missing-block",
              "A check without an assertion",
              "Say in an assert block what is to hold.",
              block.headerRange()));
    }
    Check check = new Check(block.label(0), assertions, block.headerRange());
    addOnce(checks, check.name(), check, block);
  }

  /** What a block with a type and a name may declare. */
  private enum Kind {
    MANAGED("", "resource"),
    DATA("data.", "data source"),
    EPHEMERAL("ephemeral.", "ephemeral resource");

    /** What its types have before them. */
    private final String prefix;

    private final String word;

    Kind(String prefix, String word) {
      this.prefix = prefix;
      this.word = word;
    }

    private Lifecycle lifecycle(List<Block> blocks, Diagnostics diagnostics) {
      return this == MANAGED
          ? Meta.lifecycle(blocks, diagnostics)
          : Meta.conditions(word, blocks, diagnostics);
    }
  }

  private void declare(Block block, Kind kind, boolean checked) {
    Body.Partial partial =
        Meta.ofResource(
            block.body(),
            name -> misspeltForEach.computeIfAbsent(name, Meta::isMisspeltForEach),
            diagnostics);
    BodyContent meta = partial.content();
    Resource resource =
        new Resource(
            kind.prefix + block.label(0),
            block.label(1),
            partial.remaining(),
            Meta.repetition(meta, diagnostics),
            Meta.dependsOn(meta, diagnostics),
            kind.lifecycle(meta.blocksOf("lifecycle"), diagnostics),
            ProviderBlocks.chosen(meta, diagnostics),
            checked,
            block.labels().getFirst().range(),
            block.headerRange());
    if (Names.check(block.labels().getFirst(), kind.word + " type name", diagnostics)
        && Names.check(block.labels().getLast(), kind.word + " name", diagnostics)) {
      OwnReferences.refuse(resource, diagnostics);
      addOnce(resources, resource.key(), resource, block);
    }
  }

  void moved(Block block) {
    moves.add(block);
  }

  void removed(Block block) {
    removals.add(block);
  }

  void imported(Block block, boolean root) {
    imports.add(block, root);
  }

  void provider(Block block) {
    providers.add(block);
  }

  /** The {@code pgha} block. */
  void settings(Block block) {
    BodyContent settings = Settings.check(block, diagnostics);
    required.add(settings.blocksOf("required_providers"));
    storage =
        storage.and(settings.blocksOf("backend"), settings.blocksOf("encryption"), diagnostics);
  }

  <T> void addOnce(SequencedMap<String, T> all, String name, T declared, Block block) {
    addOnce(all, name, declared, block.type(), block.headerRange());
  }

  private <T> void addOnce(
      SequencedMap<String, T> all, String name, T declared, String what, SourceRange range) {
    SourceRange first = places.putIfAbsent(what + " " + name, range);
    if (all.putIfAbsent(name, declared) != null) {
      diagnostics.add(
          Diagnostic.error(
              "duplicate-declaration",
              "Duplicate " + what + " \"" + name + "\"",
              "A module declares each "
                  + what
                  + " once; this name is taken already"
                  + (first == null ? "." : ", at " + first + "."),
              range));
    }
  }

  /** What its {@code pgha} blocks say of where state is kept. */
  StorageBlocks storage() {
    return storage;
  }

  Module module(Path directory, SequencedMap<String, Call> calls) {
    return new Module(
        directory,
        variables,
        locals,
        outputs,
        resources,
        calls,
        checks,
        moves.all(),
        removals.all(),
        imports.all(),
        ModuleProviders.of(required.all(), providers.all()));
  }
}
