package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One step into a value, by attribute name or by index. */
public final class Navigation {
  /** The code of the error about a key that leads to no element. */
  public static final String INVALID_INDEX = "invalid-index";

  private static final String NO_ELEMENT =
      "The given key does not identify an element in this collection value";

  private final Consumer<Diagnostic> report;

  /** Steps whose errors are given to the consumer. */
  public Navigation(Consumer<Diagnostic> report) {
    this.report = report;
  }

  /** The named attribute of a value; unknown where there is none, which is reported. */
  public Value attribute(Value source, String name, SourceRange range) {
    return step(source, name, range).withMarks(source.marks());
  }

  private Value step(Value source, String name, SourceRange range) {
    Value inner = source.unmarked();
    if (inner instanceof Null) {
      return fail(
          "null-attribute",
          "Attempt to get attribute from null value",
          "This value is null, so it does not have any attributes.",
          range);
    }
    return switch (inner.type()) {
      case Type.ObjectType(var types, _) -> {
        Type type = types.get(name);
        if (type == null) {
          yield unsupported(
              "This object does not have an attribute named "
                  + ValueText.quote(name)
                  + "."
                  + NearestName.of(name, types.keySet())
                      .map(near -> " Did you mean " + ValueText.quote(near) + "?")
                      .orElse(""),
              range);
        }
        yield inner instanceof ObjectValue object ? object.get(name) : Unknown.of(type);
      }
      case Type.MapType(Type element) -> {
        Value found = inner instanceof MapValue map ? map.elements().get(name) : null;
        if (found != null || inner instanceof Unknown) {
          yield found == null ? Unknown.of(element) : found;
        }
        yield fail(
            "missing-map-element",
            "Missing map element",
            "This map does not have an element with the key " + ValueText.quote(name) + ".",
            range);
      }
      case Type.ListType(Type element) when element instanceof Type.ObjectType ->
          unsupported(across("list", name, "a specific element of the list"), range);
      case Type.SetType(Type element) when element instanceof Type.ObjectType ->
          unsupported(across("set", name, "a specific element of the set"), range);
      case Type.Primitive primitive -> {
        if (primitive.equals(Type.DYNAMIC)) {
          yield Unknown.ANY;
        }
        yield unsupported(
            "Can't access attributes on a primitive-typed value ("
                + primitive.friendlyName()
                + ").",
            range);
      }
      case Type.ListType _, Type.SetType _, Type.TupleType _ ->
          unsupported("This value does not have any attributes.", range);
    };
  }

  private static String across(String kind, String name, String single) {
    return "Can't access attributes on a "
        + kind
        + " of objects. Did you mean to access attribute "
        + ValueText.quote(name)
        + (kind.equals("list") ? " for " + single + ", or" : "")
        + " across all elements of the "
        + kind
        + "?";
  }

