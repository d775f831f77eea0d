package io.pgha.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures pgha, and terraform beside it where it is installed: the same HCL, in turn (A B A B), so
 * that what else goes on on the machine slows both down alike. Each command must end as expected: a
 * figure of something that did not work is none.
 */
public final class Comparison {
  /** What takes longer is not measured again. */
  private static final double LONG_SECONDS = 60;

  private static final int SHOWN_LINES = 20;

  private final Settings settings;
  private final List<Tool> tools;
  private final Path work;
  private final Results results = new Results();

  private Comparison(Settings settings, List<Tool> tools, Path work) {
    this.settings = settings;
    this.tools = tools;
    this.work = work;
  }

  /** See {@link Settings#USAGE}. */
  public static void main(String[] arguments) throws Exception {
    Settings settings;
    try {
      settings = Settings.of(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Settings.USAGE);
      System.exit(2);
      return;
    }
    List<Tool> tools = new ArrayList<>(List.of(Tool.pgha(settings.pgha())));
    Optional<Path> terraform = settings.alone() ? Optional.empty() : onPath("terraform");
    terraform.map(Tool::terraform).ifPresent(tools::add);
    Path work = Files.createTempDirectory("pgha-benchmark");
    try {
      System.out.println(circumstances());
      Comparison comparison = new Comparison(settings, tools, work);
      for (int size : settings.sizes()) {
        comparison.measure(Workload.of(size));
      }
      System.out.println("Load at the end: " + load() + "\n");
      System.out.print(
          new Report(comparison.results, tools, settings.sizes(), settings.limit().toSeconds())
              .text());
    } finally {
      delete(work);
    }
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String circumstances() throws IOException {
    return "%d processors, load at the start: %s"
        .formatted(Runtime.getRuntime().availableProcessors(), load());
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).replaceAll("( \\S+){2}\\s*$", "");
  }

  private void measure(Workload workload) throws IOException, InterruptedException {
    for (Tool tool : tools) {
      Path folder = folder(workload, tool);
      workload.write(folder, tool.extension());
      if (tool.name().equals("terraform")) {
        expect(
            0, run(tool, List.of(tool.program().toString(), "init", "-no-color"), folder), "init");
      }
    }
    for (Step step : Step.values()) {
      for (int round = 0; round < settings.rounds(); round++) {
        for (Tool tool : tools) {
          measure(workload, step, round, tool);
        }
      }
      if (step == Step.APPLY) {
        for (Tool tool : tools) {
          standIn(workload, tool);
        }
      }
    }
  }

  private void measure(Workload workload, Step step, int round, Tool tool)
      throws IOException, InterruptedException {
    Results.Key key = new Results.Key(workload.instances(), step, tool.name());
    Path folder = folder(workload, tool);
    boolean stateless = !step.fromNothing() && !Files.exists(folder.resolve(tool.stateFile()));
    boolean slow = results.of(key).stream().anyMatch(run -> run.seconds() > LONG_SECONDS);
    if (results.hopeless(key) || stateless || slow) {
      return;
    }
    if (step.fromNothing()) {
      tool.forget(folder);
    }
    Run run = run(tool, tool.command(step, round), folder);
    if (run.finished()) {
      expect(step.status(), run, key.toString());
    }
    results.add(key, run);
    System.err.printf(
        Locale.ROOT,
        "%,d %s, %s: %s%.2f s, %,d MiB%n",
        workload.instances(),
        step.title(),
        tool.name(),
        run.finished() ? "" : "not finished in ",
        run.seconds(),
        run.peakKib() / 1024);
  }

  /** Gives terraform the state that its apply did not come to; pgha has to make its own. */
  private void standIn(Workload workload, Tool tool) throws IOException {
    if (results.hopeless(new Results.Key(workload.instances(), Step.APPLY, tool.name()))) {
      Path folder = folder(workload, tool);
      tool.forget(folder);
      if (tool.name().equals("terraform")) {
        TerraformState.write(workload, folder.resolve(tool.stateFile()));
      }
    }
  }

  private Path folder(Workload workload, Tool tool) {
    return work.resolve(tool.name() + "-" + workload.instances());
  }

  private Run run(Tool tool, List<String> command, Path folder)
      throws IOException, InterruptedException {
    return Run.of(command, folder, tool.environment(), work.resolve("output"), settings.limit());
  }

  private void expect(int status, Run run, String what) throws IOException {
    if (!run.finished() || run.status() != status) {
      List<String> lines = Files.readAllLines(work.resolve("output"));
      throw new IllegalStateException(
          "%s: exit status %d instead of %d. It said:%n%s"
              .formatted(
                  what,
                  run.status(),
                  status,
                  String.join(
                      "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()))));
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
