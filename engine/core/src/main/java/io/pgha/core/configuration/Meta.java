package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Lifecycle;
import io.pgha.core.configuration.Module.Repetition;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Variables;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FileSource;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.NativeBody;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the meta-arguments that resources and modules share. */
final class Meta {
  private static final String COUNT = "count";
  private static final String FOR_EACH = "for_each";
  private static final String ENABLED = "enabled";

  /** How many characters of for_each are wrong at most; no argument of any type is as near. */
  private static final int MISSPELT = 2;

  private static final BodySchema LIFECYCLE =
      BodySchema.EMPTY
          .optional(
              ENABLED,
              "create_before_destroy",
              "prevent_destroy",
              "ignore_changes",
              "replace_triggered_by")
          .block("precondition")
          .block("postcondition");

  private static final BodySchema CONDITIONS =
      BodySchema.EMPTY.optional(ENABLED).block("precondition").block("postcondition");

  private static final BodySchema PRESENCE = BodySchema.EMPTY.optional(ENABLED);

  private static final BodySchema RULE = BodySchema.EMPTY.required("condition", "error_message");

  /** What is needed before anything is evaluated is constant: no names, no functions. */
  private static final Evaluator CONSTANTS =
      new Evaluator(
          FunctionTable.EMPTY,
          new Environment(FileSource.NONE, Optional.empty(), Optional.empty()));

  private Meta() {}

  /**
   * What every resource can say, and the rest. A {@code for_each} that is misspelt, in native
   * syntax, is read as what is meant too: without it, each use of {@code each} and of a key would
   * seem wrong. It is left in the rest, where its name will be found wrong.
   *
   * @param misspelt whether a name is {@link #isMisspeltForEach}
   */
  static Body.Partial ofResource(Body body, Predicate<String> misspelt, Diagnostics diagnostics) {
    Body.Partial partial = body.partialContent(Resource.META, diagnostics);
    BodyContent content = partial.content();
    if (content.attribute(COUNT).isPresent()
        || content.attribute(FOR_EACH).isPresent()
        || !(partial.remaining() instanceof NativeBody rest)) {
      return partial;
    }
    Optional<Attribute> meant =
        rest.attributes().values().stream()
            .filter(other -> misspelt.test(other.name()))
            .findFirst();
    if (meant.isEmpty()) {
      return partial;
    }
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>(content.attributes());
    attributes.put(FOR_EACH, meant.get());
    return new Body.Partial(
        new BodyContent(attributes, content.blocks(), content.missingItemRange()), rest);
  }

  static boolean isMisspeltForEach(String name) {
    return NearestName.within(MISSPELT, name, Set.of(FOR_EACH)).isPresent();
  }

  static Repetition repetition(BodyContent content, Diagnostics diagnostics) {
    Optional<Attribute> count = content.attribute(COUNT);
    Optional<Attribute> forEach = content.attribute(FOR_EACH);
    if (count.isPresent() && forEach.isPresent()) {
      diagnostics.add(
          Diagnostic.error(
              "count-and-for-each",
              "Both count and for_each are given",
              "Instances are made by count or by for_each: take one of them away.",
              forEach.get().nameRange()));
    }
    Optional<Attribute> enabled = enabled(content.blocksOf("lifecycle"));
    if (enabled.isPresent() && (count.isPresent() || forEach.isPresent())) {
      diagnostics.add(enabledAnd(count.isPresent() ? COUNT : FOR_EACH, enabled.get()));
    }
    if (count.isPresent()) {
      return new Repetition.Count(count.get().expression());
    }
    return forEach.isPresent()
        ? new Repetition.ForEach(forEach.get().expression())
        : new Repetition.Single(enabled.map(Attribute::expression));
  }

  /** What else is in the block, its owner looks at. */
  private static Optional<Attribute> enabled(List<Block> lifecycle) {
    return lifecycle.stream()
        .findFirst()
        .flatMap(block ->
            block.body().partialContent(PRESENCE, new Diagnostics()).content().attribute(ENABLED));
  }

