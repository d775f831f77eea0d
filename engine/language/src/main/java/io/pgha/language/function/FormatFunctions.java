package io.pgha.language.function;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.Prefixes;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Functions that make text by a format with verbs. */
final class FormatFunctions {
  static final List<Function> ALL =
      List.of(
          Function.named("format", "Makes a text by a format with verbs such as %s and %d.")
              .takes("format", Type.STRING)
              .takesAny(Parameter.of("args", Type.DYNAMIC).nullable().unknown())
              .returns(Type.STRING, FormatFunctions::format),
          Function.named("formatlist", "Makes a list of texts by a format and lists of values.")
              .takes("format", Type.STRING)
              .takesAny(Parameter.of("args", Type.DYNAMIC).nullable().unknown())
              .returns(Type.list(Type.STRING), FormatFunctions::formatList));

  private FormatFunctions() {}

  private static Value format(Call call) throws FunctionException {
    String format = call.text(0);
    for (Value argument : call.from(1)) {
      if (!Unknowns.isWhollyKnown(argument)) {
        // Up to the first verb the text is known all the same.
        int verb = format.indexOf('%');
        String prefix = verb < 0 ? format : format.substring(0, verb);
        return new Unknown(Type.STRING, new Refinement(true, Prefixes.safe(prefix)));
      }
    }
    return new Str(new Formatter(format, call.from(1)).result());
  }

  private static boolean isSequence(Value value) {
    Type type = value.type();
    return type instanceof Type.ListType
        || type instanceof Type.SetType
        || type instanceof Type.TupleType;
  }

  private static Value formatList(Call call) throws FunctionException {
    int length = -1;
    int first = -1;
    for (int i = 1; i < call.arguments().size(); i++) {
      Value argument = call.value(i);
      if (!isSequence(argument) || !argument.isKnown() || argument.isNull()) {
        if (!argument.isKnown() && (isSequence(argument) || argument.type().hasDynamic())) {
          return new Unknown(call.resultType(), Refinement.NOT_NULL);
        }
        continue;
      }
      if (argument.unmarked() instanceof SetValue set && set.isOpen()) {
        return new Unknown(call.resultType(), Refinement.NOT_NULL);
      }
      int size = call.elements(i).size();
      if (length >= 0 && size != length) {
        throw new FunctionException(
            i,
            "argument "
                + i
                + " has length "
                + size
                + ", which is inconsistent with argument "
                + first
                + " of length "
                + length);
      }
      first = first < 0 ? i : first;
      length = size;
    }
    // Scalars alone make one text.
    int rows = length < 0 ? 1 : length;
    List<Value> texts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      texts.add(row(call, row));
    }
    return new ListValue(Type.STRING, texts);
  }

  private static Value row(Call call, int row) throws FunctionException {
    List<Value> arguments = new ArrayList<>();
    for (int i = 1; i < call.arguments().size(); i++) {
      Value argument = call.value(i);
      boolean list = isSequence(argument) && !argument.isNull();
      arguments.add(list ? call.elements(i).get(row) : argument);
    }
    for (Value argument : arguments) {
      if (!Unknowns.isWhollyKnown(argument)) {
        return new Unknown(Type.STRING, Refinement.NOT_NULL);
      }
    }
    try {
      return new Str(new Formatter(call.text(0), arguments).result());
    } catch (FunctionException e) {
      throw new FunctionException("error on format iteration " + row + ": " + e.getMessage());
    }
  }
}
