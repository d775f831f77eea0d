package io.pgha.cli.durability;

import io.pgha.cli.durability.Running.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills an apply of 1,000 with signal 9, so many times: after a random number of instances that
 * were reported as created, and up to 5 ms later. One half of the applies that follow are killed
 * too, the other half must finish.
 */
record Kills(int kills) implements Durability.Scenario {
  private static final int LEVELS = 50;
  private static final int WIDTH = 20;
  private static final int LATEST_MICROSECONDS = 5_000;

  @Override
  public void run(Path program, Path folder) throws Exception {
    long seed = Long.getLong("pgha.seed", System.nanoTime());
    System.out.println("          seed " + seed + " (PGHA_SEED repeats it)");
    Random random = new Random(seed);
    int left = kills;
    int interrupted = 0;
    for (int run = 0; left > 0; run++) {
      Project project =
          new Project(program, Files.createDirectory(folder.resolve("run" + run)), LEVELS, WIDTH);
      Map<String, String> ids = Map.of();
      do {
        boolean journal = Files.exists(project.file("pgha.state.journal"));
        ids = killed(project, ids, random);
        left--;
        boolean more = Files.exists(project.file("pgha.state.journal"));
        interrupted += more ? 1 : 0;
        Check.that(!journal || more || ids.size() == project.instances(), "the journal is gone");
      } while (left > 0 && random.nextBoolean());
      boolean lock = Files.exists(project.file("pgha.state.lock"));
      int listed = project.run(0, "state", "list").out().size();
      Check.that(listed >= ids.size(), "state list has %d of %d".formatted(listed, ids.size()));
      Result last = project.finish(ids);
      if (lock) {
        Check.contains(last, "Took over the lock that a dead process left");
      }
      Check.that(!Files.exists(project.file("pgha.state.journal")), "the journal was not folded");
      Check.that(!Files.exists(project.file("pgha.state.lock")), "the lock was not given back");
    }
    System.out.println("          %d of %d kills met work".formatted(interrupted, kills));
    Check.that(
        interrupted > kills / 4, "only %d of %d kills met work".formatted(interrupted, kills));
  }

  /** Kills an apply and sees that the state has what is due; returns the ids that it has. */
  private static Map<String, String> killed(
      Project project, Map<String, String> before, Random random)
      throws IOException, InterruptedException {
    int left = project.instances() - before.size();
    Result result;
    try (Running running = project.start("apply", "-auto-approve", "-no-color")) {
      if (running.await(Project::isCreation, random.nextInt(left + 1))) {
        TimeUnit.MICROSECONDS.sleep(random.nextInt(LATEST_MICROSECONDS));
      }
      result = running.kill();
    }
    Set<String> reported = Project.created(result.out());
    for (String address : reported) {
      Check.that(!before.containsKey(address), "created a second time: " + address);
    }
    Map<String, String> ids = project.recorded(reported);
    Project.kept(before, ids);
    return ids;
  }
}
