package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Bounds;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Equality;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Num;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Functions that make sequences of sequences. */
final class SequenceFunctions {
  private static final int LONGEST_RANGE = 1024;
  private static final BigInteger WRAP_LIMIT = BigInteger.ONE.shiftLeft(63);

  static final List<Function> ALL =
      List.of(
          Function.named("concat", "All elements of all lists or tuples.")
              .takesAny(Parameter.collection("seqs"))
              .returns(SequenceFunctions::typeOfConcat, SequenceFunctions::concat),
          Function.named("element", "The element at an index, which wraps around.")
              .takes(Parameter.collection("list"))
              .takes("index", Type.NUMBER)
              .mayBeNull()
              .returns(SequenceFunctions::typeOfElement, SequenceFunctions::element),
          Function.named("slice", "The elements from one index up to before another.")
              .takes(Parameter.collection("list"))
              .takes("start_index", Type.NUMBER)
              .takes("end_index", Type.NUMBER)
              .returns(SequenceFunctions::typeOfSlice, SequenceFunctions::slice),
          Function.named("reverse", "The elements in reverse order.")
              .takes(Parameter.collection("list"))
              .returns(SequenceFunctions::typeOfReverse, SequenceFunctions::reverse),
          Function.named("flatten", "The elements of nested sequences as one tuple.")
              .takes(Parameter.collection("list"))
              .returns(_ -> Type.DYNAMIC, SequenceFunctions::flatten),
          Function.named("distinct", "The elements, each only where it first stands.")
              .takes("list", Type.list(Type.DYNAMIC))
              .returns(arguments -> arguments.getFirst().type(), SequenceFunctions::distinct),
          Function.named("compact", "The strings that are neither null nor empty.")
              .takes("list", Type.list(Type.STRING))
              .returns(
                  Type.list(Type.STRING),
                  call ->
                      new ListValue(
                          Type.STRING,
                          call.elements(0).stream()
                              .filter(e -> !e.isNull() && !e.equals(Str.EMPTY))
                              .toList())),
          Function.named("chunklist", "Divides a list into lists of a fixed size.")
              .takes(Parameter.of("list", Type.list(Type.DYNAMIC)).unknownInside().markedInside())
              .takes(Parameter.of("size", Type.NUMBER))
              .returns(
                  arguments -> Type.list(arguments.getFirst().type()), SequenceFunctions::chunks),
          Function.named("sort", "Strings in order of their code points.")
              .takes(Parameter.of("list", Type.list(Type.STRING)).unknownInside())
              .returns(Type.list(Type.STRING), SequenceFunctions::sort),
          Function.named("range", "Numbers from a start by a step up to before a limit.")
              .takesAny(Parameter.of("params", Type.NUMBER))
              .returns(Type.list(Type.NUMBER), SequenceFunctions::range));

  private SequenceFunctions() {}

  private static Type typeOfConcat(List<Value> arguments) throws FunctionException {
    if (arguments.isEmpty()) {
      throw new FunctionException("at least one argument is required");
    }
    List<Type> elements = new ArrayList<>();
    boolean lists = true;
    boolean open = false;
    for (int i = 0; i < arguments.size(); i++) {
      Type type = arguments.get(i).type();
      switch (type) {
        case Type.ListType(Type element) -> {
          open |= !arguments.get(i).isKnown();
          elements.add(element);
        }
        case Type.TupleType _ -> lists = false;
        case Type.Primitive _, Type.SetType _, Type.MapType _, Type.ObjectType _ -> {
          if (!type.equals(Type.DYNAMIC)) {
            throw new FunctionException(
                i, "all arguments must be lists or tuples; got " + type.friendlyName());
          }
          open = true;
          lists = false;
        }
      }
    }
    if (lists) {
      var unified = Conversion.unify(elements);
      if (unified.isPresent()) {
        return Type.list(unified.get());
      }
    }
    return open ? Type.DYNAMIC : tupleOfAll(arguments);
  }

  private static Type tupleOfAll(List<Value> arguments) {
    List<Type> types = new ArrayList<>();
    for (Value argument : arguments) {
      if (argument.type() instanceof Type.TupleType(List<Type> elements)) {
        types.addAll(elements);
      } else if (argument.type() instanceof Type.ListType(Type element)) {
        types.addAll(Collections.nCopies(Call.elementsOf(argument).size(), element));
      }
    }
    return new Type.TupleType(types);
  }

