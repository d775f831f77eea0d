package io.pgha.cli.durability;

import io.pgha.cli.durability.Running.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Disks that are full or can't be written, and states that are not for this pgha. */
final class Disks {
  private Disks() {}

  /** A small file system of its own, which only root may mount. */
  private record Mounted(Path folder) implements AutoCloseable {
    static Mounted of(Path folder, String size) throws IOException, Durability.Skipped {
      if (!"root".equals(System.getProperty("user.name"))) {
        throw new Durability.Skipped("only root can mount a file system");
      }
      if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "pgha-test", folder.toString()) != 0) {
        throw new Durability.Skipped("this machine doesn't let root mount a file system");
      }
      return new Mounted(folder);
    }

    void remount(String options) throws IOException {
      Check.that(
          run("mount", "-o", "remount," + options, folder.toString()) == 0, "can't be remounted");
    }

    @Override
    public void close() throws IOException {
      Check.that(run("umount", folder.toString()) == 0, "can't be unmounted");
    }

    private static int run(String... command) throws IOException {
      return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }
  }

  /** Sees that an apply that ran out of room lost nothing; returns what it made. */
  private static Map<String, String> outOfRoom(Project project, Result result)
      throws IOException, InterruptedException {
    Check.that(result.status() == 1, "exit status " + result.status() + ": " + result.text());
    Check.contains(result, "Apply not complete: ");
    Check.contains(result, "not started: terraform_data.level");
    Check.contains(result, "To go on: pgha apply -auto-approve -no-color");
    Map<String, String> ids = project.recorded(Project.created(result.out()));
    Check.that(ids.size() < project.instances(), "there was room enough");
    Check.that(ids.size() > 50, "only " + ids.size() + " were made");
    return ids;
  }

  /** A file system that runs full in the middle of an apply. */
  record Full() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      try (Mounted mounted = Mounted.of(folder, "300k")) {
        Project project = new Project(program, folder, 50, 20);
        Result result = project.run("apply", "-auto-approve", "-no-color");
        Check.contains(result, "the disk is full");
        Map<String, String> ids = outOfRoom(project, result);
        Result again = project.run(1, "apply", "-auto-approve", "-no-color");
        Check.contains(again, "the disk is full");
        ids = project.recorded(ids.keySet());
        mounted.remount("size=16m");
        project.finish(ids);
        Files.delete(project.file("main.pgha.hcl"));
      }
    }
  }

  /** A limit of the size of files that is reached in the middle of an apply. */
  record Limited() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, 50, 20);
      String command =
          "ulimit -f 200 && exec "
              + String.join(" ", project.command("apply", "-auto-approve", "-no-color"));
      try (Running running = Running.of(project.builder(List.of("sh", "-c", command)).start())) {
        project.finish(outOfRoom(project, running.end()));
      }
    }
  }

  /** A file system that is read-only. */
  record ReadOnly() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      try (Mounted mounted = Mounted.of(folder, "16m")) {
        Project project = new Project(program, folder, 3, 10);
        mounted.remount("ro");
        project.run(2, "plan", "-detailed-exitcode", "-no-color");
        Result result = project.run(1, "apply", "-auto-approve", "-no-color");
        Check.contains(result, "the file system is read-only");
        Check.that(result.lines(Project::isCreation).isEmpty(), "created without a record");
        mounted.remount("rw");
        Map<String, String> ids =
            project.recorded(
                Project.created(project.run(0, "apply", "-auto-approve", "-no-color").out()));
        mounted.remount("ro");
        Project.kept(ids, project.ids());
        project.run(0, "plan", "-detailed-exitcode", "-no-color");
        Check.contains(
            project.run(1, "destroy", "-auto-approve", "-no-color"),
            "the file system is read-only");
        Check.that(project.ids().size() == 30, "not all are left");
      }
    }
  }

  /** A folder that only another user may write: what nobody may do to it is not done. */
  record NotPermitted() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      if (!"root".equals(System.getProperty("user.name"))) {
        throw new Durability.Skipped("only root can become another user");
      }
      // Where the project is checked out may be closed to others.
      Path copy = folder.resolve("pgha");
      copy(program.getParent().getParent(), copy);
      Path root = Files.createDirectory(folder.resolve("root"));
      Project project = new Project(copy.resolve("bin/pgha"), root, 3, 10);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Project nobody =
          project.by(
              "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/");
      nobody.run(2, "plan", "-detailed-exitcode", "-no-color");
      Result result = nobody.run(1, "apply", "-auto-approve", "-no-color");
      Check.contains(result, "is not permitted to");
      Check.that(result.lines(Project::isCreation).isEmpty(), "created without a record");
      project.run(0, "apply", "-auto-approve", "-no-color");
      Map<String, String> ids = project.ids();
      Result destroy = nobody.run(1, "destroy", "-auto-approve", "-no-color");
      Check.contains(destroy, "is not permitted to");
      Check.that(project.ids().equals(ids), "something was destroyed");
    }

    private static void copy(Path from, Path to) throws IOException {
      Check.that(
          new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                  .inheritIO()
                  .start()
                  .onExit()
                  .join()
                  .exitValue()
              == 0,
          "can't copy " + from);
    }
  }

  /** A file system without room for what a look at drift came to, and with room again. */
  record FullHistory() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Path history = Files.createDirectory(folder.resolve("history"));
      try (Mounted mounted = Mounted.of(history, "16k")) {
        Project project = new Project(program, Files.createDirectory(folder.resolve("p")), 1, 3);
        project.run(0, "apply", "-auto-approve", "-no-color");
        Files.write(history.resolve("other"), new byte[16 << 10]);
        String[] drift = {"drift", "-no-color", "-record=" + history, "-out=json=drift.json"};
        Result result = project.run(1, drift);
        Check.contains(result, "This run was not kept in the folder " + history + " of -record");
        Check.contains(result, "No space left on device");
        Check.contains(result, "See that there is room");
        Check.that(
            Arrays.equals(history.toFile().list(), new String[] {"other"}), "something was left");
        mounted.remount("size=1m");
        project.run(0, drift);
        Check.that(history.toFile().list().length == 2, "it was not kept");
      }
    }
  }

  /** A state of a newer pgha: refused by all commands and left as it is. */
  record Newer() implements Durability.Scenario {
    @Override
    public void run(Path program, Path folder) throws Exception {
      Project project = new Project(program, folder, 1, 3);
      project.run(0, "apply", "-auto-approve", "-no-color");
      Path state = project.file("pgha.state.json");
      String newer = Files.readString(state).replaceFirst("\"version\": ?1", "\"version\": 99");
      Check.that(newer.contains("99"), "no version in: " + newer);
      Files.writeString(state, newer);
      byte[] bytes = Files.readAllBytes(state);
      for (List<String> command :
          List.of(
              List.of("plan", "-no-color"),
              List.of("apply", "-auto-approve", "-no-color"),
              List.of("destroy", "-auto-approve", "-no-color"),
              List.of("state", "list"),
              List.of("show", "-json"))) {
        Result result = project.run(1, command.toArray(String[]::new));
        Check.contains(result, "in format version 99, and this pgha knows version 1");
        Check.contains(result, "It was left untouched. Use that pgha or a newer one.");
      }
      Check.that(Arrays.equals(bytes, Files.readAllBytes(state)), "the state was touched");
    }
  }
}
