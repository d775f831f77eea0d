package io.pgha.cli.drift;

import io.pgha.language.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** A document can't be written; worded for the user. */
public final class OutputFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  OutputFailure(String code, String summary, String detail) {
    super(summary);
    this.diagnostic = Diagnostic.error(code, summary, detail);
  }

  /** Why something could not be written, as the system says it. */
  static String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.getClass() == IOException.class
            || failure.getClass() == FileSystemException.class
        ? message
        : failure.getClass().getSimpleName().replace("Exception", "") + " " + message;
  }

  /** What to tell the user. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