  private static Value concat(Call call) throws FunctionException {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      all.addAll(call.elements(i));
    }
    return converted(new TupleValue(all), call.resultType());
  }

  private static Value converted(Value value, Type type) throws FunctionException {
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      throw new FunctionException(e.messageWithPath());
    }
  }

  private static Type typeOfElement(List<Value> arguments) throws FunctionException {
    Type type = arguments.getFirst().type();
    return switch (type) {
      case Type.ListType(Type element) -> element;
      case Type.TupleType(List<Type> types) -> {
        if (types.isEmpty()) {
          throw emptyList();
        }
        yield arguments.get(1) instanceof Num index
            ? types.get(wrapped(index, types.size()))
            : Type.DYNAMIC;
      }
      case Type.Primitive _, Type.SetType _, Type.MapType _, Type.ObjectType _ -> {
        if (type.equals(Type.DYNAMIC)) {
          yield Type.DYNAMIC;
        }
        throw new FunctionException(0, "cannot read elements from " + type.friendlyName());
      }
    };
  }

  private static FunctionException emptyList() {
    return new FunctionException("cannot use element function with an empty list");
  }

  private static int wrapped(Num index, int size) throws FunctionException {
    BigDecimal value = index.value();
    if (value.scale() > 0) {
      throw new FunctionException(1, "a whole number is required");
    }
    BigInteger integer = value.toBigInteger();
    if (integer.compareTo(WRAP_LIMIT) >= 0 || integer.compareTo(WRAP_LIMIT.negate()) < 0) {
      throw new FunctionException(1, "the index does not fit into 64 bits");
    }
    return integer.mod(BigInteger.valueOf(size)).intValue();
  }

  private static Value element(Call call) throws FunctionException {
    List<Value> elements = call.elements(0);
    if (elements.isEmpty()) {
      throw emptyList();
    }
    return elements.get(wrapped(call.number(1), elements.size()));
  }

  private static Type typeOfSlice(List<Value> arguments) throws FunctionException {
    Type type = arguments.getFirst().type();
    if (type instanceof Type.SetType) {
      throw new FunctionException(
          0,
          "cannot slice a set, because its elements do not have indices; explicitly convert to"
              + " a list if the ordering of the result is not important");
    }
    if (type instanceof Type.ListType || type.equals(Type.DYNAMIC)) {
      return type;
    }
    if (!(type instanceof Type.TupleType(List<Type> types))) {
      throw new FunctionException(0, "must be a list or tuple value");
    }
    if (!(arguments.get(1) instanceof Num start) || !(arguments.get(2) instanceof Num end)) {
      return Type.DYNAMIC;
    }
    requireBounds(start, end, types.size());
    return new Type.TupleType(
        types.subList(start.value().intValueExact(), end.value().intValueExact()));
  }

  private static void requireBounds(Num start, Num end, int size) throws FunctionException {
    if (!start.isInteger() || !end.isInteger()) {
      throw new FunctionException(start.isInteger() ? 2 : 1, "a whole number is required");
    }
    if (start.value().signum() < 0 || start.compareTo(Num.of(size)) > 0) {
      throw new FunctionException(
          1,
          start.value().signum() < 0
              ? "start index must not be less than zero"
              : "start index must not be greater than the length of the list");
    }
    if (end.compareTo(Num.of(size)) > 0) {
      throw new FunctionException(2, "end index must not be greater than the length of the list");
    }
    if (start.compareTo(end) > 0) {
      throw new FunctionException(1, "start index must not be greater than end index");
    }
  }

  private static Value slice(Call call) throws FunctionException {
    List<Value> elements = call.elements(0);
    requireBounds(call.number(1), call.number(2), elements.size());
    List<Value> part = elements.subList(call.integer(1), call.integer(2));
    return call.value(0) instanceof ListValue(Type type, _)
        ? new ListValue(type, part)
        : new TupleValue(part);
  }

  private static Type typeOfReverse(List<Value> arguments) throws FunctionException {
    Type type = arguments.getFirst().type();
    return switch (type) {
      case Type.ListType _ -> type;
      case Type.SetType(Type element) -> Type.list(element);
      case Type.TupleType(List<Type> types) -> new Type.TupleType(types.reversed());
      case Type.Primitive _, Type.MapType _, Type.ObjectType _ -> {
        if (type.equals(Type.DYNAMIC)) {
          yield type;
        }
        throw new FunctionException(
            0, "can only reverse list or tuple values, not " + type.friendlyName());
      }
    };
  }

  private static Value reverse(Call call) {
    List<Value> reversed = call.elements(0).reversed();
    return switch (call.value(0)) {
      case ListValue(Type type, _) -> new ListValue(type, reversed);
      case SetValue set when set.isOpen() ->
          Unknown.of(Type.list(set.elementType()), Refinement.within(Bounds.of(set)));
      case SetValue(Type type, _) -> new ListValue(type, reversed);
      default -> new TupleValue(reversed);
    };
  }

  private static Value flatten(Call call) throws FunctionException {
    if (!CollectionFunctions.isSequence(call.value(0).type())) {
      throw new FunctionException(0, "can only flatten lists, sets and tuples");
    }
    Flattened flattened = new Flattened();
    flattened.add(call.value(0));
    return (flattened.open ? Unknown.ANY : new TupleValue(flattened.elements))
        .withMarks(flattened.marks);
  }

  /** Elements collected from nested sequences, with the marks of the sequences left behind. */
  private static final class Flattened {
    private final List<Value> elements = new ArrayList<>();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private boolean open;

    void add(Value sequence) {
      open |= sequence.unmarked() instanceof SetValue set && set.isOpen();
      for (Value element : Call.elementsOf(sequence)) {
        Type type = element.type();
        boolean nested = CollectionFunctions.isSequence(type) && !element.isNull();
        if (!element.isKnown() && (nested || type.equals(Type.DYNAMIC))) {
          marks.addAll(element.marks());
          open = true;
        } else if (nested) {
          marks.addAll(element.marks());
          add(element);
        } else {
          elements.add(element);
        }
      }
    }
  }

  private static Value distinct(Call call) {
    List<Value> different = new ArrayList<>();
    for (Value element : call.elements(0)) {
      if (Equality.contains(different, element) != Bool.TRUE) {
        different.add(element);
      }
    }
    return new ListValue(
        call.value(0).type() instanceof Type.ListType(Type element) ? element : Type.DYNAMIC,
        different);
  }

  private static Value chunks(Call call) throws FunctionException {
    int size = call.integer(1);
    if (size < 0) {
      throw new FunctionException(1, "the size argument must be positive");
    }
    List<Value> elements = call.elements(0);
    Type type = call.value(0).type();
    Type elementType = type instanceof Type.ListType(Type element) ? element : Type.DYNAMIC;
    List<Value> chunks = new ArrayList<>();
    int step = size == 0 ? Math.max(1, elements.size()) : size;
    for (int i = 0; i < elements.size(); i += step) {
      int end = (int) Math.min(elements.size(), (long) i + step);
      chunks.add(new ListValue(elementType, elements.subList(i, end)));
    }
    return new ListValue(type, chunks);
  }

  private static Value sort(Call call) throws FunctionException {
    List<String> texts = new ArrayList<>();
    List<Value> elements = call.elements(0);
    for (int i = 0; i < elements.size(); i++) {
      switch (elements.get(i)) {
        case Str(String text) -> texts.add(text);
        case Unknown _ -> {}
        default ->
            throw new FunctionException(
                0, "given list element " + i + " is null; a null string cannot be sorted");
      }
    }
    if (texts.size() < elements.size()) {
      // Any may come first, but there are as many.
      Value open = new Unknown(Type.STRING, Refinement.NOT_NULL);
      return new ListValue(Type.STRING, Collections.nCopies(elements.size(), open));
    }
    texts.sort(SetValue::compareText);
    return new ListValue(Type.STRING, texts.stream().<Value>map(Str::new).toList());
  }

  private static Value range(Call call) throws FunctionException {
    int given = call.arguments().size();
    if (given < 1 || given > 3) {
      throw new FunctionException("must have one, two, or three arguments");
    }
    Num start = given == 1 ? Num.ZERO : call.number(0);
    Num end = call.number(given == 1 ? 0 : 1);
    boolean down = end.compareTo(start) < 0;
    Num step = given == 3 ? call.number(2) : Num.of(down ? -1 : 1);
    if (step.value().signum() == 0) {
      throw new FunctionException(2, "step must not be zero");
    }
    if (given == 3 && down != step.value().signum() < 0 && !start.equals(end)) {
      throw new FunctionException(
          1,
          down
              ? "end must be greater than start when step is positive"
              : "end must be less than start when step is negative");
    }
    List<Value> numbers = new ArrayList<>();
    for (Num number = start;
        down ? number.compareTo(end) > 0 : number.compareTo(end) < 0;
        number = number.plus(step)) {
      if (numbers.size() >= LONGEST_RANGE) {
        throw new FunctionException(
            "more than 1024 values were generated; either decrease the difference between start"
                + " and end or use a smaller step");
      }
      numbers.add(number);
    }
    return new ListValue(Type.NUMBER, numbers);
  }
}
