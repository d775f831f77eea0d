package io.pgha.ssh.probe;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Shell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Units: one systemctl show for all of them. */
final class UnitSection implements Section {
  /** systemd.unit(5): what else were no unit, and one bad name spoils the answers to the others. */
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9:_.\\\\@-]{1,240}\\.(service|socket|device|mount|automount|swap|target|path"
              + "|timer|slice|scope)");

  private static final String PROPERTIES =
      "LoadState,ActiveState,SubState,UnitFileState,MainPID,ActiveEnterTimestamp"
          + ",StateChangeTimestamp,StateChangeTimestampMonotonic,NeedDaemonReload"
          + ",FragmentPath,DropInPaths";

  /**
   * Where an administrator changes a unit, for good or until the next start of the machine
   * (systemd.unit(5)). What generators make of other files, and what is there for all units, is not
   * this.
   */
  private static final String PLACES =
      "/(?:etc|run)/systemd/(?:system|system\\.control|transient)/";

  /** It is there from the machine's start to its end, and so tells what the clock said then. */
  private static final String ROOT = "'-.slice'";

  private final List<Probe.OfUnit> probes;
  private final List<Probe.OfUnit> asked;

  UnitSection(List<Probe.OfUnit> probes) {
    this.probes = probes;
    this.asked = probes.stream().filter(probe -> NAME.matcher(probe.name()).matches()).toList();
  }

  @Override
  public List<String> parts(String nonce) {
    if (asked.isEmpty()) {
      return List.of();
    }
    String names =
        asked.stream().map(probe -> " " + Shell.quote(probe.name())).collect(Collectors.joining());
    return List.of(
        """
        f units
        if command -v systemctl >/dev/null; then
        { e=$(TZ=UTC systemctl show -p \\
        """
            + PROPERTIES
            + " -- "
            + ROOT
            + names
            + """
             2>&1 >&9 9>&-); } 9>&1
            f units-end 0 "$e"
            else f units-end 0 none; fi
            """);
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    String end = frames.find("units-end", 0).map(Frames.Frame::note).orElse("");
    List<Map<String, String>> blocks = blocks(frames);
    UnitClock clock =
        blocks.isEmpty() ? UnitClock.UNKNOWN : UnitClock.of(frames, blocks.getFirst());
    for (Probe.OfUnit probe : probes) {
      ProbeResult<UnitFacts> answer;
      int index = asked.indexOf(probe);
      if (index < 0) {
        answer = new ProbeResult.Failed<>("\"" + probe.name() + "\" is not a unit's name");
      } else if (end.equals("none")) {
        answer = new ProbeResult.Absent<>();
      } else if (blocks.size() != asked.size() + 1) {
        answer = new ProbeResult.Failed<>("systemctl gave no answer: " + end);
      } else {
        answer = facts(probe.name(), blocks.get(index + 1), clock);
      }
      answers.put(probe, answer);
    }
  }

  /** A block of lines for each unit, in the order asked, an empty line between them. */
  private static List<Map<String, String>> blocks(Frames frames) {
    List<Map<String, String>> blocks = new ArrayList<>();
    Map<String, String> block = new HashMap<>();
    for (String line : frames.find("units").map(Frames.Frame::text).orElse("").split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        block.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (!block.isEmpty()) {
        blocks.add(block);
        block = new HashMap<>();
      }
    }
    if (!block.isEmpty()) {
      blocks.add(block);
    }
    return blocks;
  }

  private static ProbeResult<UnitFacts> facts(
      String name, Map<String, String> block, UnitClock clock) {
    String active = block.getOrDefault("ActiveState", "");
    if (block.getOrDefault("LoadState", "").equals("not-found") && active.equals("inactive")) {
      return new ProbeResult.Absent<>();
    }
    return new ProbeResult.Found<>(
        new UnitFacts(
            active,
            block.getOrDefault("SubState", ""),
            block.getOrDefault("UnitFileState", ""),
            (int) number(block.getOrDefault("MainPID", "")),
            UnitClock.seconds(block.getOrDefault("ActiveEnterTimestamp", "")),
            block.getOrDefault("NeedDaemonReload", "").equals("yes"),
            clock.lastChange(block),
            overrides(name, block)));
  }

  private static List<String> overrides(String name, Map<String, String> block) {
    String files = PLACES + Pattern.quote(name) + "(\\.d/.*)?";
    return Stream.concat(
            Stream.of(block.getOrDefault("FragmentPath", "")),
            Arrays.stream(block.getOrDefault("DropInPaths", "").split(" ")))
        .filter(path -> path.matches(files))
        .toList();
  }

  static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
