package io.pgha.cli.durability;

import io.pgha.cli.durability.Running.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lock that a living process holds: it waits for an answer meanwhile. */
record Locks() implements Durability.Scenario {
  private static final Pattern ID = Pattern.compile("lock id (\\S+?)[.,]?\\s");

  @Override
  public void run(Path program, Path folder) throws Exception {
    Project project = new Project(program, folder, 3, 10);
    try (Running holder = project.start("apply", "-no-color")) {
      Check.that(holder.await(line -> line.contains("'yes'"), 1), "it did not ask");
      Result refused = project.run(1, "apply", "-auto-approve", "-no-color");
      Check.contains(refused, "The state is locked");
      Matcher id = ID.matcher(refused.text().replaceAll("\\s+", " "));
      Check.that(id.find(), "no lock id in: " + refused.text());
      Check.contains(
          project.run(1, "force-unlock", "-force", id.group(1)), "its holder is running");
      Check.that(Files.exists(project.file("pgha.state.lock")), "the lock was taken away");
      project.run(2, "plan", "-detailed-exitcode", "-no-color");
      Result waited = project.run(1, "apply", "-auto-approve", "-no-color", "-lock-timeout=1s");
      Check.contains(waited, "The state is locked");
      Check.that(waited.lines(Project::isCreation).isEmpty(), "created without the lock");
      try (Running waiting =
          project.start("apply", "-auto-approve", "-no-color", "-lock-timeout=2m")) {
        holder.type("yes\n");
        Check.contains(await(holder, 0), "Apply complete: 30 added");
        Check.contains(await(waiting, 0), "Apply complete: 0 added");
      }
    }
    project.finish(project.ids());
  }

  private static Result await(Running running, int status) throws InterruptedException {
    Result result = running.end();
    Check.that(result.status() == status, "status " + result.status() + ": " + result.text());
    return result;
  }

  /** A lock that a living process holds, and somebody who says that it does not matter. */
  record LeftAside() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, 3, 10);
      try (Running holder = project.start("apply", "-no-color")) {
        Check.that(holder.await(line -> line.contains("'yes'"), 1), "it did not ask");
        Check.contains(
            project.run(0, "apply", "-auto-approve", "-no-color", "-lock=false"),
            "Apply complete: 30 added");
        Check.that(Files.exists(project.file("pgha.state.lock")), "the lock was taken away");
        holder.type("no\n");
        Check.that(holder.end().status() == 1, "it was not given up");
      }
      project.finish(project.ids());
    }
  }

  /** Two applies that begin at the same moment: one does the work, the other is refused. */
  record TwoAtOnce() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, 50, 20);
      try (Running one = project.start("apply", "-auto-approve", "-no-color");
          Running other = project.start("apply", "-auto-approve", "-no-color")) {
        Result first = one.end();
        Result second = other.end();
        Result refused = first.status() == 0 ? second : first;
        Result done = first.status() == 0 ? first : second;
        Check.that(done.status() == 0, "none went through: " + first.text() + second.text());
        Set<String> created = Project.created(done.out());
        if (refused.status() == 0) {
          // It began when the first one had ended already: it must have found nothing to do.
          created.addAll(Project.created(refused.out()));
          Check.that(
              refused.lines(Project::isCreation).isEmpty()
                  || done.lines(Project::isCreation).isEmpty(),
              "both created something");
        } else {
          Check.contains(refused, "The state is locked");
          Check.that(refused.lines(Project::isCreation).isEmpty(), "created without the lock");
        }
        Check.that(created.size() == project.instances(), created.size() + " created");
        Map<String, String> ids = project.recorded(created);
        project.finish(ids);
      }
    }
  }
}
