package io.pgha.cli;

import io.pgha.cli.view.Binding;
import io.pgha.cli.view.PlanReader;
import io.pgha.cli.view.PlanView;
import io.pgha.state.encryption.Content;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.EncryptionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A file with a plan, as {@code plan -out} and {@code plan -document} write it.
 *
 * @param text all of it
 * @param view the plan
 * @param binding what it holds for; empty where it is only to be shown
 * @param encrypted whether not everybody could have read it, nor written it
 */
record PlanFile(String text, PlanView view, Optional<Binding> binding, boolean encrypted) {
  /** More than any plan: a hundred thousand instances take a tenth of it. */
  private static final long MOST_BYTES = 1L << 30;

  /**
   * Reads a plan.
   *
   * @param encryption says how plans are kept; asked where this one is encrypted
   * @throws CommandFailure where the file holds none
   */
  static PlanFile read(Path file, Callable<Encryption> encryption) throws Exception {
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException(
            Files.exists(file) ? "it is no regular file" : "there is no such file");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it is larger than 1 GiB");
      }
      byte[] kept = Files.readAllBytes(file);
      boolean encrypted = Encryption.isEncrypted(kept);
      String text = decoded(encrypted ? encryption.call().decrypted(kept, Content.PLAN) : kept);
      PlanReader reader = PlanReader.of(text);
      return new PlanFile(text, reader.view(), reader.binding(), encrypted);
    } catch (EncryptionException e) {
      throw undecipherable(file, e);
    } catch (CharacterCodingException e) {
      throw failure(file, "it is not UTF-8 text");
    } catch (IOException | IllegalArgumentException e) {
      throw failure(file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  static CommandFailure undecipherable(Path file, EncryptionException e) {
    return CommandFailure.of(
        "plan-encrypted", "A plan can't be used", "The plan " + file + ": " + e.getMessage());
  }

  private static CommandFailure failure(Path file, String why) {
    return CommandFailure.of(
        "no-plan",
        file + " is no plan",
        "It can't be read: " + why + ". Give a file that pgha plan -out or -document has written.");
  }

  /** Whether a file may be overwritten with a plan: there is none yet, or it holds a plan. */
  static boolean isFree(Path file) {
    if (!Files.exists(file)) {
      return true;
    }
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(200);
      String beginning = new String(first, StandardCharsets.UTF_8).strip();
      return first.length == 0
          || Encryption.isEncrypted(first, Content.PLAN)
          || (beginning.startsWith("{") && beginning.contains("\"pgha_version\""));
    } catch (IOException e) {
      return false;
    }
  }
}
