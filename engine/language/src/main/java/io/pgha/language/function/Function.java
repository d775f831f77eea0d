package io.pgha.language.function;

import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A function of the language.
 *
 * @param name its name
 * @param description one sentence for the reference
 * @param parameters its positional parameters; immutable
 * @param variadic the parameter that takes all further arguments
 * @param neverNull whether an unknown result is known not to be null
 * @param resultType the type of the result, from arguments that may be unknown
 * @param body the function itself
 */
public record Function(
    String name,
    String description,
    List<Parameter> parameters,
    Optional<Parameter> variadic,
    boolean neverNull,
    ResultType resultType,
    Body body) {

  public Function {
    parameters = List.copyOf(parameters);
  }

  /** Tells the type of a result. */
  @FunctionalInterface
  public interface ResultType {
    /** The type for these arguments, unmarked and converted, possibly unknown. */
    Type of(List<Value> arguments) throws FunctionException;
  }

  /** Computes a result. */
  @FunctionalInterface
  public interface Body {
    /** The result; the arguments are as the parameters promise. */
    Value apply(Call call) throws FunctionException;
  }

  /** The type of its results, as far as the arguments don't decide it. */
  public Type returnType() {
    try {
      return resultType.of(
          parameters.stream().<Value>map(each -> Unknown.of(each.type())).toList());
    } catch (FunctionException e) {
      // It wants to know more of its arguments.
      return Type.DYNAMIC;
    }
  }

  /** The parameter that the argument at a position goes to. */
  public Parameter parameter(int argument) {
    return argument < parameters.size() ? parameters.get(argument) : variadic.orElseThrow();
  }

  /**
   * Calls the function with as many arguments as it takes.
   *
   * @throws FunctionException where it has no result for them
   */
  public Value call(List<Value> given, FunctionContext context) throws FunctionException {
    try {
      return apply(given, context);
    } catch (FunctionException e) {
      throw Redaction.of(given).applied(e);
    }
  }

  private Value apply(List<Value> given, FunctionContext context) throws FunctionException {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    List<Value> arguments = new ArrayList<>();
    boolean unknown = false;
    boolean untyped = false;
    for (int i = 0; i < given.size(); i++) {
      Parameter parameter = parameter(i);
      Value argument = convert(given.get(i), parameter, i);
      argument =
          switch (parameter.marks()) {
            case NONE -> {
              marks.addAll(Marks.all(argument));
              yield Marks.removeDeep(argument);
            }
            case INSIDE -> {
              marks.addAll(argument.marks());
              yield argument.unmarked();
            }
            case ALL -> argument;
          };
      if (argument.isNull() && !parameter.acceptsNull()) {
        throw new FunctionException(i, "argument must not be null");
      }
      boolean refused = isRefusedUnknown(argument, parameter);
      unknown |= refused;
      untyped |= refused && !argument.isKnown() && argument.type().equals(Type.DYNAMIC);
      arguments.add(argument);
    }
    if (untyped && resultType instanceof Builder.Computed) {
      return Unknown.ANY.withMarks(marks);
    }
    Type type = resultType.of(arguments);
    Value result = unknown ? unknownResult(type) : body.apply(new Call(arguments, type, context));
    return result.withMarks(marks);
  }

  private static boolean isRefusedUnknown(Value argument, Parameter parameter) {
    return switch (parameter.unknowns()) {
      case NONE -> !Unknowns.isWhollyKnown(argument);
      case INSIDE -> !argument.isKnown();
      case ALL -> false;
    };
  }

  private Value unknownResult(Type type) {
    return type.equals(Type.DYNAMIC)
        ? Unknown.ANY
        : new Unknown(type, neverNull ? Refinement.NOT_NULL : Refinement.NONE);
  }

  private static Value convert(Value argument, Parameter parameter, int position)
      throws FunctionException {
    try {
      return Conversion.convert(argument, parameter.type());
    } catch (ConversionException e) {
      throw new FunctionException(position, e.messageWithPath());
    }
  }

  /** Starts the description of a function. */
  public static Builder named(String name, String description) {
    return new Builder(name, description);
  }

  /**
   * Describes a function. Unless told otherwise, a result that is not known yet is known not to be
   * null.
   */
  public static final class Builder {
    private final String name;
    private final String description;
    private final List<Parameter> parameters = new ArrayList<>();
    private Optional<Parameter> variadic = Optional.empty();
    private boolean neverNull = true;

    private Builder(String name, String description) {
      this.name = name;
      this.description = description;
    }

    /** A result type that depends on the arguments. */
    private record Computed(ResultType type) implements ResultType {
      @Override
      public Type of(List<Value> arguments) throws FunctionException {
        return type.of(arguments);
      }
    }

    /** Adds a positional parameter. */
    public Builder takes(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    /** Adds a positional parameter that accepts neither nulls nor unknowns nor marks. */
    public Builder takes(String parameter, Type type) {
      return takes(Parameter.of(parameter, type));
    }

    /** Takes any number of further arguments. */
    public Builder takesAny(Parameter parameter) {
      variadic = Optional.of(parameter);
      return this;
    }

    /** The result may be null. */
    public Builder mayBeNull() {
      neverNull = false;
      return this;
    }

    /** The function, whose result is always of one type. */
    public Function returns(Type type, Body body) {
      return new Function(name, description, parameters, variadic, neverNull, _ -> type, body);
    }

    /** The function, whose result is of a type that depends on the arguments. */
    public Function returns(ResultType type, Body body) {
      return new Function(
          name, description, parameters, variadic, neverNull, new Computed(type), body);
    }
  }
}
