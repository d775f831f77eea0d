package io.pgha.language.function;

/** A function has no result for its arguments. */
public final class FunctionException extends Exception {
  private static final long serialVersionUID = 1;

  private final int argument;

  /** The call as a whole fails. */
  public FunctionException(String message) {
    this(-1, message);
  }

  /**
   * An argument is wrong.
   *
   * @param argument its position, from 0
   * @param message what is wrong with it, without a full stop
   */
  public FunctionException(int argument, String message) {
    super(message);
    this.argument = argument;
  }

  /** The position of the argument to blame, from 0; -1 where it is the call as a whole. */
  public int argument() {
    return argument;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
