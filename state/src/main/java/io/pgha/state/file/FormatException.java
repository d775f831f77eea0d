package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonLocation;
import java.io.IOException;

/** JSON that isn't what the format says, with the place where that shows. */
final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  FormatException(String message, JsonLocation where) {
    super(
        where.getLineNr() > 0
            ? "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": " + message
            : message);
  }
}
