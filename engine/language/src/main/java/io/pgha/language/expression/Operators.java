package io.pgha.language.expression;

import io.pgha.language.syntax.BinaryOperator;
import io.pgha.language.syntax.UnaryOperator;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Bounds;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Equality;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Num;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What operators do with values. */
final class Operators {
  private Operators() {}

  /** An operand doesn't suit, or the operation has no result. */
  static final class OperationException extends Exception {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    OperationException(Problem problem, String message) {
      super(message);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  /** What is to blame. */
  enum Problem {
    LEFT_OPERAND,
    RIGHT_OPERAND,
    OPERAND,
    OPERATION,
    DIVISION_BY_ZERO
  }

  static Type operandType(BinaryOperator operator) {
    return switch (operator) {
      case OR, AND -> Type.BOOL;
      case EQUAL, NOT_EQUAL -> Type.DYNAMIC;
      case GREATER,
          GREATER_OR_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO ->
          Type.NUMBER;
    };
  }

  static Type resultType(BinaryOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> Type.NUMBER;
      case OR, AND, EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> Type.BOOL;
    };
  }

  static Value apply(BinaryOperator operator, Value left, Value right) throws OperationException {
    if (operator == BinaryOperator.EQUAL) {
      return Equality.of(left, right);
    }
    if (operator == BinaryOperator.NOT_EQUAL) {
      return not(Equality.of(left, right));
    }
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    marks.addAll(left.marks());
    marks.addAll(right.marks());
    Type type = operandType(operator);
    Value one = operand(left.unmarked(), type, Problem.LEFT_OPERAND);
    Value other = operand(right.unmarked(), type, Problem.RIGHT_OPERAND);
    return compute(operator, one, other).withMarks(marks);
  }

  private static Value operand(Value value, Type type, Problem problem) throws OperationException {
    Value converted;
    try {
      converted = Conversion.convert(value, type);
    } catch (ConversionException e) {
      throw new OperationException(problem, e.getMessage());
    }
    if (converted.isNull()) {
      throw new OperationException(Problem.OPERATION, "argument must not be null");
    }
    return converted;
  }

  private static Value compute(BinaryOperator operator, Value left, Value right)
      throws OperationException {
    if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
      Bool decisive = Bool.of(operator == BinaryOperator.OR);
      if (left == decisive || right == decisive) {
        return decisive;
      }
    }
    if (left instanceof Num one && right instanceof Num other) {
      return compute(operator, one, other);
    }
    if (left instanceof Bool && right instanceof Bool) {
      return Bool.of(operator == BinaryOperator.AND);
    }
    return compare(operator, Bounds.of(left), Bounds.of(right))
        .<Value>map(Bool::of)
        .orElseGet(() -> new Unknown(resultType(operator), Refinement.NOT_NULL));
  }

  /** What a comparison gives where it is decided by what is known of both. */
  private static Optional<Boolean> compare(BinaryOperator operator, Bounds left, Bounds right) {
    return switch (operator) {
      case LESS -> decided(left.isBelow(right), right.isAtMost(left));
      case LESS_OR_EQUAL -> decided(left.isAtMost(right), right.isBelow(left));
      case GREATER -> decided(right.isBelow(left), left.isAtMost(right));
      case GREATER_OR_EQUAL -> decided(right.isAtMost(left), left.isBelow(right));
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, EQUAL, NOT_EQUAL, AND, OR -> Optional.empty();
    };
  }

  private static Optional<Boolean> decided(boolean holds, boolean fails) {
    return holds || fails ? Optional.of(holds) : Optional.empty();
  }

  private static Value compute(BinaryOperator operator, Num left, Num right)
      throws OperationException {
    return switch (operator) {
      case ADD -> left.plus(right);
      case SUBTRACT -> left.minus(right);
      case MULTIPLY -> left.times(right);
      case DIVIDE -> left.dividedBy(notZero(right));
      case MODULO -> left.remainder(notZero(right));
      case GREATER -> Bool.of(left.compareTo(right) > 0);
      case GREATER_OR_EQUAL -> Bool.of(left.compareTo(right) >= 0);
      case LESS -> Bool.of(left.compareTo(right) < 0);
      case LESS_OR_EQUAL -> Bool.of(left.compareTo(right) <= 0);
      case EQUAL, NOT_EQUAL, AND, OR -> throw new IllegalStateException("no arithmetic");
    };
  }

  private static Num notZero(Num divisor) throws OperationException {
    if (divisor.value().signum() == 0) {
      throw new OperationException(Problem.DIVISION_BY_ZERO, "division by zero");
    }
    return divisor;
  }

  static Type resultType(UnaryOperator operator) {
    return switch (operator) {
      case NOT -> Type.BOOL;
      case NEGATE -> Type.NUMBER;
    };
  }

  static Value apply(UnaryOperator operator, Value value) throws OperationException {
    Value operand = operand(value.unmarked(), resultType(operator), Problem.OPERAND);
    Value result =
        switch (operator) {
          case NOT -> not(operand);
          case NEGATE ->
              operand instanceof Num number
                  ? number.negate()
                  : new Unknown(Type.NUMBER, Refinement.NOT_NULL);
        };
    return result.withMarks(value.marks());
  }

  private static Value not(Value value) {
    Value inner = value.unmarked();
    return (inner instanceof Bool bool ? Bool.of(!bool.value()) : inner).withMarks(value.marks());
  }
}
