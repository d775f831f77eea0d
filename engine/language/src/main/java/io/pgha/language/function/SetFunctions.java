package io.pgha.language.function;

import io.pgha.language.value.Bounds;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Functions of sets. */
final class SetFunctions {
  static final List<Function> ALL =
      List.of(
          Function.named("setunion", "The elements that are in any of the sets.")
              .takes(Parameter.of("first_set", Type.set(Type.DYNAMIC)).unknownInside())
              .takesAny(Parameter.of("other_sets", Type.set(Type.DYNAMIC)).unknownInside())
              .returns(
                  SetFunctions::typeOfAll,
                  call -> combine(call, (all, other) -> all.addAll(other))),
          Function.named("setintersection", "The elements that are in all of the sets.")
              .takes(Parameter.of("first_set", Type.set(Type.DYNAMIC)))
              .takesAny(Parameter.of("other_sets", Type.set(Type.DYNAMIC)))
              .returns(
                  SetFunctions::typeOfAll,
                  call -> combine(call, (all, other) -> all.retainAll(other))),
          Function.named("setsubtract", "The elements of one set that are not in another.")
              .takes(Parameter.of("a", Type.set(Type.DYNAMIC)))
              .takes(Parameter.of("b", Type.set(Type.DYNAMIC)))
              .returns(
                  SetFunctions::typeOfAll,
                  call -> combine(call, (all, other) -> all.removeAll(other))),
          Function.named("setproduct", "Every combination of an element of each set.")
              .takesAny(Parameter.of("sets", Type.DYNAMIC).unknownInside().markedInside())
              .returns(SetFunctions::typeOfProduct, SetFunctions::product));

  private SetFunctions() {}

  private static Type typeOfAll(List<Value> arguments) throws FunctionException {
    List<Type> types = new ArrayList<>();
    for (Value argument : arguments) {
      Type type = argument.type();
      // An empty set of no type yet goes with any other.
      if (!type.hasDynamic() || !isEmpty(argument)) {
        types.add(type);
      }
    }
    if (types.isEmpty()) {
      return arguments.getFirst().type();
    }
    return Conversion.unify(types)
        .orElseThrow(
            () -> new FunctionException("given sets must all have compatible element types"));
  }

  private static boolean isEmpty(Value set) {
    return set instanceof SetValue(_, List<Value> elements) && elements.isEmpty();
  }

  /** Changes the first set by another. */
  private interface Combination {
    boolean apply(Set<Value> result, Set<Value> other);
  }

  private static Value combine(Call call, Combination combination) throws FunctionException {
    Set<Value> result = null;
    for (Value argument : call.arguments()) {
      Set<Value> elements =
          new LinkedHashSet<>(Call.elementsOf(converted(argument, call.resultType())));
      if (result == null) {
        result = elements;
      } else {
        combination.apply(result, elements);
      }
    }
    return SetValue.of(
        call.resultType() instanceof Type.SetType(Type element) ? element : Type.DYNAMIC,
        result == null ? List.of() : result);
  }

  private static Value converted(Value value, Type type) throws FunctionException {
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      throw new FunctionException(e.messageWithPath());
    }
  }

  private static Type typeOfProduct(List<Value> arguments) throws FunctionException {
    if (arguments.size() < 2) {
      throw new FunctionException("at least two arguments are required");
    }
    List<Type> parts = new ArrayList<>();
    boolean ordered = true;
    for (int i = 0; i < arguments.size(); i++) {
      Type type = arguments.get(i).type();
      switch (type) {
        case Type.SetType(Type element) -> {
          ordered = false;
          parts.add(element);
        }
        case Type.ListType(Type element) -> parts.add(element);
        case Type.TupleType(List<Type> types) -> {
          int position = i;
          parts.add(
              Conversion.unify(types)
                  .orElseThrow(() ->
                      new FunctionException(position, "all elements must be of the same type")));
        }
        case Type.Primitive _, Type.MapType _, Type.ObjectType _ -> {
          if (type.equals(Type.DYNAMIC)) {
            return Type.DYNAMIC;
          }
          throw new FunctionException(
              i, "a set or a list is required, but have " + type.friendlyName());
        }
      }
    }
    Type element = new Type.TupleType(parts);
    return ordered ? Type.list(element) : Type.set(element);
  }

  private static Value product(Call call) throws FunctionException {
    boolean ordered = call.resultType() instanceof Type.ListType;
    Type element =
        switch (call.resultType()) {
          case Type.ListType(Type type) -> type;
          case Type.SetType(Type type) -> type;
          default -> Type.DYNAMIC;
        };
    for (Value argument : call.arguments()) {
      if (argument instanceof SetValue && Bounds.of(argument).exact() == null) {
        return new Unknown(call.resultType(), Refinement.NOT_NULL);
      }
    }
    List<List<Value>> rows = List.of(List.of());
    for (int i = 0; i < call.arguments().size(); i++) {
      List<List<Value>> longer = new ArrayList<>();
      for (List<Value> row : rows) {
        for (Value next : call.elements(i)) {
          List<Value> extended = new ArrayList<>(row);
          extended.add(next);
          longer.add(extended);
        }
      }
      rows = longer;
    }
    List<Value> tuples = new ArrayList<>();
    for (List<Value> row : rows) {
      tuples.add(converted(new TupleValue(row), element));
    }
    return ordered ? new ListValue(element, tuples) : SetValue.of(element, tuples);
  }
}
