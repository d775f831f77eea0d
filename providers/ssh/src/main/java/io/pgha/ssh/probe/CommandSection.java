package io.pgha.ssh.probe;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Fetch;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Commands: each in a subshell, which the watchdog ends when it takes too long. One that HTTP
 * requests can spare is run only where these failed.
 */
final class CommandSection implements Section {
  private static final int NOT_FOUND = 127;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final List<Probe.OfCommand> probes;
  private final int seconds;

  /** The place of each spared command's first request among all of them. */
  private final Map<Probe.OfCommand, Integer> spared = new HashMap<>();

  private final List<Fetch> fetches = new ArrayList<>();

  CommandSection(List<Probe.OfCommand> probes, int seconds) {
    this.probes = probes;
    this.seconds = seconds;
    for (Probe.OfCommand probe : probes) {
      if (!probe.shortcut().isEmpty() && HttpSection.canAsk(probe.shortcut())) {
        spared.put(probe, fetches.size());
        fetches.addAll(probe.shortcut());
      }
    }
  }

  /** The requests that spare commands. */
  List<Fetch> fetches() {
    return List.copyOf(fetches);
  }

  /** Puts what was told of commands that were not run. */
  void readSpared(Frames frames, HttpSection requests, Map<Probe<?>, ProbeResult<?>> answers) {
    spared.forEach((probe, first) ->
        requests
            .fetched(frames, first, probe.shortcut())
            .ifPresent(text ->
                answers.put(probe, new ProbeResult.Found<>(new CommandOutput(0, text, "")))));
  }

  /** Why a command can't be run at all. */
  private static Optional<String> objection(Probe.OfCommand probe) {
    if (probe.script().indexOf('\0') >= 0
        || probe.environment().values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      return Optional.of("the script or a variable holds a NUL character");
    }
    return probe.environment().keySet().stream()
        .filter(name -> !VARIABLE.matcher(name).matches())
        .findFirst()
        .map(name -> "\"" + name + "\" is not a variable's name");
  }

  @Override
  public List<String> parts(String nonce) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Probe.OfCommand probe = probes.get(i);
      if (objection(probe).isEmpty()) {
        StringBuilder variables = new StringBuilder();
        new TreeMap<>(probe.environment())
            .forEach((name, value) ->
                variables
                    .append("export ")
                    .append(name)
                    .append('=')
                    .append(Shell.quote(value))
                    .append('\n'));
        // Standard output goes on as it comes, standard error is kept for the frame after it. By
        // eval, so that what is no shell script ends its own subshell only.
        String run =
            "f command %d\n{ e=$(%seval %s 2>&1 >&9 9>&-); s=$?; } 9>&1\n"
                    .formatted(i, variables, Shell.quote(probe.script()))
                + "f command-end %d $s\nprintf '%%s\\n' \"$e\"\n".formatted(i);
        parts.add(
            spared.containsKey(probe)
                ? "if [ \"$" + HttpSection.FETCHED + "\" != yes ]; then\n" + run + "fi\n"
                : run);
      }
    }
    return parts;
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    for (int i = 0; i < probes.size(); i++) {
      answers.put(probes.get(i), answer(frames, i));
    }
  }

  private ProbeResult<CommandOutput> answer(Frames frames, int index) {
    Optional<String> objection = objection(probes.get(index));
    Optional<Frames.Frame> output = frames.find("command", index);
    Optional<Frames.Frame> end = frames.find("command-end", index);
    if (objection.isPresent() || output.isEmpty() || end.isEmpty()) {
      return new ProbeResult.Failed<>(objection.orElse("the machine gave no answer to it"));
    }
    if (end.get().note().equals(Watchdog.KILLED)) {
      return new ProbeResult.Failed<>("the command did not end within " + seconds + " s");
    }
    int status = Integer.parseInt(end.get().note());
    if (status == NOT_FOUND) {
      return new ProbeResult.Absent<>();
    }
    return new ProbeResult.Found<>(
        new CommandOutput(status, chomp(output.get().text()), chomp(end.get().text())));
  }

  private static String chomp(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
