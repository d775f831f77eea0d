package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole stories come to the same as with {@code terraform} 1.11.4: what each plan says, what each
 * apply does with each instance and in which order, the outputs, the values that state keeps, and
 * what is left to do afterwards.
 */
class TerraformApplyTests {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir private Path folder;

  @BeforeAll
  static void needsTerraform() {
    Terraform.assumeInstalled();
  }

  /**
   * One turn of a story.
   *
   * @param configuration what is configured from now on
   * @param before commands that both run first
   * @param options what plan and apply are given
   */
  record Turn(String configuration, List<String> before, List<String> options) {}

  /** What happens one after the other to one state. */
  record Story(String name, List<Turn> turns) {
    static Story of(String name, String first) {
      return new Story(name, new ArrayList<>()).then(first);
    }

    Story then(String configuration, String... options) {
      turns.add(new Turn(configuration, List.of(), List.of(options)));
      return this;
    }

    /** The same configuration with other options. */
    Story with(String... options) {
      return then(turns.getLast().configuration(), options);
    }

    /** The same configuration after commands. */
    Story after(String... commands) {
      turns.add(new Turn(turns.getLast().configuration(), List.of(commands), List.of()));
      return this;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Story> stories() {
    return Stream.of(
            inputs(), triggers(), changes(), counts(), modules(), moves(), states(), rules())
        .flatMap(List::stream);
  }

  private static String data(String name, String... lines) {
    return "resource \"terraform_data\" \"%s\" {\n  %s\n}\noutput \"%s\" {\n  value = terraform_data.%s\n}\n"
        .formatted(name, String.join("\n  ", lines), name, name);
  }

  private static List<Story> inputs() {
    Story kinds = Story.of("inputs of every kind", data("a"));
    for (String input :
        List.of(
            "null",
            "\"text\"",
            "\"\"",
            "1.50",
            "true",
            "[]",
            "[1, \"a\", null]",
            "toset([\"b\", \"a\"])",
            "tolist([1, 2])",
            "{}",
            "{ a = null, b = [{ c = 1 }] }",
            "tomap({ a = 1 })",
            "[for n in [1, 2] : n * 2]")) {
      kinds.then(data("a", "input = " + input));
    }
    return List.of(
        kinds,
        Story.of(
                "an input that is known after apply",
                data("a") + data("b", "input = terraform_data.a.id"))
            .then(data("a", "input = 1") + data("b", "input = [terraform_data.a.output]"))
            .then(data("a", "input = 2") + data("b", "input = [terraform_data.a.output]"))
            .then(data("b")),
        Story.of(
                "sensitive values",
                """
                resource "terraform_data" "a" {
                  input = sensitive("s")
                }
                output "a" {
                  value     = terraform_data.a.output
                  sensitive = true
                }
                """)
            .then(data("a", "input = \"t\"")),
        Story.of("outputs alone", "output \"a\" {\n value = 1\n}\n")
            .then("output \"a\" {\n value = 2\n}\noutput \"b\" {\n value = null\n}\n")
            .then("output \"b\" {\n value = \"b\"\n sensitive = true\n}\n")
            .then("output \"b\" {\n value = \"b\"\n}\n")
            .then(""));
  }

  private static List<Story> triggers() {
    String source = data("a", "input = var.n", "triggers_replace = var.t");
    String variables = "variable \"n\" {\n default = 1\n}\nvariable \"t\" {\n default = null\n}\n";
    return List.of(
        Story.of("triggers_replace", variables + source)
            .with("-var=t=1")
            .with("-var=t=1", "-var=n=2")
            .with("-var=t=2", "-var=n=3")
            .then(
                variables + source + data("b", "triggers_replace = terraform_data.a.id"),
                "-var=t=2",
                "-var=n=3")
            .with("-var=n=3"),
        Story.of(
                "replace_triggered_by",
                variables
                    + source
                    + data("b", "lifecycle { replace_triggered_by = [terraform_data.a] }")
                    + data("c", "lifecycle { replace_triggered_by = [terraform_data.a.id] }")
                    + data("d", "input = terraform_data.b.id"))
            .with("-var=n=2")
            .with("-var=n=2", "-var=t=1"),
        Story.of(
                "replace_triggered_by and what replaces it anyway",
                variables
                    + source
                    + data(
                        "b",
                        "triggers_replace = var.n",
                        "lifecycle { replace_triggered_by = [terraform_data.a] }"))
            .with("-var=n=2")
            .with("-var=n=3", "-replace=terraform_data.b")
            .after("taint terraform_data.b")
            .with("-var=n=4"),
        Story.of(
                "create_before_destroy",
                variables
                    + source
                    + data(
                        "b",
                        "triggers_replace = terraform_data.a.id",
                        "lifecycle { create_before_destroy = true }")
                    + data("c", "input = terraform_data.b.id"))
            .with("-var=t=1")
            .with("-var=t=1", "-var=n=2")
            .then(variables + data("c"))
            .then(""),
        Story.of("depends_on", variables + source + data("b", "depends_on = [terraform_data.a]"))
            .with("-var=n=2")
            .with("-var=t=3")
            .with("-destroy"));
  }

  private static List<Story> changes() {
    String chain =
        data("a")
            + data("b", "input = terraform_data.a.id")
            + data("c", "input = terraform_data.b.id");
    return List.of(
        Story.of("replaced as asked for", chain)
            .with("-replace=terraform_data.b")
            .with("-replace=terraform_data.c", "-replace=terraform_data.a")
            .then(chain.replace("input =", "triggers_replace ="), "-replace=terraform_data.b")
            .with("-refresh=false"),
        Story.of("tainted", chain)
            .after("taint terraform_data.b")
            .after("taint terraform_data.a", "taint terraform_data.c")
            .then(data("a")),
        Story.of("tainted and no longer", chain)
            .after("taint terraform_data.b", "untaint terraform_data.b"),
        Story.of("targets", "")
            .then(chain, "-target=terraform_data.b")
            .with()
            .then(chain.replace("input =", "triggers_replace ="), "-target=terraform_data.b")
            .with()
            .with("-destroy", "-target=terraform_data.b")
            .with("-destroy"),
        Story.of("refreshed alone", chain).with("-refresh-only"),
        Story.of("changes that are ignored", data("a", "input = 1"))
            .then(data("a", "input = 2", "lifecycle { ignore_changes = [input] }"))
            .then(
                data(
                    "a", "input = 2", "triggers_replace = 1", "lifecycle { ignore_changes = all }"))
            .then(data("a", "input = 2", "triggers_replace = 1")));
  }

  private static List<Story> counts() {
    String many =
        "variable \"n\" {\n default = 3\n}\n" + data("a", "count = var.n", "input = count.index");
    String keyed =
        "variable \"k\" {\n type = list(string)\n default = [\"x\", \"y\"]\n}\n"
            + data("a", "for_each = toset(var.k)", "input = each.key");
    return List.of(
        Story.of("count", many)
            .with("-var=n=1")
            .with("-var=n=0")
            .with("-var=n=2")
            .then(data("a", "input = 0"))
            .then(many),
        Story.of("for_each", keyed).with("-var=k=[\"y\", \"z\"]").with("-var=k=[]").with(),
        Story.of("count becomes for_each", many.replace("default = 3", "default = 2"))
            .then(keyed)
            .then(data("a")),
        Story.of(
                "for_each over others",
                keyed + data("b", "for_each = terraform_data.a", "input = each.value.id"))
            .with("-var=k=[\"y\"]"));
  }

  private static List<Story> modules() {
    String call =
        """
        variable "n" {
          default = 1
        }
        module "m" {
          source = "./inner"
          from   = var.n
        }
        output "m" {
          value = module.m
        }
        """;
    String counted = call.replace("source =", "count = var.n\n source =");
    return List.of(
        Story.of("a module", call).with("-var=n=2").then(data("a", "input = 1")).then(call),
        Story.of("a module of many", counted)
            .with("-var=n=3")
            .with("-var=n=2")
            .with("-var=n=0")
            .then(""),
        Story.of(
                "a module with for_each",
                call.replace("source =", "for_each = toset([\"x\", \"y\"])\n source ="))
            .then(call.replace("source =", "for_each = toset([\"y\", \"z\"])\n source =")));
  }

  private static List<Story> moves() {
    return List.of(
        Story.of("moved", data("a", "input = 1"))
            .then(data("b", "input = 1") + moved("terraform_data.a", "terraform_data.b"))
            .then(
                data("c", "input = 2")
                    + moved("terraform_data.a", "terraform_data.b")
                    + moved("terraform_data.b", "terraform_data.c"))
            .then(
                data("d", "triggers_replace = 2") + moved("terraform_data.c", "terraform_data.d")),
        Story.of("moved to a key", data("a", "for_each = toset([\"x\", \"y\"])"))
            .then(
                data("b", "for_each = toset([\"x\", \"z\"])")
                    + moved("terraform_data.a", "terraform_data.b")
                    + moved("terraform_data.b[\"y\"]", "terraform_data.b[\"z\"]")),
        Story.of("moved to where nothing is", data("a"))
            .then(
                data("b", "for_each = toset([\"z\"])")
                    + moved("terraform_data.a", "terraform_data.b[\"y\"]")),
        Story.of("moved to what is not declared", data("a"))
            .then(moved("terraform_data.a", "terraform_data.b")),
        Story.of("moved into a module", data("inner", "input = 2"))
            .then(
                "module \"m\" {\n source = \"./inner\"\n from = 1\n}\n"
                    + moved("terraform_data.inner", "module.m.terraform_data.inner")),
        Story.of("a module is moved", "module \"m\" {\n source = \"./inner\"\n from = 1\n}\n")
            .then(
                "module \"n\" {\n source = \"./inner\"\n from = 1\n}\n"
                    + moved("module.m", "module.n"))
            .then(
                "module \"n\" {\n source = \"./inner\"\n count = 2\n from = 1\n}\n"
                    + moved("module.n", "module.n[1]")),
        Story.of("forgotten", data("a") + data("b", "input = terraform_data.a.id"))
            .then(
                data("b")
                    + "removed {\n from = terraform_data.a\n lifecycle { destroy = false }\n}\n")
            .then("removed {\n from = terraform_data.b\n lifecycle { destroy = true }\n}\n"));
  }

  private static String moved(String from, String to) {
    return "moved {\n from = %s\n to = %s\n}\n".formatted(from, to);
  }

  private static List<Story> states() {
    String two = data("a", "input = 1") + data("b", "input = terraform_data.a.id");
    return List.of(
        Story.of("state forgets", two).after("state rm terraform_data.a"),
        Story.of("state moves", two)
            .after("state mv terraform_data.a terraform_data.c")
            .then(
                two.replace("terraform_data\" \"a", "terraform_data\" \"c")
                    .replace("data.a", "data.c")));
  }

  private static List<Story> rules() {
    String size = "variable \"n\" {\n default = 1\n}\n";
    return List.of(
        Story.of(
                "a precondition of what is known",
                size
                    + data(
                        "a",
                        "input = var.n",
                        "lifecycle {",
                        "  precondition {",
                        "    condition = var.n < 3",
                        "    error_message = \"Too large.\"",
                        "  }",
                        "}"))
            .with("-var=n=5")
            .with("-var=n=2"),
        Story.of(
                "a postcondition that is known after apply",
                size
                    + data("a", "triggers_replace = var.n")
                    + data(
                        "b",
                        "input = [terraform_data.a.id, var.n]",
                        "lifecycle {",
                        "  postcondition {",
                        "    condition = self.output[0] != \"\" && self.output[1] < 3",
                        "    error_message = \"Too large.\"",
                        "  }",
                        "}")
                    + data("c", "input = terraform_data.b.id"))
            .with("-var=n=5")
            .with("-var=n=2"),
        Story.of(
                "what must stay",
                size
                    + data("a", "triggers_replace = var.n", "lifecycle { prevent_destroy = true }"))
            .with("-var=n=2")
            .then("")
            .then(data("a", "lifecycle { prevent_destroy = true }"))
            .with("-destroy"),
        Story.of(
                "a check",
                size
                    + data("a", "input = var.n")
                    + "check \"small\" {\n assert {\n condition = terraform_data.a.output < 3\n"
                    + " error_message = \"Too large.\"\n }\n}\n")
            .with("-var=n=5"));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void comeToTheSame(Story story) throws Exception {
    Tool theirs =
        new Tool(
            prepared("theirs"),
            "main.tf",
            words -> Terraform.run(folder.resolve("theirs"), "", words));
    Tool ours = new Tool(prepared("ours"), "main.pgha.hcl", new Cli(folder.resolve("ours"))::run);
    int number = 0;
    for (Turn turn : story.turns()) {
      theirs.configure(turn.configuration());
      ours.configure(turn.configuration());
      String expected = theirs.play(turn);
      assertThat(ours.play(turn))
          .as("turn %d of %s, %s:%n%s", number++, story, turn.options(), turn.configuration())
          .isEqualTo(expected);
    }
  }

  private Path prepared(String name) throws IOException {
    Path root = folder.resolve(name);
    Path inner = Files.createDirectories(root.resolve("inner"));
    Files.writeString(
        inner.resolve(name.equals("ours") ? "main.pgha.hcl" : "main.tf"),
        """
        variable "from" {}
        resource "terraform_data" "inner" {
          input = var.from + 1
        }
        output "next" {
          value = terraform_data.inner.output
        }
        """);
    return root;
  }

  /** Runs a command. */
  private interface Command {
    Cli.Said run(String... words) throws IOException;
  }

  /** One of the two, in its folder. */
  private static final class Tool {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Path root;
    private final String file;
    private final Command command;

    /** Which of the ids that appeared one is: random ones can't be the same. */
    private final Map<String, String> ids = new HashMap<>();

    Tool(Path root, String file, Command command) {
      this.root = root;
      this.file = file;
      this.command = command;
    }

    void configure(String text) throws IOException {
      Files.writeString(root.resolve(file), text);
    }

    /** All that is compared of a turn, as text. */
    String play(Turn turn) throws IOException {
      StringBuilder text = new StringBuilder();
      for (String before : turn.before()) {
        Cli.Said said = command.run(before.split(" "));
        text.append(before).append(' ').append(said.status()).append('\n');
      }
      if (!Files.exists(root.resolve(".terraform")) || turn.configuration().contains("module")) {
        command.run("init");
      }
      Cli.Said plan = command.run(words(turn, "plan", "-json", "-detailed-exitcode"));
      text.append("plan ").append(plan.status()).append('\n');
      if (plan.status() != Operation.FAILED) {
        text.append(planned(lines(plan.out())));
      }
      // What -destroy is called in the summary of apply differs.
      boolean destroys = turn.options().contains("-destroy");
      Cli.Said apply =
          command.run(
              Stream.of(words(turn, destroys ? "destroy" : "apply", "-json", "-auto-approve"))
                  .filter(word -> !word.equals("-destroy"))
                  .toArray(String[]::new));
      // Which instances others than all are compared with, and what is known without, differs.
      boolean whole =
          plan.status() != Operation.FAILED
              && turn.options().stream().noneMatch(each -> each.matches("-(target|refresh).*"));
      text.append("apply ")
          .append(apply.status())
          .append('\n')
          .append(applied(apply, destroys, whole ? "(apply|refresh)_.*" : "apply_.*"));
      text.append("state\n").append(state());
      Cli.Said again = command.run(words(turn, "plan", "-json", "-detailed-exitcode"));
      return text.append("again ").append(again.status()).append('\n').toString();
    }

    private static String[] words(Turn turn, String... command) {
      return Stream.concat(Arrays.stream(command), turn.options().stream()).toArray(String[]::new);
    }

    private List<JsonNode> lines(String out) throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : out.lines().toList()) {
        lines.add(mapper.readTree(line));
      }
      return lines;
    }

    private static String planned(List<JsonNode> lines) {
      TreeSet<String> changes = new TreeSet<>();
      for (JsonNode line : lines) {
        switch (line.path("type").asText()) {
          case "planned_change" -> changes.add(change(line.path("change")));
          case "change_summary" -> changes.add(summary(line));
          case "outputs" ->
              line.path("outputs")
                  .properties()
                  .forEach(each -> {
                    // Terraform names those that stay null, too, and those of -refresh-only.
                    if (!each.getValue().path("action").asText().equals("noop")) {
                      changes.add("output " + each.getKey() + " " + each.getValue());
                    }
                  });
          default -> {
            // What is told by the way need not be the same.
          }
        }
      }
      return String.join("\n", changes) + "\n";
    }

    private static String change(JsonNode change) {
      return change.path("resource").path("addr").asText()
          + " "
          + change.path("action").asText()
          + " "
          + change.path("reason").asText("")
          + " "
          + change.path("previous_resource").path("addr").asText("");
    }

    private static String summary(JsonNode line) {
      ObjectNode changes = line.path("changes").deepCopy();
      // What is only forgotten has no count in Terraform's.
      changes.remove("forget");
      return "summary " + changes;
    }

    /**
     * What was done with each instance, in its order, by messages of such types; and the outputs.
     */
    private String applied(Cli.Said said, boolean destroys, String told) throws IOException {
      Map<String, List<String>> done = new TreeMap<>();
      for (JsonNode line : lines(said.out())) {
        String type = line.path("type").asText();
        if (type.matches(told)) {
          JsonNode hook = line.path("hook");
          done.computeIfAbsent(hook.path("resource").path("addr").asText(), _ -> new ArrayList<>())
              .add(
                  "%s %s %s"
                      .formatted(
                          type, hook.path("action").asText(), hook.path("id_value").asText()));
        } else if (type.equals("change_summary") && said.status() == Operation.OK) {
          // Of one that failed Terraform has no summary.
          done.put("summary", List.of(summary(line)));
        } else if (type.equals("outputs") && !destroys) {
          line.path("outputs")
              .properties()
              .forEach(each -> {
                if (each.getValue().has("value")) {
                  done.put("output " + each.getKey(), List.of(each.getValue().toString()));
                }
              });
        }
      }
      StringBuilder text = new StringBuilder();
      done.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
      return numbered(text.toString());
    }

    /** The same for the same runs, whatever ids there are: by the order that they appear in. */
    private String numbered(String text) {
      return ID.matcher(text)
          .replaceAll(id -> ids.computeIfAbsent(id.group(), _ -> "id-" + ids.size()));
    }

    /** The values of all instances. */
    private String state() throws IOException {
      JsonNode values = mapper.readTree(command.run("show", "-json").out()).path("values");
      TreeMap<String, JsonNode> found = new TreeMap<>();
      collect(values.path("root_module"), found);
      collect(values, found);
      StringBuilder text = new StringBuilder();
      found.forEach((address, each) ->
          text.append(address)
              .append(" tainted=")
              .append(each.path("tainted").asBoolean())
              .append(' ')
              .append(numbered(withoutSensitive(each).toString()))
              .append('\n'));
      return text.toString();
    }

    private static JsonNode withoutSensitive(JsonNode instance) {
      ObjectNode values = instance.path("values").deepCopy();
      if (instance.path("sensitive_values").path("input").asBoolean()) {
        // Terraform shows what comes out of it.
        values.putNull("output");
      }
      instance
          .path("sensitive_values")
          .properties()
          .forEach(each -> {
            if (each.getValue().asBoolean()) {
              values.putNull(each.getKey());
            }
          });
      return values;
    }

    private static void collect(JsonNode module, Map<String, JsonNode> found) {
      module.path("resources").forEach(each -> found.put(each.path("address").asText(), each));
      module.path("child_modules").forEach(child -> collect(child, found));
    }
  }
}
