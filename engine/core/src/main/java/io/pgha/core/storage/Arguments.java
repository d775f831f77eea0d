package io.pgha.core.storage;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.Severity;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The values of arguments that are needed before there is a state: from variables that have values,
 * local values and functions. What is wrong with one is reported, and never shows its value.
 */
final class Arguments {
  private final Function<Expression, Value> evaluation;
  private final boolean open;
  private final Diagnostics diagnostics;
  private boolean lacking;

  /**
   * Arguments.
   *
   * @param evaluation gives expressions their values
   * @param open whether a value that is not known is no error: only what is written is looked at
   */
  Arguments(Function<Expression, Value> evaluation, boolean open, Diagnostics diagnostics) {
    this.evaluation = evaluation;
    this.open = open;
    this.diagnostics = diagnostics;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Whether a value was not known, which is no error. */
  boolean isLacking() {
    return lacking;
  }

  /** A text; empty where none is given, and after an error. */
  Optional<String> text(BodyContent content, String name) {
    return value(content, name, Type.STRING).map(value -> ((Str) value).value());
  }

  /**
   * A text that is nobody's business; empty after an error. What is not sensitive would be kept in
   * saved plans, and shown.
   */
  Optional<String> secret(BodyContent content, String name) {
    Optional<Attribute> attribute = content.attribute(name);
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    long errors = errors();
    boolean lacked = lacking;
    lacking = false;
    Optional<String> text = text(content, name);
    boolean lacks = lacking;
    lacking |= lacked;
    if (text.isEmpty() && !lacks && errors() == errors) {
      refuse(content, name, "It is null, and has to be a text.");
    }
    Expression expression = attribute.get().expression();
    boolean open = text.isPresent() && !expression.variables().isEmpty();
    if (open && !isHidden(evaluation.apply(expression))) {
      refuse(
          content,
          name,
          "What it comes of is shown, and kept in saved plans: declare its variables with"
              + " sensitive = true.");
      return Optional.empty();
    }
    return text;
  }

  private static boolean isHidden(Value value) {
    return Marks.has(value, Mark.SENSITIVE) || Marks.has(value, Mark.EPHEMERAL);
  }

  /** A whole number; the other one where none is given, and after an error. */
  int number(BodyContent content, String name, int otherwise) {
    Optional<Value> value = value(content, name, Type.NUMBER);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return new BigDecimal(((Num) value.get()).text()).intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      refuse(content, name, "It is a whole number, and not as large.");
      return otherwise;
    }
  }

  /** A truth value; false where none is given, and after an error. */
  boolean truth(BodyContent content, String name) {
    return value(content, name, Type.BOOL).filter(Bool.TRUE::equals).isPresent();
  }

  /** Texts; empty where none are given, and after an error. */
  List<String> texts(BodyContent content, String name) {
    return value(content, name, Type.list(Type.STRING))
        .map(value ->
            ((ListValue) value)
                .elements().stream()
                    .map(each -> each.unmarked() instanceof Str(String text) ? text : "")
                    .toList())
        .orElse(List.of());
  }

  /** What an argument names, such as {@code method.aes_gcm.main}: its last two parts. */
  Optional<String> reference(BodyContent content, String name, String root) {
    Optional<Attribute> attribute = content.attribute(name);
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    Expression written = StaticSyntax.expression(attribute.get().expression(), new Diagnostics());
    if (written instanceof ScopeTraversal traversal
        && traversal.root().equals(root)
        && traversal.steps().size() == 2
        && traversal.steps().stream().allMatch(Traverser.Attribute.class::isInstance)) {
      return Optional.of(
          traversal.steps().stream()
              .map(step -> ((Traverser.Attribute) step).name())
              .collect(Collectors.joining(".")));
    }
    refuse(content, name, "It names a block: " + root + ".TYPE.NAME, without quotes.");
    return Optional.empty();
  }

  /** Reports that a value can't be used. */
  void refuse(BodyContent content, String name, String why) {
    diagnostics.add(
        Diagnostic.error(
            "invalid-argument",
            "Invalid value for \"" + name + "\"",
            why,
            content.attribute(name).orElseThrow().expression().range()));
  }

  private Optional<Value> value(BodyContent content, String name, Type type) {
    Optional<Attribute> attribute = content.attribute(name);
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    Expression expression = attribute.get().expression();
    long errors = errors();
    Value value = Marks.removeDeep(evaluation.apply(expression));
    if (errors() > errors) {
      return Optional.empty();
    }
    if (!Unknowns.isWhollyKnown(value)) {
      if (open) {
        lacking = true;
      } else {
        refuse(content, name, unknown(expression));
      }
      return Optional.empty();
    }
    if (value.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Conversion.convert(value, type));
    } catch (ConversionException e) {
      refuse(content, name, "What is needed is " + type.friendlyName() + ".");
      return Optional.empty();
    }
  }

  private long errors() {
    return diagnostics.all().stream().filter(each -> each.severity() == Severity.ERROR).count();
  }

  private static String unknown(Expression expression) {
    String names =
        expression.variables().stream()
            .map(each -> each.root() + Traverser.text(each.steps()))
            .distinct()
            .collect(Collectors.joining(", "));
    return "It is needed to read the state, and is not known before (it comes of "
        + names
        + "). Variables have a value by then where they have a default, or one is given with -var,"
        + " in a file, or in the environment as PGHA_VAR_NAME; resources and modules do not.";
  }
}