  private static Diagnostic enabledAnd(String argument, Attribute enabled) {
    return Diagnostic.error(
        "enabled-and-" + argument.replace('_', '-'),
        "Both enabled and " + argument + " are given",
        argument
            + " says already which instances there are, so it can say that there are none: take"
            + " one of them away.",
        enabled.nameRange());
  }

  static List<ScopeTraversal> dependsOn(BodyContent content, Diagnostics diagnostics) {
    Optional<Attribute> attribute = content.attribute("depends_on");
    return attribute.isEmpty()
        ? List.of()
        : WrittenReferences.of(
            attribute.get(),
            "depends_on",
            "a list of references such as [host.db, module.network]",
            diagnostics);
  }

  static Lifecycle lifecycle(List<Block> blocks, Diagnostics diagnostics) {
    return lifecycle("resource", LIFECYCLE, blocks, diagnostics);
  }

  /** The lifecycle of what is only read: conditions, and nothing else. */
  static Lifecycle conditions(String owner, List<Block> blocks, Diagnostics diagnostics) {
    return lifecycle(owner, CONDITIONS, blocks, diagnostics);
  }

  /** The lifecycle of a module: whether it is there, and nothing else. */
  static void callLifecycle(List<Block> blocks, Diagnostics diagnostics) {
    lifecycle("module", PRESENCE, blocks, diagnostics);
  }

  private static Lifecycle lifecycle(
      String owner, BodySchema schema, List<Block> blocks, Diagnostics diagnostics) {
    if (blocks.isEmpty()) {
      return Lifecycle.DEFAULT;
    }
    if (blocks.size() > 1) {
      diagnostics.add(duplicateLifecycle(owner, blocks.get(1)));
    }
    BodyContent content = blocks.getFirst().body().content(schema, diagnostics);
    Optional<Attribute> ignored = content.attribute("ignore_changes");
    boolean ignoreAll =
        ignored
            .flatMap(attribute -> StaticSyntax.keyword(attribute.expression()))
            .filter("all"::equals)
            .isPresent();
    return new Lifecycle(
        flag(content, "create_before_destroy", false, diagnostics),
        flag(content, "prevent_destroy", false, diagnostics),
        ignored.isEmpty() || ignoreAll
            ? List.of()
            : WrittenReferences.of(
                ignored.get(),
                "ignore_changes",
                "a list of references such as [parameters, labels[\"zone\"]], or the word all,"
                    + " without quotes",
                diagnostics),
        ignoreAll,
        content
            .attribute("replace_triggered_by")
            .map(attribute -> triggers(attribute, diagnostics))
            .orElse(List.of()),
        rules(content.blocksOf("precondition"), diagnostics),
        rules(content.blocksOf("postcondition"), diagnostics));
  }

  static Diagnostic duplicateLifecycle(String owner, Block second) {
    return Diagnostic.error(
        "duplicate-block",
        "Duplicate lifecycle block",
        "A " + owner + " has one lifecycle block at most.",
        second.headerRange());
  }

  /** The conditions of blocks, each with what is to be said where it does not hold. */
  static List<Rule> rules(List<Block> blocks, Diagnostics diagnostics) {
    List<Rule> rules = new ArrayList<>();
    for (Block block : blocks) {
      BodyContent content = block.body().content(RULE, diagnostics);
      Optional<Attribute> condition = content.attribute("condition");
      Optional<Attribute> message = content.attribute("error_message");
      condition.ifPresent(attribute -> checkReferences(attribute.expression(), diagnostics));
      if (condition.isPresent() && message.isPresent()) {
        rules.add(
            new Rule(
                condition.get().expression(), message.get().expression(), block.headerRange()));
      }
    }
    return rules;
  }

  /** A condition that refers to nothing is always what it is: it is a slip, or of no use. */
  private static void checkReferences(Expression condition, Diagnostics diagnostics) {
    if (condition.variables().isEmpty() && !(plain(condition) instanceof Expression.Invalid)) {
      diagnostics.add(
          Diagnostic.error(
              "constant-condition",
              "Condition refers to nothing",
              "A condition must refer to at least one object of the configuration, or it would be"
                  + " checking nothing.",
              condition.range()));
    }
  }

