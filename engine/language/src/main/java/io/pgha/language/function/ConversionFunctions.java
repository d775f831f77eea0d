package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Functions that convert from type to type, and those that put on and take off marks. */
final class ConversionFunctions {
  static final List<Function> ALL =
      List.of(
          to("tostring", Type.STRING),
          to("tonumber", Type.NUMBER),
          to("tobool", Type.BOOL),
          to("tolist", Type.list(Type.DYNAMIC)),
          to("toset", Type.set(Type.DYNAMIC)),
          to("tomap", Type.map(Type.DYNAMIC)),
          Function.named("sensitive", "Marks a value as sensitive: it is not shown.")
              .takes(Parameter.of("value", Type.DYNAMIC).nullable().unknown().marked())
              .mayBeNull()
              .returns(
                  ConversionFunctions::sameType,
                  call -> call.value(0).withMarks(Set.of(Mark.SENSITIVE))),
          Function.named("nonsensitive", "Takes the mark of sensitivity off a value.")
              .takes(Parameter.of("value", Type.DYNAMIC).nullable().unknown().marked())
              .mayBeNull()
              .returns(ConversionFunctions::sameType, ConversionFunctions::nonsensitive),
          Function.named("issensitive", "Tells whether a value is marked as sensitive.")
              .takes(Parameter.of("value", Type.DYNAMIC).nullable().unknown().marked())
              .returns(Type.BOOL, ConversionFunctions::isSensitive),
          Function.named("ephemeralasnull", "Puts null in the place of whatever is ephemeral.")
              .takes(Parameter.of("value", Type.DYNAMIC).nullable().unknown().marked())
              .mayBeNull()
              .returns(
                  ConversionFunctions::sameType,
                  call ->
                      Marks.replace(
                          call.value(0), Mark.EPHEMERAL, value -> new Null(value.type()))));

  private ConversionFunctions() {}

  private static Type sameType(List<Value> arguments) {
    return arguments.getFirst().type();
  }

  private static Function to(String name, Type type) {
    return Function.named(name, "Converts a value to " + article(type) + ".")
        .takes(Parameter.of("v", Type.DYNAMIC).nullable().unknown().marked())
        .mayBeNull()
        .returns(type, call -> convert(call.value(0), type));
  }

  private static String article(Type type) {
    return type instanceof Type.Primitive
        ? "a " + type.friendlyName()
        : "a " + type.text().substring(0, type.text().indexOf('('));
  }

  private static Value convert(Value value, Type type) throws FunctionException {
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      throw new FunctionException(0, message(value, type));
    }
  }

  private static String message(Value value, Type type) {
    String from = value.type().friendlyName();
    if (value.unmarked() instanceof Str(String text) && type instanceof Type.Primitive) {
      if (value instanceof Marked) {
        return "cannot convert this sensitive string to " + type.friendlyName();
      }
      return type.equals(Type.BOOL)
          ? "cannot convert "
              + ValueText.quote(text)
              + " to bool; only the strings \"true\" or \"false\" are allowed"
          : "cannot convert "
              + ValueText.quote(text)
              + " to number; given string must be a decimal representation of a number";
    }
    String to = type.friendlyName().replace("dynamic", "any single type");
    return "cannot convert " + from + " to " + to;
  }

  private static Value nonsensitive(Call call) {
    EnumSet<Mark> kept = EnumSet.noneOf(Mark.class);
    kept.addAll(call.value(0).marks());
    kept.remove(Mark.SENSITIVE);
    return call.value(0).unmarked().withMarks(kept);
  }

  private static Value isSensitive(Call call) {
    Value value = call.value(0);
    if (value.marks().contains(Mark.SENSITIVE)) {
      return Bool.TRUE;
    }
    return value.isKnown() ? Bool.FALSE : new Unknown(Type.BOOL, Refinement.NOT_NULL);
  }
}
