package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Makes expansions of the values of count, for_each and enabled. */
final class Expansions {
  private static final long MOST = 1_000_000;

  private static final String ENABLED = "enabled";

  private static final String EPHEMERAL =
      "It comes of an ephemeral value, but state keeps which instances there are.";

  private Expansions() {}

  static Expansion counted(Value value, SourceRange range, Diagnostics diagnostics) {
    if (Marks.has(value, Mark.EPHEMERAL)) {
      return failed("count", EPHEMERAL, range, diagnostics);
    }
    Value number;
    try {
      number = Conversion.convert(value.unmarked(), Type.NUMBER);
    } catch (ConversionException e) {
      return failed(
          "count", "It must be a whole number: " + e.getMessage() + ".", range, diagnostics);
    }
    if (!number.isKnown()) {
      return untold("count", range);
    }
    if (!(number instanceof Num count)) {
      return failed("count", "It is null; it must be a whole number.", range, diagnostics);
    }
    if (!count.isInteger()
        || count.value().signum() < 0
        || count.value().compareTo(java.math.BigDecimal.valueOf(MOST)) > 0) {
      return failed(
          "count",
          "It is " + count.text() + "; it must be a whole number from 0 to " + MOST + ".",
          range,
          diagnostics);
    }
    return Expansion.Counted.of(count.longValueExact());
  }

  static Expansion enabled(Value value, SourceRange range, Diagnostics diagnostics) {
    if (Marks.has(value, Mark.SENSITIVE)) {
      return failed(
          ENABLED,
          "It is sensitive, but whether there is an instance would show it. Use nonsensitive()"
              + " where it is no secret.",
          range,
          diagnostics);
    }
    if (Marks.has(value, Mark.EPHEMERAL)) {
      return failed(ENABLED, EPHEMERAL, range, diagnostics);
    }
    Value truth;
    try {
      truth = Conversion.convert(value, Type.BOOL);
    } catch (ConversionException e) {
      return failed(
          ENABLED, "It must be true or false: " + e.getMessage() + ".", range, diagnostics);
    }
    if (!truth.isKnown()) {
      return untold(ENABLED, range);
    }
    if (!(truth instanceof Bool known)) {
      return failed(ENABLED, "It is null; it must be true or false.", range, diagnostics);
    }
    return known.value() ? new Expansion.Single() : new Expansion.Disabled();
  }

  /** For what names instances and makes none: a list will do too, its elements have numbers. */
  static Expansion visited(Value value, SourceRange range, Diagnostics diagnostics) {
    if (value.marks().isEmpty() && isSequence(value.type())) {
      return value.isKnown() && !value.isNull()
          ? Expansion.Keyed.of(Values.elements(value))
          : value.isNull() ? keyed(value, range, diagnostics) : untold("for_each", range);
    }
    return keyed(value, range, diagnostics);
  }

  /** Whether values of a type have elements by number. */
  static boolean isSequence(Type type) {
    return type instanceof Type.ListType || type instanceof Type.TupleType;
  }

  static Expansion keyed(Value value, SourceRange range, Diagnostics diagnostics) {
    if (value.marks().contains(Mark.SENSITIVE)) {
      return failed(
          "for_each",
          "It is sensitive, but its keys would be shown in the addresses of the instances. Use"
              + " nonsensitive() on the keys where they are no secret.",
          range,
          diagnostics);
    }
    if (value.marks().contains(Mark.EPHEMERAL)) {
      return failed("for_each", EPHEMERAL, range, diagnostics);
    }
    if (!value.isKnown() && mayBeRepeated(value.unmarked().type())) {
      return untold("for_each", range);
    }
    SequencedMap<String, Value> elements = new LinkedHashMap<>();
    switch (value.unmarked()) {
      case MapValue map -> elements.putAll(map.elements());
      case ObjectValue object -> elements.putAll(object.attributes());
      case SetValue set -> {
        for (Value element : set.elements()) {
          if (!element.isKnown()) {
            return untold("for_each", range);
          }
          if (!(element instanceof Str(String key))) {
            return failed(
                "for_each",
                "A set must hold strings here; use toset([...]) of strings.",
                range,
                diagnostics);
          }
          elements.put(key, element);
        }
      }
      default -> {
        return failed(
            "for_each",
            value.isNull()
                ? "It is null; it must be a map or a set of strings."
                : "It must be a map or a set of strings; a list becomes one with toset().",
            range,
            diagnostics);
      }
    }
    return Expansion.Keyed.of(elements);
  }

  private static boolean mayBeRepeated(Type type) {
    return switch (type) {
      case Type.Primitive primitive -> primitive.equals(Type.DYNAMIC);
      case Type.MapType _, Type.ObjectType _, Type.SetType _ -> true;
      case Type.ListType _, Type.TupleType _ -> false;
    };
  }

  /** The same where nothing will be known that is not known now: what is untold is an error. */
  static Expansion settled(Expansion expansion, Diagnostics diagnostics) {
    if (expansion instanceof Expansion.Deferred(Diagnostic why)) {
      diagnostics.add(why);
      return new Expansion.Failed();
    }
    return expansion;
  }

  /** What is decided by something that is not known; whoever asked knows whether it will be. */
  private static Expansion untold(String argument, SourceRange range) {
    return new Expansion.Deferred(
        error(
            argument,
            "It depends on values that are known only after apply, so it can't be told which"
                + " instances there will be. Give "
                + argument
                + " something that is known beforehand, such as names from the configuration.",
            range));
  }

  private static Expansion failed(
      String argument, String detail, SourceRange range, Diagnostics diagnostics) {
    diagnostics.add(error(argument, detail, range));
    return new Expansion.Failed();
  }

  private static Diagnostic error(String argument, String detail, SourceRange range) {
    return Diagnostic.error(
        "invalid-" + argument, "Invalid " + argument + " argument", detail, range);
  }
}
