package io.pgha.ssh.probe;

import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.ssh.connection.ScriptOutput;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Probes that are asked by one script. The script writes nothing on the machine and starts as few
 * processes as it can: one for all files, one for their contents, one for all packages, one for all
 * units.
 */
public final class ProbeBatch {
  private final String nonce;
  private final List<Probe<?>> probes;
  private final MachineSection machine = new MachineSection();
  private final CommandSection commands;
  private final HttpSection requests;
  private final List<Section> sections;
  private final int secondsEach;

  /**
   * A batch.
   *
   * @param nonce lower-case hexadecimal digits that nobody can guess
   * @param timeout how long the whole batch may take: each probe gets a third of that, 20 s at most
   */
  public ProbeBatch(String nonce, List<Probe<?>> probes, Duration timeout) {
    this.nonce = nonce;
    this.probes = List.copyOf(new LinkedHashSet<>(probes));
    this.secondsEach = Math.clamp(timeout.toSeconds() / 3, 1, 20);
    this.commands = new CommandSection(of(Probe.OfCommand.class), secondsEach);
    this.requests = new HttpSection(of(Probe.OfHttp.class), commands.fetches(), secondsEach);
    this.sections = sections();
  }

  private <P extends Probe<?>> List<P> of(Class<P> kind) {
    return probes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<Section> sections() {
    // The files come first: they tell the clock, too, which is to be told soon. Commands come after
    // the requests that may spare them.
    FileSection files = new FileSection(of(Probe.OfFile.class), secondsEach);
    return List.of(
        files,
        new UnitSection(of(Probe.OfUnit.class)),
        new SqlSection(of(Probe.OfSql.class), secondsEach),
        requests,
        commands,
        new PackageSection(of(Probe.OfPackage.class), files.configurationFiles()));
  }

  /** The script. */
  public String script() {
    StringBuilder script = new StringBuilder();
    script.append("pgha() {\n");
    script.append("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
    script.append("LC_ALL=C.UTF-8\nexport PATH LC_ALL\nunset LANGUAGE IFS\ncd /\n");
    script.append("f() { printf '\\n").append(nonce).append(" %s\\n' \"$*\"; }\n");
    script.append(Watchdog.start(secondsEach));
    sections.forEach(section -> section.parts(nonce).forEach(script::append));
    machine.parts(nonce).forEach(script::append);
    script.append(Watchdog.end());
    script.append("f end\n}\npgha </dev/null\n");
    return script.toString();
  }

  /** Reads what the script printed; empty where it did not come to its end. */
  public Optional<ProbeAnswers> answers(ScriptOutput output) {
    Frames frames = Frames.read(output.output(), nonce);
    if (!frames.complete()) {
      return Optional.empty();
    }
    Map<Probe<?>, ProbeResult<?>> answers = new LinkedHashMap<>();
    for (Section section : sections) {
      section.read(frames, nonce, answers);
    }
    commands.readSpared(frames, requests, answers);
    MachineFacts facts = machine.facts(frames, output.sentAtMillis(), output.answeredAtMillis());
    for (Probe<?> probe : probes) {
      if (probe instanceof Probe.OfMachine) {
        answers.put(probe, new ProbeResult.Found<>(facts));
      }
      answers.computeIfAbsent(
          probe, unanswered -> new ProbeResult.Failed<>("the machine gave no answer to it"));
    }
    return Optional.of(new ProbeAnswers(facts, answers));
  }

  /** The number of the user that the script ran as; empty where it can't be told. */
  public Optional<String> userId(ScriptOutput output) {
    return machine.userId(Frames.read(output.output(), nonce));
  }
}
