package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Bounds;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Equality;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Functions that ask something of collections. */
final class CollectionFunctions {
  private static final Bounds AT_LEAST_NONE = new Bounds(Num.ZERO, null);

  static final List<Function> ALL =
      List.of(
          Function.named("length", "How many elements a collection or characters a string has.")
              .takes(Parameter.of("value", Type.DYNAMIC).unknown().markedInside())
              .returns(
                  (Function.ResultType)
                      arguments -> {
                        requireCountable(arguments.getFirst().type());
                        return Type.NUMBER;
                      },
                  CollectionFunctions::length),
          Function.named("contains", "Tells whether a list, set or tuple contains a value.")
              .takes(Parameter.of("list", Type.DYNAMIC).unknownInside())
              .takes(Parameter.of("value", Type.DYNAMIC).nullable())
              .returns(Type.BOOL, CollectionFunctions::contains),
          Function.named("index", "The position of a value in a list or tuple.")
              .takes(Parameter.of("list", Type.DYNAMIC).unknownInside())
              .takes(Parameter.of("value", Type.DYNAMIC).nullable())
              .returns(Type.NUMBER, CollectionFunctions::index),
          every("alltrue", "Tells whether all elements are true.", Bool.FALSE),
          every("anytrue", "Tells whether an element is true.", Bool.TRUE),
          Function.named("coalesce", "The first argument that is neither null nor empty.")
              .takesAny(Parameter.of("vals", Type.DYNAMIC).nullable().unknown())
              .returns(CollectionFunctions::unified, CollectionFunctions::coalesce),
          Function.named("coalescelist", "The first list that is not empty.")
              .takesAny(Parameter.of("vals", Type.DYNAMIC).nullable().unknown())
              .returns(_ -> Type.DYNAMIC, CollectionFunctions::coalesceList),
          Function.named("one", "The only element of a collection; null if there is none.")
              .takes(Parameter.collection("list"))
              .mayBeNull()
              .returns(CollectionFunctions::typeOfOne, CollectionFunctions::one),
          Function.named("matchkeys", "Those values whose key is in a set of keys.")
              .takes("values", Type.list(Type.DYNAMIC))
              .takes("keys", Type.list(Type.DYNAMIC))
              .takes("searchset", Type.list(Type.DYNAMIC))
              .returns(arguments -> arguments.getFirst().type(), CollectionFunctions::matchKeys));

  private CollectionFunctions() {}

  static boolean isSequence(Type type) {
    return type instanceof Type.ListType
        || type instanceof Type.SetType
        || type instanceof Type.TupleType;
  }

  private static void requireCountable(Type type) throws FunctionException {
    if (type instanceof Type.Primitive && !type.equals(Type.STRING) && !type.equals(Type.DYNAMIC)) {
      throw new FunctionException(
          0, "argument must be a string, a collection type, or a structural type");
    }
  }

  private static Value length(Call call) {
    Value value = call.value(0);
    return switch (value) {
      case Str(String text) -> Num.of(StringFunctions.characters(text).size());
      case ListValue(_, List<Value> elements) -> Num.of(elements.size());
      case TupleValue(List<Value> elements) -> Num.of(elements.size());
      case SetValue _ -> Unknown.of(Type.NUMBER, Refinement.within(Bounds.of(value)));
      case MapValue map -> Num.of(map.elements().size());
      case ObjectValue object -> Num.of(object.attributes().size());
      default ->
          switch (value.type()) {
            case Type.TupleType(List<Type> types) -> Num.of(types.size());
            case Type.ObjectType object -> Num.of(object.attributes().size());
            case Type.ListType _, Type.SetType _, Type.MapType _ ->
                // Of what may be null nothing is known but that a null has no length.
                value instanceof Unknown(_, Refinement refinement) && refinement.notNull()
                    ? Unknown.of(Type.NUMBER, Refinement.within(counted(refinement.bounds())))
                    : new Unknown(Type.NUMBER, Refinement.within(AT_LEAST_NONE));
            case Type.Primitive _ -> Unknown.of(Type.NUMBER, Refinement.within(AT_LEAST_NONE));
          };
    };
  }

  private static Bounds counted(Bounds known) {
    return known.least() == null ? new Bounds(Num.ZERO, known.most()) : known;
  }

  private static Value contains(Call call) throws FunctionException {
    if (!isSequence(call.value(0).type())) {
      throw new FunctionException(0, "argument must be list, tuple, or set");
    }
    return Equality.contains(call.elements(0), call.value(1));
  }

