package io.pgha.core.local;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.ephemeral.LocalSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
public final class LocalSources {
  /** No secret is longer; what is may be the wrong file, or one that never ends. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_COMPLAINT = 500;

  /** How long a program that has ended may be read. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(LocalSources.class.getName());

  private final Path directory;

  /** Sources seen from a folder. */
  public LocalSources(Path directory) {
    this.directory = directory;
  }

  /** Why a source says nothing that is of use. */
  public static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;

    private Failure(String summary, String detail) {
      super(summary);
      this.diagnostic = Diagnostic.error("not-opened", summary, detail);
    }

    /** An error that says why. */
    public Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  /**
   * What a source says.
   *
   * @param secret whether where it is must not be shown, nor what it complains of
   */
  public String text(LocalSource source, boolean secret) throws Failure {
    return switch (source) {
      case LocalSource.OfFile(String path) -> {
        String shown = secret ? "the file" : path;
        yield decoded(file(path, shown, secret), shown);
      }
      case LocalSource.OfProgram(List<String> command, Duration patience) -> {
        String shown = secret ? "the program" : command.getFirst();
        yield decoded(program(command, "", patience, shown, secret), shown);
      }
    };
  }

  /**
   * What a program says to a question.
   *
   * @param question what it reads, all of it
   */
  public String answer(LocalSource.OfProgram program, String question) throws Failure {
    String shown = program.command().getFirst();
    return decoded(program(program.command(), question, program.patience(), shown, true), shown);
  }

  private byte[] file(String path, String shown, boolean secret) throws Failure {
    try (InputStream in = Files.newInputStream(directory.resolve(path))) {
      return bounded(in.readNBytes(MOST_BYTES + 1), shown);
    } catch (IOException | RuntimeException e) {
      throw new Failure(
          "Can't read " + shown,
          reason(e, secret) + " A relative path begins in the folder of the root module.");
    }
  }

  private static String reason(Exception e, boolean secret) {
    return switch (e) {
      case NoSuchFileException _ -> "There is no such file.";
      case AccessDeniedException _ -> "pgha may not read it.";
      default -> "It can't be read" + (secret ? "." : " (" + e.getMessage() + ").");
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

  private byte[] program(
      List<String> command, String question, Duration patience, String name, boolean secret)
      throws Failure {
    Process process = started(command, name, secret);
    try (Programs.Watch _ = Programs.watch(process)) {
      Heard said = new Heard(process.getInputStream(), MOST_BYTES + 1, process::destroyForcibly);
      Heard complained = new Heard(process.getErrorStream(), MOST_COMPLAINT, () -> {});
      Thread.ofVirtual().start(() -> ask(process, question));
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
            "It ended with status "
                + process.exitValue()
                + "."
                + (secret ? "" : words(complained.all())));
      }
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(name + " was interrupted", "The run was stopped.");
    } catch (IOException e) {
      throw new Failure(name + " can't be read", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Asks aside, as a program may not read; one that has ended has its pipe broken, and what it said
   * until then is judged.
   */
  private static void ask(Process process, String question) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(question.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a program was not asked to the end", e);
    }
  }

  private Process started(List<String> command, String name, boolean secret) throws Failure {
    try {
      return new ProcessBuilder(command).directory(directory.toFile()).start();
    } catch (IOException e) {
      throw new Failure(
          "Can't run " + name,
          Programs.isMissing(e)
              ? "There is no such program: it is looked for in the PATH, and where its name has a"
                  + " slash from the folder of the root module."
              : "It can't be run" + (secret ? "." : " (" + e.getMessage() + ")."));
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
