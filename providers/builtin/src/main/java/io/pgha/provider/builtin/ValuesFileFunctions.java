package io.pgha.provider.builtin;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.format.CanonicalForm;
import io.pgha.language.format.ValueSyntax;
import io.pgha.language.function.Call;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FileSource;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionException;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.function.Parameter;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.NativeBody;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Functions that write and read the syntax of values files, with the results of those of
 * Terraform's own provider (Terraform 1.11, "Built-in Provider").
 */
final class ValuesFileFunctions {
  static final List<Function> ALL =
      List.of(
          Function.named("encode_tfvars", "Encodes an object as the text of a values file.")
              .takes(Parameter.of("value", Type.DYNAMIC))
              .returns(Type.STRING, call -> new Str(encodeFile(call.value(0)))),
          Function.named("decode_tfvars", "Decodes the text of a values file.")
              .takes("src", Type.STRING)
              .returns(_ -> Type.DYNAMIC, ValuesFileFunctions::decodeFile),
          Function.named("encode_expr", "Encodes a value as an expression that gives it.")
              .takes(Parameter.of("value", Type.DYNAMIC).unknown())
              .returns(Type.STRING, call -> encodeExpression(call.value(0))));

  private static final Evaluator CONSTANTS =
      new Evaluator(
          FunctionTable.EMPTY,
          new Environment(FileSource.NONE, Optional.empty(), Optional.empty()));

  private static final Scope NO_VARIABLES =
      (reference, diagnostics) -> {
        diagnostics.add(
            Diagnostic.error(
                "variables-not-allowed",
                "Variables not allowed",
                "Variables may not be used here.",
                reference.rootRange()));
        return Scope.Resolution.failed(reference);
      };

  private static final String SOURCE_NAME = "<decode_tfvars argument>";

  private ValuesFileFunctions() {}

  private static String encodeFile(Value value) throws FunctionException {
    SortedMap<String, Value> variables =
        switch (value) {
          case ObjectValue object -> object.attributes();
          case MapValue map -> map.elements();
          default ->
              throw new FunctionException(
                  "invalid value to encode: must be an object whose attribute names will become the"
                      + " encoded variable names");
        };
    for (String name : variables.keySet()) {
      if (!Parser.isIdentifier(name)) {
        throw new FunctionException(
            "invalid variable name "
                + ValueText.quote(name)
                + ": must be a valid identifier, per the rules for the declarations of variables");
      }
    }
    return formatted(variables);
  }

  private static Value encodeExpression(Value value) {
    if (!Unknowns.isWhollyKnown(value)) {
      return new Unknown(Type.STRING, new Refinement(true, beginning(value)));
    }
    // What stands behind the equals sign is laid out as it would be alone.
    String name = "x";
    String text = formatted(new TreeMap<>(Map.of(name, value)));
    return new Str(text.substring((name + " = ").length(), text.length() - 1));
  }

  /** What the expression for a value begins with that is not null, but may be unknown. */
  private static String beginning(Value value) {
    return switch (value.type()) {
      case Type.ObjectType _, Type.MapType _ -> "{";
      case Type.TupleType _, Type.ListType _, Type.SetType _ -> "[";
      case Type.Primitive.STRING -> "\"";
      case Type.Primitive _ -> "";
    };
  }

  private static String formatted(SortedMap<String, Value> variables) {
    StringBuilder text = new StringBuilder();
    variables.forEach((name, value) ->
        text.append(name).append(" = ").append(ValueSyntax.quotedOf(value)).append('\n'));
    return CanonicalForm.of(SourceFile.of("encoded", text.toString()), new Diagnostics())
        .orElseThrow();
  }

  private static Value decodeFile(Call call) throws FunctionException {
    Diagnostics found = new Diagnostics();
    NativeBody body = Parser.parseFile(SourceFile.of(SOURCE_NAME, call.text(0)), found);
    requireNone(found, "invalid tfvars syntax");
    Map<String, Attribute> attributes = body.justAttributes(found);
    requireNone(found, "invalid tfvars content");
    Map<String, Value> variables = new TreeMap<>();
    for (Attribute attribute : attributes.values()) {
      Value value = CONSTANTS.evaluate(attribute.expression(), NO_VARIABLES, found);
      requireNone(found, "invalid expression for variable " + ValueText.quote(attribute.name()));
      variables.put(attribute.name(), value);
    }
    return ObjectValue.of(variables);
  }

  private static void requireNone(Diagnostics found, String what) throws FunctionException {
    Optional<Diagnostic> error = found.all().stream().filter(Diagnostic::isError).findFirst();
    if (error.isPresent()) {
      Diagnostic one = error.get();
      String where = one.subject().map(range -> ": " + range).orElse("");
      String detail = one.detail();
      throw new FunctionException(
          what
              + where
              + ": "
              + one.summary()
              + "; "
              + (detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail));
    }
  }
}
