package io.pgha.ssh.step;

import io.pgha.provider.transport.StepOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads how a step ended from what its script printed. */
final class StepOutput {
  /** How many of the last lines are shown. */
  private static final int SHOWN_LINES = 30;

  private StepOutput() {}

  static Optional<StepOutcome> read(byte[] output, String nonce, int kept, Secrets secrets) {
    String begun = "\n" + nonce + " begun\n";
    String all = new String(output, StandardCharsets.UTF_8);
    int start = all.indexOf(begun);
    if (start < 0) {
      return Optional.empty();
    }
    String text = all.substring(start + begun.length());
    String done = "\n" + nonce + " done\n";
    if (text.endsWith(done)) {
      return Optional.of(new StepOutcome.Done());
    }
    String mark = "\n" + nonce + " failed ";
    int failed = text.lastIndexOf(mark);
    if (failed < 0) {
      return Optional.empty();
    }
    String reason = text.substring(failed + mark.length()).strip().replaceAll("\\s*\n\\s*", "; ");
    String before = text.substring(0, failed);
    if (before.getBytes(StandardCharsets.UTF_8).length > kept - 1024) {
      // The first line may be the end of a longer one, which could be half a secret.
      before = before.substring(Math.max(0, before.indexOf('\n') + 1));
    }
    List<String> lines = secrets.hide(before).strip().lines().toList();
    String shown =
        String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    return Optional.of(new StepOutcome.Failed(secrets.hide(reason), shown));
  }
}