  private static Value index(Call call) throws FunctionException {
    Type type = call.value(0).type();
    if (!(type instanceof Type.ListType) && !(type instanceof Type.TupleType)) {
      throw new FunctionException("argument must be a list or tuple");
    }
    List<Value> elements = call.elements(0);
    if (elements.isEmpty()) {
      throw new FunctionException("cannot search an empty list");
    }
    for (int i = 0; i < elements.size(); i++) {
      Value equal = Equality.of(elements.get(i), call.value(1));
      if (!equal.isKnown()) {
        return new Unknown(Type.NUMBER, Refinement.NOT_NULL);
      }
      if (equal == Bool.TRUE) {
        return Num.of(i);
      }
    }
    throw new FunctionException("item not found");
  }

  private static Function every(String name, String description, Bool decisive) {
    return Function.named(name, description)
        .takes(Parameter.of("list", Type.list(Type.BOOL)).unknownInside())
        .returns(
            Type.BOOL,
            call -> {
              boolean open = false;
              for (Value element : call.elements(0)) {
                // A null is as good as false.
                Value truth = element.isNull() ? Bool.FALSE : element;
                if (truth == decisive) {
                  return decisive;
                }
                open |= !truth.isKnown();
              }
              return open
                  ? new Unknown(Type.BOOL, Refinement.NOT_NULL)
                  : Bool.of(!decisive.value());
            });
  }

  private static Type unified(List<Value> arguments) throws FunctionException {
    if (arguments.isEmpty()) {
      throw new FunctionException("at least one argument is required");
    }
    return Conversion.unify(
            arguments.stream().map(Value::type).filter(type -> !type.equals(Type.DYNAMIC)).toList())
        .orElseThrow(() -> new FunctionException("all arguments must have the same type"));
  }

  private static Value coalesce(Call call) throws FunctionException {
    for (Value argument : call.arguments()) {
      Value value;
      try {
        value = Conversion.convert(argument, call.resultType());
      } catch (ConversionException e) {
        throw new FunctionException(e.messageWithPath());
      }
      if (!value.isKnown()) {
        return call.resultType().equals(Type.DYNAMIC)
            ? Unknown.ANY
            : new Unknown(call.resultType(), Refinement.NOT_NULL);
      }
      if (!value.isNull() && !value.equals(Str.EMPTY)) {
        return value;
      }
    }
    throw new FunctionException("no non-null, non-empty-string arguments");
  }

  private static Value coalesceList(Call call) throws FunctionException {
    if (call.arguments().isEmpty()) {
      throw new FunctionException("at least one argument is required");
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      Value argument = call.value(i);
      Type type = argument.type();
      if (!argument.isKnown()) {
        return Unknown.ANY;
      }
      if (argument.isNull()) {
        continue;
      }
      if (!(type instanceof Type.ListType) && !(type instanceof Type.TupleType)) {
        throw new FunctionException(i, "coalescelist arguments must be lists or tuples");
      }
      if (!call.elements(i).isEmpty()) {
        return argument;
      }
    }
    throw new FunctionException("no non-null arguments");
  }

  private static Type typeOfOne(List<Value> arguments) throws FunctionException {
    Type type = arguments.getFirst().type();
    return switch (type) {
      case Type.ListType(Type element) -> element;
      case Type.SetType(Type element) -> element;
      case Type.TupleType(List<Type> types) when types.isEmpty() -> Type.DYNAMIC;
      case Type.TupleType(List<Type> types) when types.size() == 1 -> types.getFirst();
      case Type.TupleType _, Type.MapType _, Type.ObjectType _, Type.Primitive _ -> {
        if (type.equals(Type.DYNAMIC)) {
          yield Type.DYNAMIC;
        }
        throw notOne();
      }
    };
  }

  private static FunctionException notOne() {
    return new FunctionException(
        0, "must be a list, set, or tuple value with either zero or one elements");
  }

  private static Value one(Call call) throws FunctionException {
    List<Value> elements = call.elements(0);
    return switch (elements.size()) {
      case 0 -> new Null(call.resultType());
      case 1 -> elements.getFirst();
      default -> throw notOne();
    };
  }

  private static Value matchKeys(Call call) throws FunctionException {
    List<Value> values = call.elements(0);
    List<Value> keys = call.elements(1);
    if (values.size() != keys.size()) {
      throw new FunctionException("length of keys and values should be equal");
    }
    Type type =
        Conversion.unify(List.of(call.value(1).type(), call.value(2).type()))
            .orElseThrow(
                () -> new FunctionException("keys and searchset must be of the same type"));
    List<Value> matching = new ArrayList<>();
    try {
      List<Value> same = Call.elementsOf(Conversion.convert(call.value(1), type));
      List<Value> searched = Call.elementsOf(Conversion.convert(call.value(2), type));
      for (int i = 0; i < same.size(); i++) {
        if (Equality.contains(searched, same.get(i)) == Bool.TRUE) {
          matching.add(values.get(i));
        }
      }
    } catch (ConversionException e) {
      throw new FunctionException(e.messageWithPath());
    }
    return new ListValue(
        call.value(0).type() instanceof Type.ListType(Type element) ? element : Type.DYNAMIC,
        matching);
  }
}
