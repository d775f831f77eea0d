package io.pgha.language.function;

import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Functions of maps and objects. */
final class MappingFunctions {
  static final List<Function> ALL =
      List.of(
          Function.named("keys", "The keys of a map or the attribute names of an object.")
              .takes(Parameter.of("inputMap", Type.DYNAMIC).unknown().markedInside())
              .returns(MappingFunctions::typeOfKeys, MappingFunctions::keys),
          Function.named("values", "The values of a map or object, in order of their keys.")
              .takes(Parameter.collection("values"))
              .returns(MappingFunctions::typeOfValues, MappingFunctions::values),
          Function.named("lookup", "The element of a key, or a default if there is none.")
              .takes(Parameter.collection("inputMap"))
              .takes("key", Type.STRING)
              .takesAny(Parameter.of("default", Type.DYNAMIC).nullable().unknown().marked())
              .mayBeNull()
              .returns(MappingFunctions::typeOfLookup, MappingFunctions::lookup),
          Function.named("merge", "All elements of all maps or objects; later ones win.")
              .takesAny(Parameter.collection("maps").nullable())
              .returns(MappingFunctions::typeOfMerge, MappingFunctions::merge),
          Function.named("zipmap", "A map or object of a list of keys and one of values.")
              .takes("keys", Type.list(Type.STRING))
              .takes(Parameter.collection("values"))
              .returns(MappingFunctions::typeOfZip, MappingFunctions::zip),
          Function.named("transpose", "Makes keys of values and values of keys.")
              .takes("values", Type.map(Type.list(Type.STRING)))
              .returns(Type.map(Type.list(Type.STRING)), MappingFunctions::transpose));

  private MappingFunctions() {}

  private static SortedMap<String, Value> elements(Value value) {
    return switch (value.unmarked()) {
      case MapValue map -> map.elements();
      case ObjectValue object -> object.attributes();
      default -> new TreeMap<>();
    };
  }

  private static FunctionException notMapping() {
    return new FunctionException(0, "must have map or object type");
  }

  private static Type typeOfKeys(List<Value> arguments) throws FunctionException {
    Type type = arguments.getFirst().type();
    return switch (type) {
      case Type.MapType _ -> Type.list(Type.STRING);
      case Type.ObjectType object ->
          new Type.TupleType(Collections.nCopies(object.attributes().size(), Type.STRING));
      case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ -> {
        if (type.equals(Type.DYNAMIC)) {
          yield Type.DYNAMIC;
        }
        throw notMapping();
      }
    };
  }

  private static Value keys(Call call) {
    Value value = call.value(0);
    if (value.type() instanceof Type.ObjectType object) {
      // An object's names are part of its type, so they are known whatever its values are.
      return new TupleValue(object.attributes().keySet().stream().<Value>map(Str::new).toList());
    }
    if (!value.isKnown()) {
      return call.resultType().equals(Type.DYNAMIC)
          ? Unknown.ANY
          : new Unknown(call.resultType(), Refinement.NOT_NULL);
    }
    return new ListValue(
        Type.STRING, elements(value).keySet().stream().<Value>map(Str::new).toList());
  }

  private static Type typeOfValues(List<Value> arguments) throws FunctionException {
    Type type = arguments.getFirst().type();
    return switch (type) {
      case Type.MapType(Type element) -> Type.list(element);
      case Type.ObjectType object -> new Type.TupleType(List.copyOf(object.attributes().values()));
      case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ -> {
        if (type.equals(Type.DYNAMIC)) {
          yield Type.DYNAMIC;
        }
        throw new FunctionException(0, "values() requires a map or object as the first argument");
      }
    };
  }

  private static Value values(Call call) {
    List<Value> values = List.copyOf(elements(call.value(0)).values());
    return call.value(0) instanceof MapValue(Type type, _)
        ? new ListValue(type, values)
        : new TupleValue(values);
  }

  private static Type typeOfLookup(List<Value> arguments) throws FunctionException {
    if (arguments.size() > 3) {
      throw new FunctionException("lookup() takes two or three arguments");
    }
    Type type = arguments.getFirst().type();
    return switch (type) {
      case Type.MapType(Type element) -> {
        if (arguments.size() == 3) {
          convertDefault(arguments.get(2), element);
        }
        yield element;
      }
      case Type.ObjectType object -> {
        if (!(arguments.get(1) instanceof Str(String key))) {
          yield Type.DYNAMIC;
        }
        Type attribute = object.attributes().get(key);
        if (attribute != null) {
          yield attribute;
        }
        if (arguments.size() == 3) {
          yield arguments.get(2).type();
        }
        throw new FunctionException(0, "the given object has no attribute " + ValueText.quote(key));
      }
      case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ ->
          throw new FunctionException(0, "lookup() requires a map as the first argument");
    };
  }

