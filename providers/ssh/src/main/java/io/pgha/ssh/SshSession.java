package io.pgha.ssh;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import io.pgha.ssh.connection.Elevation;
import io.pgha.ssh.connection.Link;
import io.pgha.ssh.connection.ScriptChannel;
import io.pgha.ssh.connection.ScriptOutput;
import io.pgha.ssh.probe.ProbeBatch;
import io.pgha.ssh.step.StepScript;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Probes and steps over one connection, which stays open until the transport is closed. */
final class SshSession implements HostSession {
  /** What the machine gets on top to end a step itself, before the operator's side gives up. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Link link;
  private final ScriptChannel channel;

  SshSession(Link link) {
    this.link = link;
    this.channel = new ScriptChannel(link);
  }

  private static String nonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public ProbeAnswers probe(List<Probe<?>> probes, Duration timeout)
      throws TransportException, InterruptedException {
    String nonce = nonce();
    ProbeBatch batch = new ProbeBatch(nonce, probes, timeout);
    ScriptOutput output = channel.run(nonce, batch.script(), timeout, true);
    if (batch.userId(output).filter(id -> !id.equals("0")).isPresent()) {
      throw Elevation.notRoot(link.host());
    }
    Optional<ProbeAnswers> answers = understood(batch, output);
    if (answers.isEmpty()) {
      throw brokenOff(output, "the probes ended before all was answered");
    }
    return answers.get();
  }

  /** A machine that answers with nonsense must not end the look at all others. */
  private Optional<ProbeAnswers> understood(ProbeBatch batch, ScriptOutput output)
      throws TransportException {
    try {
      return batch.answers(output);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new TransportException(
          Code.CONNECTION_LOST,
          "what %s answers makes no sense: %s".formatted(link.host(), e.getMessage()));
    }
  }

  @Override
  public StepOutcome run(Step step, Duration timeout)
      throws TransportException, InterruptedException {
    String nonce = nonce();
    StepScript script = new StepScript(nonce, step, timeout);
    Optional<String> objection = script.objection();
    if (objection.isPresent()) {
      return StepScript.refused(objection.get());
    }
    ScriptOutput output = channel.run(nonce, script.script(), timeout.plus(GRACE), false);
    Optional<StepOutcome> outcome = script.outcome(output);
    if (outcome.isEmpty()) {
      throw brokenOff(output, "\"" + step.describe() + "\" was ended before it was done");
    }
    return outcome.get();
  }

  private TransportException brokenOff(ScriptOutput output, String what) {
    String errors = new String(output.errors(), StandardCharsets.UTF_8).strip();
    String last = errors.substring(errors.lastIndexOf('\n') + 1).strip();
    return new TransportException(
        Code.CONNECTION_LOST,
        "on %s %s (status %d%s)"
            .formatted(link.host(), what, output.exitStatus(), last.isEmpty() ? "" : ", " + last));
  }

  /** Leaves the connection to others that use it: the transport closes it. */
  @Override
  public void close() {}
}
