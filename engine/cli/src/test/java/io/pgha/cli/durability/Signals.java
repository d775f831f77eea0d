package io.pgha.cli.durability;

import io.pgha.cli.durability.Running.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ctrl-C and its kin, as the system sends them. */
final class Signals {
  private static final int LEVELS = 100;
  private static final int WIDTH = 20;

  /** How many instances are created before the signal comes. */
  private static final int BEFORE = 100;

  private static final Pattern STOPPED =
      Pattern.compile(
          "Apply stopped: (\\d+) added, 0 changed, 0 destroyed, (?:\\d+ not finished, )?(\\d+) not"
              + " started\\.");

  private static final Pattern GO_ON =
      Pattern.compile("What was done is recorded\\. To go on: pgha (.*)");

  private Signals() {}

  /** One signal, without a terminal. */
  record Once(String signal) implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, LEVELS, WIDTH);
      try (Running running =
          project.start("apply", "-auto-approve", "-no-color", "-parallelism=4")) {
        Check.that(running.await(Project::isCreation, BEFORE), "it ended too soon");
        running.signal(signal);
        stopped(project, running.end(), "pgha apply -auto-approve -no-color -parallelism=4");
      }
    }
  }

  /** Ctrl-C typed on a terminal, where the run is shown live. */
  record OnTerminal() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, LEVELS, WIDTH);
      try (Running running = terminal(project, "apply -auto-approve")) {
        Check.that(running.await(Project::isCreation, BEFORE), "it ended too soon");
        running.type("\u0003");
        stopped(project, running.end(), "pgha apply -auto-approve");
      }
    }
  }

  /** Ctrl-C where it is asked whether to begin. */
  record AtTheQuestion() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, 1, 3);
      try (Running running = terminal(project, "apply")) {
        // The question's last line has no end: the one before it tells that it is there.
        Check.that(running.await(line -> line.contains("'yes'"), 1), "it did not ask");
        running.type("\u0003");
        Result result = running.end();
        Check.that(result.status() == 130, "exit status " + result.status() + " instead of 130");
        Check.contains(result, "Nothing was changed.");
      }
      try (var files = Files.list(folder)) {
        List<String> left = files.map(file -> file.getFileName().toString()).sorted().toList();
        Check.that(left.equals(List.of("main.pgha.hcl")), "left behind: " + left);
      }
    }
  }

  /**
   * Two signals. Nobody reads on what the run prints, so it hangs once the pipe is full: the first
   * signal can't end it, the second must.
   */
  record Twice() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, LEVELS, WIDTH);
      Process process =
          project.builder(project.command("apply", "-auto-approve", "-no-color")).start();
      try (Running running =
          Running.readUpTo(
              process, process.inputReader(), process.errorReader(), Project::isCreation, BEFORE)) {
        awaitStandstill(project, running);
        running.signal("INT");
        running.signal("TERM");
        endedAtOnce(project, running);
      }
    }
  }

  /** Ctrl-C typed twice on a terminal, while what the run prints goes into a pipe as before. */
  record TwiceOnTerminal() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, LEVELS, WIDTH);
      Path pipe = project.file("results");
      int made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
      Check.that(made == 0, "there is no pipe");
      Process process = onTerminal(project, "apply -auto-approve -no-color >results");
      // Opening the pipe waits for the other end.
      try (BufferedReader results = Files.newBufferedReader(pipe);
          Running running =
              Running.readUpTo(
                  process, results, process.inputReader(), Project::isCreation, BEFORE)) {
        awaitStandstill(project, running);
        type(running, 1);
        type(running, 2);
        endedAtOnce(project, running);
      }
    }

    /**
     * Types it, the terminal showing that it took it: one that is not delivered yet takes the next
     * along.
     */
    private static void type(Running running, int time) throws IOException, InterruptedException {
      running.type("\u0003\n");
      Check.that(
          running.awaitSaid(line -> line.contains("^C"), time), "the terminal did not take it");
      long pid = running.child();
      Check.that(pid > 0, "it ended too soon");
      while (isPending(pid)) {
        Thread.sleep(10);
      }
    }

    private static boolean isPending(long pid) throws IOException {
      Path status = Path.of("/proc", String.valueOf(pid), "status");
      try {
        return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("ShdPnd:") || line.startsWith("SigPnd:"))
            .anyMatch(line -> !line.matches("\\w+:\\s*0+"));
      } catch (NoSuchFileException ended) {
        return false;
      }
    }
  }

  /** Waits until the run writes nothing any more, since it can't say so. */
  private static void awaitStandstill(Project project, Running running)
      throws IOException, InterruptedException {
    Path journal = project.file("pgha.state.journal");
    long size = -1;
    int same = 0;
    while (same < 20) {
      Check.that(running.isAlive(), "it ended before its pipe was full");
      Thread.sleep(50);
      long now = Files.exists(journal) ? Files.size(journal) : -1;
      same = now == size && now > 0 ? same + 1 : 0;
      size = now;
    }
  }

  /** Sees that a run that hung ended in the middle, and that the next one does the rest. */
  private static void endedAtOnce(Project project, Running running)
      throws IOException, InterruptedException {
    running.readOn();
    Result result = running.end();
    Check.that(
        result.status() == 130 || result.status() == 143,
        "exit status %d instead of 130 or 143: %s".formatted(result.status(), result.text()));
    Set<String> reported = Project.created(result.out());
    Map<String, String> ids = project.recorded(reported);
    Check.that(ids.size() < project.instances(), "nothing was left to do");
    Check.contains(project.finish(ids), "Took over the lock that a dead process left");
  }

  /** Starts it on a terminal of its own. */
  private static Running terminal(Project project, String arguments)
      throws IOException, Durability.Skipped {
    return Running.of(onTerminal(project, arguments));
  }

  private static Process onTerminal(Project project, String arguments)
      throws IOException, Durability.Skipped {
    if (!Files.isExecutable(Path.of("/usr/bin/script"))) {
      throw new Durability.Skipped("there is no /usr/bin/script");
    }
    // "exec", since a shell that waits for its command would hear the Ctrl-C too, and end by it.
    String command = "exec " + String.join(" ", project.command()) + " " + arguments;
    return project.builder(List.of("/usr/bin/script", "-qefc", command, "/dev/null")).start();
  }

  /** Sees that a run was stopped in order, and that the command that it names does the rest. */
  private static void stopped(Project project, Result result, String command)
      throws IOException, InterruptedException {
    Check.that(
        result.status() == 1,
        "exit status %d instead of 1: %s".formatted(result.status(), result.text()));
    Check.contains(result, "Stopping: the running steps are finished and recorded");
    Matcher counts = STOPPED.matcher(result.text());
    Check.that(counts.find(), "it doesn't say what is left: " + result.text());
    int added = Integer.parseInt(counts.group(1));
    int left = Integer.parseInt(counts.group(2));
    Check.that(added + left == project.instances(), "%d and %d".formatted(added, left));
    Check.that(left > 0, "the signal came too late");
    Check.contains(result, "not started: terraform_data.level");
    Check.contains(result, left > 10 ? "and " + (left - 10) + " more" : "terraform_data");
    Matcher goOn = GO_ON.matcher(result.text());
    Check.that(goOn.find(), "it doesn't say how to go on: " + result.text());
    Check.that(
        ("pgha " + goOn.group(1)).strip().equals(command), "to go on: pgha " + goOn.group(1));
    Map<String, String> ids = project.recorded(Project.created(result.out()));
    Check.that(ids.size() == added, "%d in the state, %d reported".formatted(ids.size(), added));
    Check.that(!Files.exists(project.file("pgha.state.journal")), "the journal was not folded");
    Check.that(!Files.exists(project.file("pgha.state.lock")), "the lock was not given back");
    Result rest = project.run(0, goOn.group(1).strip().split(" "));
    Check.contains(rest, "Apply complete: " + left + " added, 0 changed, 0 destroyed.");
    Project.kept(ids, project.ids());
  }
}
