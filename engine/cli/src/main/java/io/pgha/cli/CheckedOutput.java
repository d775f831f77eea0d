package io.pgha.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of results that remembers why it could not be written: an apply goes on where nobody
 * reads any more, and the reason is told at the end.
 */
final class CheckedOutput extends PrintStream {
  private final Remembering target;

  CheckedOutput(OutputStream target) {
    this(new Remembering(target));
  }

  private CheckedOutput(Remembering target) {
    super(target, false, StandardCharsets.UTF_8);
    this.target = target;
  }

  /** Why something was not written; empty where all was, or where the reader just went away. */
  Optional<String> trouble() {
    flush();
    String why = target.failure;
    return why == null || why.contains("Broken pipe") ? Optional.empty() : Optional.of(why);
  }

  private static final class Remembering extends FilterOutputStream {
    private @Nullable String failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
        throw e;
      }
    }
  }
}