  /** A constant truth value, since it is needed before anything is evaluated. */
  static boolean flag(
      BodyContent content, String name, boolean otherwise, Diagnostics diagnostics) {
    Optional<Attribute> attribute = content.attribute(name);
    if (attribute.isEmpty()) {
      return otherwise;
    }
    Expression written = attribute.get().expression();
    Optional<Boolean> constant = truth(written);
    if (constant.isEmpty() && !(plain(written) instanceof Expression.Invalid)) {
      diagnostics.add(
          Diagnostic.error(
              "constant-needed",
              "Not true or false",
              "\""
                  + name
                  + "\" must be true or false here: a constant, which refers to nothing and calls"
                  + " no function.",
              written.range()));
    }
    return constant.orElse(otherwise);
  }

  /** The truth value that a constant expression comes to; empty where it is none. */
  private static Optional<Boolean> truth(Expression written) {
    return constant(written, Type.BOOL) instanceof Bool truth
        ? Optional.of(truth.value())
        : Optional.empty();
  }

  /** What a constant expression comes to as a value of a type; null where it is none. */
  private static Value constant(Expression written, Type type) {
    Diagnostics problems = new Diagnostics();
    Value value = CONSTANTS.evaluate(written, Variables.NONE, problems);
    if (problems.hasErrors()) {
      return new Null(type);
    }
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      return new Null(type);
    }
  }

  /** The expression that is evaluated: in JSON, what a string comes to as a template. */
  static Expression plain(Expression written) {
    return written instanceof Expression.JsonString string ? string.template() : written;
  }

  /** The text that an expression is, where it is a constant one. */
  static Optional<String> constant(Expression written) {
    return plain(written) instanceof Expression.Literal literal
            && literal.value() instanceof Str(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A constant text; empty where none is given. */
  static String text(BodyContent content, String name, Diagnostics diagnostics) {
    Optional<Attribute> attribute = content.attribute(name);
    if (attribute.isEmpty()) {
      return "";
    }
    Expression written = attribute.get().expression();
    Optional<String> text = text(written);
    if (text.isEmpty() && !(plain(written) instanceof Expression.Invalid)) {
      diagnostics.add(
          Diagnostic.error(
              "constant-needed",
              "Not a plain string",
              "\""
                  + name
                  + "\" must be a string here: a constant, which refers to nothing, calls no function"
                  + " and is not null.",
              written.range()));
    }
    return text.orElse("");
  }

  /** The text that a constant expression comes to; empty where it is none. */
  static Optional<String> text(Expression written) {
    return constant(written, Type.STRING) instanceof Str(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A sentence that names the nearest of the known names, or nothing. */
  static String suggestion(String wrong, Collection<String> known) {
    return NearestName.of(wrong, known).map(name -> " Did you mean \"" + name + "\"?").orElse("");
  }

  /** The elements of replace_triggered_by; what refers to nothing could trigger nothing. */
  private static List<Expression> triggers(Attribute attribute, Diagnostics diagnostics) {
    Optional<List<Expression>> written = StaticSyntax.list(attribute.expression());
    if (written.isEmpty()) {
      if (!(attribute.expression() instanceof Expression.Invalid)) {
        diagnostics.add(noTrigger("Not a list of references", attribute.expression()));
      }
      return List.of();
    }
    List<Expression> triggers = new ArrayList<>();
    for (Expression each : written.get()) {
      Expression trigger = StaticSyntax.expression(each, diagnostics);
      if (trigger.variables().stream().anyMatch(Meta::mayBeResource)) {
        triggers.add(trigger);
      } else if (!(trigger instanceof Expression.Invalid)) {
        diagnostics.add(noTrigger("Not a reference", trigger));
      }
    }
    return triggers;
  }

  private static boolean mayBeResource(ScopeTraversal reference) {
    return !reference.root().equals("each") && !reference.root().equals("count");
  }

  private static Diagnostic noTrigger(String summary, Expression written) {
    return Diagnostic.error(
        "replace-triggered-by",
        summary,
        "replace_triggered_by takes a list of references, without quotes, such as"
            + " [terraform_data.release, terraform_data.note[0].output].",
        written.range());
  }
}
