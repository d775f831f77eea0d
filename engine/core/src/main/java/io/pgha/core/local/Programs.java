package io.pgha.core.local;

import java.io.IOException;
import java.util.regex.Pattern;

/** What there is to know of programs that pgha starts. */
public final class Programs {
  /** ENOENT, as Java tells of it. */
  private static final Pattern NO_SUCH_FILE = Pattern.compile("error[=:] ?2\\b");

  private Programs() {}

  /** Whether a program could not be started since there is none of its name. */
  public static boolean isMissing(IOException failure) {
    return NO_SUCH_FILE.matcher(String.valueOf(failure.getMessage())).find();
  }

  /**
   * Has a program end with pgha, whatever ends that.
   *
   * @return to be closed once the program has ended: ends it, and what it has started, where not
   */
  static Watch watch(Process process) {
    Thread end = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(end);
    return () -> {
      end(process);
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // pgha is being ended: the hook runs, and finds nothing left.
        return;
      }
    };
  }

  /** A program that is watched. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Ends a program and what it has started; nothing where it has ended. */
  public static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
