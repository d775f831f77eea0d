package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Equality;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Prefixes;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Functions by which an author promises something of a value that isn't known yet; the promise is
 * checked as soon as the value is.
 */
final class AssumptionFunctions {
  static final List<Function> ALL = all();

  private AssumptionFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(
        Function.named("assumeequal", "Promises that a value is equal to another.")
            .takes(Parameter.of("given", Type.DYNAMIC).nullable().unknown())
            .takes(Parameter.of("assumed", Type.DYNAMIC).nullable().unknown())
            .mayBeNull()
            .returns(arguments -> arguments.get(1).type(), AssumptionFunctions::equal));
    all.add(
        Function.named("assumenotnull", "Promises that a value is not null.")
            .takes(Parameter.of("given", Type.DYNAMIC).nullable().unknown())
            .returns(arguments -> arguments.getFirst().type(), AssumptionFunctions::notNull));
    all.add(
        Function.named("assumestringprefix", "Promises what a string starts with.")
            .takes(Parameter.of("given", Type.STRING).nullable().unknown())
            .takes(Parameter.of("prefix", Type.STRING))
            .mayBeNull()
            .returns(Type.STRING, AssumptionFunctions::prefix));
    length(all, "list", Type::list);
    length(all, "set", Type::set);
    length(all, "map", Type::map);
    return all;
  }

  private static void length(List<Function> all, String kind, UnaryOperator<Type> collection) {
    String name = "assume" + kind + "length";
    Type type = collection.apply(Type.DYNAMIC);
    Parameter given = Parameter.of("given", type).nullable().unknown();
    String promise = "Promises how many elements a " + kind + " has";
    all.add(
        Function.named(name, promise + ".")
            .takes(given)
            .takes("min", Type.NUMBER)
            .takes("max", Type.NUMBER)
            .returns(
                arguments -> arguments.getFirst().type(),
                call -> length(call, call.integer(1), call.integer(2))));
    all.add(
        Function.named(name + "min", promise + " at least.")
            .takes(given)
            .takes("min", Type.NUMBER)
            .returns(
                arguments -> arguments.getFirst().type(),
                call -> length(call, call.integer(1), Integer.MAX_VALUE)));
    all.add(
        Function.named(name + "max", promise + " at most.")
            .takes(given)
            .takes("max", Type.NUMBER)
            .returns(
                arguments -> arguments.getFirst().type(),
                call -> length(call, 0, call.integer(1))));
  }

  private static FunctionException broken() {
    return new FunctionException("assumption was not upheld");
  }

  private static Value equal(Call call) throws FunctionException {
    Value given = call.value(0);
    Value assumed = call.value(1);
    try {
      given = Conversion.convert(given, assumed.type());
    } catch (ConversionException e) {
      throw new FunctionException(0, e.messageWithPath());
    }
    if (Equality.of(given, assumed) == Bool.FALSE) {
      throw broken();
    }
    return assumed;
  }

  private static Value notNull(Call call) throws FunctionException {
    Value given = call.value(0);
    if (given.isNull()) {
      throw broken();
    }
    if (given instanceof Unknown(Type type, Refinement refinement)) {
      if (type.equals(Type.DYNAMIC)) {
        throw new FunctionException(
            0,
            "given value must have a known type; consider using the \"convert\" function to"
                + " specify a type to assume");
      }
      return Unknown.of(type, new Refinement(true, refinement.prefix(), refinement.bounds()));
    }
    return given;
  }

  private static Value prefix(Call call) throws FunctionException {
    String prefix = call.text(1);
    return switch (call.value(0)) {
      case Str(String text) when !text.startsWith(prefix) -> throw broken();
      case Unknown(Type type, Refinement refinement) ->
          new Unknown(type, new Refinement(refinement.notNull(), Prefixes.safe(prefix)));
      default -> call.value(0);
    };
  }

  private static Value length(Call call, int least, int most) throws FunctionException {
    int size =
        switch (call.value(0)) {
          case ListValue(_, List<Value> elements) -> elements.size();
          case SetValue(_, List<Value> elements) -> elements.size();
          case MapValue map -> map.elements().size();
          default -> -1;
        };
    if (size >= 0 && (size < least || size > most)) {
      throw broken();
    }
    return call.value(0);
  }
}
