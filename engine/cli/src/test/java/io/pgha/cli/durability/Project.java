package io.pgha.cli.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.cli.durability.Running.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder with a configuration of {@code terraform_data} instances in levels, each of which waits
 * for the one before it: an apply takes a while however fast the engine is, as it has to make each
 * level durable before the next.
 */
final class Project {
  private static final Pattern CREATED =
      Pattern.compile(
          "(?:\u001b\\[[0-9;]*m)*(terraform_data\\.\\S+?)(?:\u001b\\[[0-9;]*m)*: \\S*created\\b");

  private final Path program;
  private final Path folder;
  private final int instances;

  /** What the command line begins with. */
  private final List<String> before;

  /** A project of so many levels of so many instances in an empty folder. */
  Project(Path program, Path folder, int levels, int width) throws IOException {
    this.program = program;
    this.folder = folder;
    this.instances = levels * width;
    this.before = List.of();
    StringBuilder text = new StringBuilder();
    for (int level = 0; level < levels; level++) {
      String input =
          level == 0
              ? "count.index"
              : "terraform_data.level%d[count.index].id".formatted(level - 1);
      text.append(
          """
          resource "terraform_data" "level%d" {
            count = %d
            input = %s
          }
          """
              .formatted(level, width, input));
    }
    Files.writeString(folder.resolve("main.pgha.hcl"), text);
  }

  private Project(Project other, List<String> before) {
    this.program = other.program;
    this.folder = other.folder;
    this.instances = other.instances;
    this.before = before;
  }

  /** The same project, in which pgha is run by another command, such as one that becomes a user. */
  Project by(String... command) {
    return new Project(this, List.of(command));
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  int instances() {
    return instances;
  }

  /** The command line of pgha; signals that whoever started the test ignores are heard again. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("env", "--default-signal=INT,TERM,HUP"));
    command.add(program.toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("TERM", "xterm");
    return builder;
  }

  Running start(String... arguments) throws IOException {
    return Running.of(builder(command(arguments)).start());
  }

  /** Runs it where nobody answers a question. */
  Result run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        builder(command(arguments)).redirectInput(Path.of("/dev/null").toFile());
    try (Running running = Running.of(builder.start())) {
      return running.end();
    }
  }

  /** Runs it and expects an exit status. */
  Result run(int status, String... arguments) throws IOException, InterruptedException {
    Result result = run(arguments);
    Check.that(
        result.status() == status,
        "pgha %s: exit status %d instead of %d: %s"
            .formatted(String.join(" ", arguments), result.status(), status, result.text()));
    return result;
  }

  /** Applies what is left, and sees that nothing is left then. */
  Result finish(Map<String, String> ids) throws IOException, InterruptedException {
    Result result = run(0, "apply", "-auto-approve", "-no-color");
    Set<String> again = created(result.out());
    again.retainAll(ids.keySet());
    Check.that(again.isEmpty(), "created a second time: " + again);
    Map<String, String> now = ids();
    Check.that(now.size() == instances, "%d instances of %d".formatted(now.size(), instances));
    kept(ids, now);
    run(0, "plan", "-detailed-exitcode", "-no-color");
    return result;
  }

  /** Sees that what was there is still the same. */
  static void kept(Map<String, String> before, Map<String, String> now) {
    before.forEach((address, id) ->
        Check.that(
            id.equals(now.get(address)),
            "%s was %s and is %s now".formatted(address, id, now.get(address))));
  }

  /** The ids of all instances that state has whole, by address. */
  Map<String, String> ids() throws IOException, InterruptedException {
    Result shown = run(0, "show", "-json");
    Map<String, String> ids = new TreeMap<>();
    JsonNode document = new ObjectMapper().readTree(String.join("\n", shown.out()));
    for (JsonNode resource : document.at("/values/resources")) {
      if (!resource.get("incomplete").asBoolean()) {
        ids.put(resource.get("address").asText(), resource.at("/values/id").asText());
      }
    }
    return ids;
  }

  /** Sees that all that was reported as created is in the state, and returns the state's ids. */
  Map<String, String> recorded(Set<String> reported) throws IOException, InterruptedException {
    Map<String, String> ids = ids();
    Set<String> missing = new TreeSet<>(reported);
    missing.removeAll(ids.keySet());
    Check.that(missing.isEmpty(), "reported as created, but not in the state: " + missing);
    return ids;
  }

  /** Whether a line says that an instance was created. */
  static boolean isCreation(String line) {
    return CREATED.matcher(line).find();
  }

  /** The addresses of all that lines say was created. */
  static Set<String> created(List<String> lines) {
    Set<String> addresses = new TreeSet<>();
    for (String line : lines) {
      Matcher matcher = CREATED.matcher(line);
      while (matcher.find()) {
        Check.that(addresses.add(matcher.group(1)), "created twice in one run: " + line);
      }
    }
    return addresses;
  }
}
