package io.pgha.cli.durability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs all scenarios, or those that are named, on the packaged command. */
public final class Durability {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** How many lines of a failure are shown at its beginning and at its end. */
  private static final int SHOWN = 20;

  /** Something that happens to a run, and what must hold then. */
  interface Scenario {
    /**
     * Tries it.
     *
     * @param program the command
     * @param folder an empty folder
     */
    void run(Path program, Path folder) throws Exception;
  }

  private Durability() {}

  private static Map<String, Scenario> scenarios(int kills) {
    Map<String, Scenario> all = new LinkedHashMap<>();
    all.put("killed-at-any-moment", new Kills(kills));
    all.put("damaged-journal", new Journals());
    all.put("interrupted-once", new Signals.Once("INT"));
    all.put("terminated-once", new Signals.Once("TERM"));
    all.put("interrupted-on-a-terminal", new Signals.OnTerminal());
    all.put("interrupted-at-the-question", new Signals.AtTheQuestion());
    all.put("interrupted-twice", new Signals.Twice());
    all.put("interrupted-twice-on-a-terminal", new Signals.TwiceOnTerminal());
    all.put("locked", new Locks());
    all.put("lock-left-aside", new Locks.LeftAside());
    all.put("two-at-once", new Locks.TwoAtOnce());
    all.put("full-file-system", new Disks.Full());
    all.put("full-history", new Disks.FullHistory());
    all.put("file-size-limit", new Disks.Limited());
    all.put("read-only", new Disks.ReadOnly());
    all.put("not-permitted", new Disks.NotPermitted());
    all.put("newer-state", new Disks.Newer());
    return all;
  }

  /** Arguments: the command, then {@code --kills N} and names of scenarios. */
  public static void main(String[] arguments) throws IOException {
    Path program = Path.of(arguments[0]).toAbsolutePath();
    int kills = 20;
    List<String> wanted = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].equals("--kills")) {
        i++;
        kills = Integer.parseInt(arguments[i]);
      } else {
        wanted.add(arguments[i]);
      }
    }
    Map<String, Scenario> scenarios = scenarios(kills);
    if (!scenarios.keySet().containsAll(wanted)) {
      System.err.println("The scenarios are: " + String.join(" ", scenarios.keySet()));
      System.exit(2);
    }
    List<String> failures = new ArrayList<>();
    for (Map.Entry<String, Scenario> each : scenarios.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(each.getKey())) {
        failure(program, each.getKey(), each.getValue()).ifPresent(failures::add);
      }
    }
    if (!failures.isEmpty()) {
      OUT.println();
      failures.forEach(OUT::println);
      System.exit(1);
    }
  }

  /** Runs a scenario and prints how it went; returns its failure in a line if it failed. */
  private static Optional<String> failure(Path program, String name, Scenario scenario)
      throws IOException {
    Path folder = Files.createTempDirectory("pgha-durability");
    long start = System.nanoTime();
    String verdict = "ok";
    boolean failed = false;
    try {
      scenario.run(program, folder);
    } catch (Skipped e) {
      // Where all is there on purpose, nothing may be left out silently.
      failed = System.getenv("CI") != null;
      verdict = (failed ? "FAILED: " : "skipped: ") + e.getMessage();
    } catch (Exception | AssertionError e) {
      verdict = "FAILED: " + ends(e.toString());
      failed = true;
      Stream.of(e.getStackTrace())
          .filter(frame -> frame.getClassName().startsWith("io.pgha"))
          .forEach(frame -> System.err.println("  at " + frame));
    } finally {
      delete(folder);
    }
    OUT.printf(Locale.ROOT, "%6.1f s  %s: %s%n", (System.nanoTime() - start) / 1e9, name, verdict);
    return failed
        ? Optional.of(name + ": " + verdict.lines().findFirst().orElseThrow())
        : Optional.empty();
  }

  /** A message without its middle: what a run printed can be thousands of lines. */
  private static String ends(String message) {
    List<String> lines = message.lines().toList();
    if (lines.size() <= 2 * SHOWN) {
      return message;
    }
    List<String> shown = new ArrayList<>(lines.subList(0, SHOWN));
    shown.add("[%d lines left out]".formatted(lines.size() - 2 * SHOWN));
    shown.addAll(lines.subList(lines.size() - SHOWN, lines.size()));
    return String.join("\n", shown);
  }

  /** This machine can't try it. */
  static final class Skipped extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1;

    Skipped(String why) {
      super(why);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
