package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.ephemeral.LocalSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads what sources on this machine say. What they say is never shown. */
final class LocalSources {
  /** No secret is longer; what is may be the wrong file, or one that never ends. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_COMPLAINT = 500;

  /** How long a program that has ended may be read. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Path directory;

  /** Sources seen from a folder. */
  LocalSources(Path directory) {
    this.directory = directory;
  }

  /** Why a source says nothing that is of use. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;

    private Failure(String summary, String detail) {
      super(summary);
      this.diagnostic = Diagnostic.error("not-opened", summary, detail);
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  /** What a source says. */
  String text(LocalSource source) throws Failure {
    return switch (source) {
      case LocalSource.OfFile(String path) -> decoded(file(path), path);
      case LocalSource.OfProgram(List<String> command, Duration patience) ->
          decoded(program(command, patience), command.getFirst());
    };
  }

  private byte[] file(String path) throws Failure {
    try (InputStream in = Files.newInputStream(directory.resolve(path))) {
      return bounded(in.readNBytes(MOST_BYTES + 1), path);
    } catch (IOException | RuntimeException e) {
      throw new Failure(
          "Can't read " + path,
          reason(e) + " A relative path begins in the folder" + " of the root module.");
    }
  }

  private static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "There is no such file.";
      case AccessDeniedException _ -> "pgha may not read it.";
      default -> "It can't be read (" + e.getMessage() + ").";
    };
  }

  private static byte[] bounded(byte[] bytes, String what) throws Failure {
    if (bytes.length > MOST_BYTES) {
      throw new Failure(
          what + " says too much", "A secret has 1 MiB at most. Look whether it is the right one.");
    }
    return bytes;
  }

  private static String decoded(byte[] bytes, String what) throws Failure {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure(
          what + " does not say text", "What it says is not UTF-8. Have it give bytes as base64.");
    }
  }

  private byte[] program(List<String> command, Duration patience) throws Failure {
    String name = command.getFirst();
    Process process = started(command);
    try {
      process.getOutputStream().close();
      Heard said = new Heard(process.getInputStream(), MOST_BYTES + 1, process::destroyForcibly);
      Heard complained = new Heard(process.getErrorStream(), MOST_COMPLAINT, () -> {});
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Failure(
            name + " takes too long",
            "It did not end within "
                + patience.toMillis() / 1000.0
                + " s. Look whether it waits for somebody to type.");
      }
      byte[] bytes = bounded(said.all(), name);
      if (process.exitValue() != 0) {
        throw new Failure(
            name + " failed",
            "It ended with status " + process.exitValue() + "." + words(complained.all()));
      }
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(name + " was interrupted", "The run was stopped.");
    } catch (IOException e) {
      throw new Failure(name + " can't be read", String.valueOf(e.getMessage()));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process started(List<String> command) throws Failure {
    try {
      return new ProcessBuilder(command).directory(directory.toFile()).start();
    } catch (IOException | RuntimeException e) {
      throw new Failure(
          "Can't run " + command.getFirst(),
          String.valueOf(e.getMessage()).contains("error=2")
                  || String.valueOf(e.getMessage()).contains("error: 2")
              ? "There is no such program: it is looked for in the PATH, and where its name has a"
                  + " slash from the folder of the root module."
              : "It can't be run (" + e.getMessage() + ").");
    }
  }

  /** What a program says, read while it runs so that it never waits for a full pipe. */
  private static final class Heard {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable IOException failure;

    /**
     * Begins to read.
     *
     * @param most how many bytes are kept
     * @param atMost what is to be done once there are so many
     */
    Heard(InputStream in, int most, Runnable atMost) {
      Thread.ofVirtual().start(() -> read(in, most, atMost));
    }

    private void read(InputStream in, int most, Runnable atMost) {
      try (in) {
        byte[] buffer = new byte[1 << 13];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          kept.write(buffer, 0, Math.min(count, most - kept.size()));
          if (kept.size() == most) {
            atMost.run();
          }
        }
      } catch (IOException e) {
        // What has said too much is ended, and its pipe closed.
        if (kept.size() < most) {
          failure = e;
        }
      } finally {
        end.countDown();
      }
    }

    /** All that it said until it ended; what it left running may still hold the pipe. */
    byte[] all() throws IOException, InterruptedException {
      if (end.await(GRACE.toMillis(), TimeUnit.MILLISECONDS) && failure != null) {
        throw new IOException(failure);
      }
      return kept.toByteArray();
    }
  }

  private static String words(byte[] complaint) {
    String text = new String(complaint, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : " It says: " + String.join(" ", Arrays.asList(text.split("\\R")));
  }
}
