package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pgha.state.StateException;
import io.pgha.state.StateException.Reason;
import io.pgha.state.encryption.EncryptionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what a failure of the disk means and what to do. */
final class Failures {
  private Failures() {}

  /** A failure to write, with what is known of what was recorded before. */
  static StateException writing(Path file, IOException e) {
    return failure("Can't write " + file, e, " What was recorded before is still there.");
  }

  static StateException reading(Path file, IOException e) {
    return failure("Can't read " + file, e, "");
  }

  static StateException encrypting(Path file, EncryptionException e) {
    return new StateException(
        Reason.ENCRYPTED,
        "Can't write " + file + ": " + e.getMessage() + " What was recorded before is still there.",
        e);
  }

  private static StateException failure(String what, IOException e, String kept) {
    String why = reason(e);
    String lower = why.toLowerCase(Locale.ROOT);
    if (lower.contains("no space") || lower.contains("quota")) {
      return new StateException(
          Reason.NO_SPACE,
          what
              + ": the disk is full ("
              + why
              + ")."
              + kept
              + " Free some space, then run the same command again.",
          e);
    }
    if (lower.contains("read-only")) {
      return new StateException(
          Reason.NOT_PERMITTED,
          what
              + ": the file system is read-only."
              + kept
              + " Make it writable, or keep the state elsewhere, then run the same command again.",
          e);
    }
    if (e instanceof AccessDeniedException || lower.contains("permission denied")) {
      return new StateException(
          Reason.NOT_PERMITTED,
          what
              + ": user "
              + System.getProperty("user.name", "unknown")
              + " is not permitted to."
              + kept
              + " Give this user the right to read and write the file and its folder, or run as"
              + " the user who has it.",
          e);
    }
    if (e instanceof NoSuchFileException missing) {
      return new StateException(
          Reason.FAILED, what + ": " + missing.getFile() + " does not exist." + kept, e);
    }
    return new StateException(
        Reason.FAILED,
        what + ": " + why + "." + kept + " Mend that, then run the same command again.",
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What is wrong with a document and where. */
  static String problem(IOException e) {
    if (e instanceof JsonProcessingException json) {
      return new FormatException(json.getOriginalMessage(), json.getLocation()).getMessage() + "";
    }
    return reason(e);
  }
}
