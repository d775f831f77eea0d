package io.pgha.language.value;

/** A value can't become one of the wanted type. */
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient AttributePath path;

  ConversionException(AttributePath path, String message) {
    super(message);
    this.path = path;
  }

  /** The part of the value that doesn't fit. */
  public AttributePath path() {
    return path;
  }

  /** What is wrong, without a full stop, such as {@code a number is required}. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }

  /** The message with the part that it is about before it: {@code attribute "a": …}. */
  public String messageWithPath() {
    return path.steps().isEmpty() ? getMessage() : describe() + ": " + getMessage();
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    for (AttributePath.Step step : path.steps()) {
      if (!text.isEmpty()) {
        text.append(": ");
      }
      switch (step) {
        case AttributePath.Name(String name) ->
            text.append("attribute ").append(ValueText.quote(name));
        case AttributePath.Key(String key) -> text.append("element ").append(ValueText.quote(key));
        case AttributePath.Index(int index) -> text.append("element ").append(index);
        case AttributePath.Element _ -> text.append("set element");
      }
    }
    return text.toString();
  }
}