  /** The element of a value at a key; unknown where there is none, which is reported. */
  public Value index(Value source, Value key, SourceRange range) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    marks.addAll(source.marks());
    marks.addAll(key.marks());
    return element(source.unmarked(), key.unmarked(), range).withMarks(marks);
  }

  private Value element(Value source, Value key, SourceRange range) {
    if (source instanceof Null) {
      return fail(
          "null-index",
          "Attempt to index null value",
          "This value is null, so it does not have any indices.",
          range);
    }
    if (key instanceof Null) {
      return invalid("Can't use a null value as an indexing key.", range);
    }
    return switch (source.type()) {
      case Type.ListType(Type element) -> {
        List<Value> elements =
            source instanceof ListValue(_, List<Value> values) ? values : List.of();
        yield sequence(source, elements, key, Unknown.of(element), range);
      }
      case Type.TupleType _ -> {
        List<Value> elements =
            source instanceof TupleValue(List<Value> values) ? values : List.of();
        yield sequence(source, elements, key, Unknown.ANY, range);
      }
      case Type.MapType(Type element) ->
          keyed(
              source,
              source instanceof MapValue map ? map.elements() : Map.of(),
              key,
              Unknown.of(element),
              range);
      case Type.ObjectType(var types, _) -> attribute(source, types, key, range);
      case Type.SetType _ ->
          invalid(
              "Elements of a set are identified only by their value and don't have any separate"
                  + " index or key to select with, so it's only possible to perform operations"
                  + " across all elements of the set.",
              range);
      case Type.Primitive primitive ->
          primitive.equals(Type.DYNAMIC)
              ? Unknown.ANY
              : invalid("This value does not have any indices.", range);
    };
  }

  private Value sequence(
      Value source, List<Value> elements, Value key, Unknown unknown, SourceRange range) {
    Value converted = key(key, Type.NUMBER, range);
    if (!(converted instanceof Num number)) {
      return converted.type().equals(Type.NUMBER) ? unknown : Unknown.ANY;
    }
    if (!number.isInteger()) {
      return invalid(
          NO_ELEMENT
              + ": indexing a sequence requires a whole number, but the given index has a"
              + " fractional part.",
          range);
    }
    if (number.value().signum() < 0) {
      return invalid(
          NO_ELEMENT + ": a negative number is not a valid index for a sequence.", range);
    }
    if (source instanceof Unknown && !(source.type() instanceof Type.TupleType)) {
      return unknown;
    }
    int size =
        source.type() instanceof Type.TupleType(List<Type> types) ? types.size() : elements.size();
    if (number.compareTo(Num.of(size)) >= 0) {
      return invalid(
          NO_ELEMENT
              + (size == 0
                  ? ": the collection has no elements."
                  : ": the given index is greater than or equal to the length of the collection."),
          range);
    }
    int at = (int) number.longValueExact();
    return source instanceof Unknown(Type.TupleType(List<Type> types), _)
        ? Unknown.of(types.get(at))
        : elements.get(at);
  }

  private Value keyed(
      Value source, Map<String, Value> elements, Value key, Unknown unknown, SourceRange range) {
    Value converted = key(key, Type.STRING, range);
    if (source instanceof Unknown || !(converted instanceof Str(String name))) {
      return converted.type().equals(Type.STRING) ? unknown : Unknown.ANY;
    }
    Value found = elements.get(name);
    return found == null ? invalid(NO_ELEMENT + ".", range) : found;
  }

  private Value attribute(Value source, Map<String, Type> types, Value key, SourceRange range) {
    Value converted = key(key, Type.STRING, range);
    if (!(converted instanceof Str(String name))) {
      return Unknown.ANY;
    }
    Type type = types.get(name);
    if (type != null) {
      return source instanceof ObjectValue object ? object.get(name) : Unknown.of(type);
    }
    return invalid(
        NO_ELEMENT
            + "."
            + (key instanceof Num
                ? " An object only supports looking up attributes by name, not by numeric index."
                : ""),
        range);
  }

  private Value key(Value key, Type type, SourceRange range) {
    try {
      return Conversion.convert(key, type);
    } catch (ConversionException e) {
      return invalid(NO_ELEMENT + ": " + e.getMessage() + ".", range);
    }
  }

  private Value unsupported(String detail, SourceRange range) {
    return fail("unsupported-attribute", "Unsupported attribute", detail, range);
  }

  private Value invalid(String detail, SourceRange range) {
    return fail(INVALID_INDEX, "Invalid index", detail, range);
  }

  private Value fail(String code, String summary, String detail, SourceRange range) {
    report.accept(Diagnostic.error(code, summary, detail, range));
    return Unknown.ANY;
  }

  /**
   * The elements of a value that can be iterated, with their keys; null where it can't be, or can't
   * be yet.
   */
  static @Nullable List<Element> elements(Value collection) {
    return switch (collection) {
      case ListValue(_, List<Value> elements) -> indexed(elements);
      case TupleValue(List<Value> elements) -> indexed(elements);
      case SetValue set when set.isOpen() -> null;
      case SetValue(_, List<Value> elements) ->
          elements.stream().map(element -> new Element(element, element)).toList();
      case MapValue map -> named(map.elements());
      case ObjectValue object -> named(object.attributes());
      case Str _, Num _, Bool _, Null _, Unknown _, Marked _ -> null;
    };
  }

  /** Whether something is not known yet that must be for its elements to be gone through. */
  static boolean isOpen(Value collection) {
    return collection instanceof Unknown || (collection instanceof SetValue set && set.isOpen());
  }

  /** An element of a collection with its key. */
  record Element(Value key, Value value) {}

  private static List<Element> indexed(List<Value> values) {
    List<Element> elements = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      elements.add(new Element(Num.of(i), values.get(i)));
    }
    return elements;
  }

  private static List<Element> named(Map<String, Value> values) {
    List<Element> elements = new ArrayList<>(values.size());
    values.forEach((key, value) -> elements.add(new Element(new Str(key), value)));
    return elements;
  }
}
