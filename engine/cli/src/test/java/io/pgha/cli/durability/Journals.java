package io.pgha.cli.durability;

import io.pgha.cli.durability.Running.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A journal whose end is cut off, or followed by what nobody wrote there. */
record Journals() implements Durability.Scenario {
  private static final byte[] GARBAGE =
      "\u0000\u0001 garbage\nmore of it".getBytes(StandardCharsets.UTF_8);

  @Override
  public void run(Path program, Path folder) throws Exception {
    Project project = new Project(program, folder, 50, 20);
    try (Running running = project.start("apply", "-auto-approve", "-no-color")) {
      Check.that(running.await(Project::isCreation, 200), "it ended before it could be killed");
      running.kill();
    }
    Path journal = project.file("pgha.state.journal");
    Check.that(Files.exists(journal), "it was killed too late");
    byte[] whole = Files.readAllBytes(journal);
    Map<String, String> ids = project.ids();

    Files.write(journal, Arrays.copyOf(whole, whole.length - 5));
    Map<String, String> shorter = project.ids();
    Check.that(shorter.size() >= ids.size() - 1, "more than the last record is lost");
    Project.kept(shorter, ids);
    tried(project, journal, shorter, "ends in a record that was not written whole");

    byte[] longer = Arrays.copyOf(whole, whole.length + GARBAGE.length);
    System.arraycopy(GARBAGE, 0, longer, whole.length, GARBAGE.length);
    Files.write(journal, longer);
    Project.kept(ids, project.ids());
    tried(project, journal, ids, "is not what was written there");
    Check.that(
        Arrays.equals(Files.readAllBytes(project.file("pgha.state.journal.damaged")), longer),
        "the damaged journal was not put aside as it was");
  }

  /** Goes on from the journal; leaves the folder as it was, but for what was put aside. */
  private static void tried(Project project, Path journal, Map<String, String> ids, String said)
      throws IOException, InterruptedException {
    byte[] bytes = Files.readAllBytes(journal);
    Path state = project.file("pgha.state.json");
    Check.that(!Files.exists(state), "a first apply has no snapshot before its end");
    Result result = project.finish(ids);
    Check.contains(result, said);
    Files.delete(state);
    Files.deleteIfExists(project.file("pgha.state.json.backup"));
    Files.write(journal, bytes);
  }
}