  private static Value convertDefault(Value value, Type type) throws FunctionException {
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      throw new FunctionException(
          2, "the default value must have the same type as the map elements");
    }
  }

  private static Value lookup(Call call) throws FunctionException {
    Value found = elements(call.value(0)).get(call.text(1));
    if (found != null) {
      return found;
    }
    if (call.arguments().size() == 3) {
      return convertDefault(call.value(2), call.resultType());
    }
    throw new FunctionException("lookup failed to find key " + ValueText.quote(call.text(1)));
  }

  private static Type typeOfMerge(List<Value> arguments) throws FunctionException {
    if (arguments.isEmpty()) {
      return Type.object(Map.of());
    }
    TreeMap<String, Type> attributes = new TreeMap<>();
    Type first = arguments.getFirst().type();
    boolean same = true;
    boolean complete = true;
    boolean anything = false;
    for (int i = 0; i < arguments.size(); i++) {
      Value argument = arguments.get(i);
      Type type = argument.type();
      same &= type.equals(first);
      if (argument.isNull()) {
        continue;
      }
      anything = true;
      switch (type) {
        case Type.ObjectType object -> attributes.putAll(object.attributes());
        case Type.MapType(Type element) -> {
          complete &= argument.isKnown();
          elements(argument).keySet().forEach(name -> attributes.put(name, element));
        }
        case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ -> {
          if (!type.equals(Type.DYNAMIC)) {
            throw new FunctionException(
                i,
                "arguments must be maps or objects, got " + ValueText.quote(type.friendlyName()));
          }
          complete = false;
        }
      }
    }
    if (!anything) {
      return Type.object(Map.of());
    }
    if (same) {
      return first;
    }
    return complete ? Type.object(attributes) : Type.DYNAMIC;
  }

  private static Value merge(Call call) {
    TreeMap<String, Value> merged = new TreeMap<>();
    for (Value argument : call.arguments()) {
      merged.putAll(elements(argument));
    }
    return call.resultType() instanceof Type.MapType(Type element)
        ? new MapValue(element, merged)
        : new ObjectValue(merged);
  }

  private static Type typeOfZip(List<Value> arguments) throws FunctionException {
    Type type = arguments.get(1).type();
    return switch (type) {
      case Type.ListType(Type element) -> Type.map(element);
      case Type.TupleType(List<Type> types) -> {
        if (!(arguments.getFirst() instanceof ListValue(_, List<Value> keys))
            || !keys.stream().allMatch(Value::isKnown)) {
          yield Type.DYNAMIC;
        }
        requireSameSize(keys.size(), types.size());
        TreeMap<String, Type> attributes = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
          attributes.put(key(keys.get(i)), types.get(i));
        }
        yield Type.object(attributes);
      }
      case Type.Primitive _, Type.SetType _, Type.MapType _, Type.ObjectType _ -> {
        if (type.equals(Type.DYNAMIC)) {
          yield Type.DYNAMIC;
        }
        throw new FunctionException(1, "values argument must be a list or tuple value");
      }
    };
  }

  private static void requireSameSize(int keys, int values) throws FunctionException {
    if (keys != values) {
      throw new FunctionException(
          "number of keys (" + keys + ") does not match number of values (" + values + ")");
    }
  }

  private static String key(Value key) throws FunctionException {
    if (key instanceof Str(String text)) {
      return text;
    }
    throw new FunctionException(0, "keys must not be null");
  }

  private static Value zip(Call call) throws FunctionException {
    List<Value> keys = call.elements(0);
    List<Value> values = call.elements(1);
    requireSameSize(keys.size(), values.size());
    TreeMap<String, Value> zipped = new TreeMap<>();
    for (int i = 0; i < keys.size(); i++) {
      zipped.put(key(keys.get(i)), values.get(i));
    }
    return call.resultType() instanceof Type.MapType(Type element)
        ? new MapValue(element, zipped)
        : new ObjectValue(zipped);
  }

  private static Value transpose(Call call) throws FunctionException {
    TreeMap<String, List<Value>> transposed = new TreeMap<>();
    for (Map.Entry<String, Value> entry : elements(call.value(0)).entrySet()) {
      if (entry.getValue().isNull()) {
        throw new FunctionException(0, "input must not contain null list");
      }
      for (Value element : Call.elementsOf(entry.getValue())) {
        if (!(element instanceof Str(String text))) {
          throw new FunctionException(0, "input must not contain null string");
        }
        transposed.computeIfAbsent(text, _ -> new ArrayList<>()).add(new Str(entry.getKey()));
      }
    }
    TreeMap<String, Value> result = new TreeMap<>();
    transposed.forEach((key, keys) -> result.put(key, new ListValue(Type.STRING, keys)));
    return new MapValue(Type.list(Type.STRING), result);
  }
}
