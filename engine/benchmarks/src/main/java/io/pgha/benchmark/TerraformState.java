package io.pgha.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The state that terraform has after an apply of a workload, written without one: at 10,000
 * instances its own apply takes longer than anybody waits, and a plan with nothing to change needs
 * one. That it fits is checked by the exit status of that plan.
 */
final class TerraformState {
  private static final String LABEL_TYPE =
      "[\"object\", {\"key\": \"string\", \"leader\": \"string\", \"member\": \"string\"}]";
  private static final String LEADER_TYPE =
      "[\"object\", {\"members\": \"number\", \"name\": \"string\"}]";

  private final Workload workload;
  private final Writer out;

  private TerraformState(Workload workload, Writer out) {
    this.workload = workload;
    this.out = out;
  }

  static void write(Workload workload, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      new TerraformState(workload, out).write();
    }
  }

  private void write() throws IOException {
    out.write(
        """
        {"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "%s",
        "outputs": {"leaders": {"value": {%s}, "type": ["object", {%s}]}},
        "resources": [
        """
            .formatted(id("lineage"), leaders(true), leaders(false)));
    for (int group = 0; group < workload.groups(); group++) {
      group(group);
    }
    out.write("], \"check_results\": null}\n");
  }

  private String leaders(boolean ids) {
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < workload.groups(); group++) {
      String name = Workload.group(group);
      text.append(group == 0 ? "" : ", ")
          .append("\"%s\": \"%s\"".formatted(name, ids ? id(name + " leader") : "string"));
    }
    return text.toString();
  }

  private void group(int group) throws IOException {
    String name = Workload.group(group);
    int members = workload.members();
    resource(group == 0 ? "" : ",\n", name, "label");
    for (int i = 0; i < workload.labels(); i++) {
      String value =
          "{\"key\": \"label-%d\", \"leader\": \"%s\", \"member\": \"%s-%d\"}"
              .formatted(i, id(name + " leader"), name, i % members);
      instance(
          i, "\"index_key\": \"label-%d\", ".formatted(i), name + " label " + i, value, LABEL_TYPE);
    }
    out.write("]}");
    resource(",\n", name, "leader");
    instance(
        0,
        "",
        name + " leader",
        "{\"members\": %d, \"name\": \"%s\"}".formatted(members, name),
        LEADER_TYPE);
    out.write("]}");
    resource(",\n", name, "member");
    for (int i = 0; i < members; i++) {
      String value = "\"%s-%d\"".formatted(name, i);
      instance(i, "\"index_key\": %d, ".formatted(i), name + " member " + i, value, "\"string\"");
    }
    out.write("]}");
    resource(",\n", name, "note");
    instance(0, "", name + " note", "\"1\"", "\"string\"");
    out.write("]}");
  }

  private void resource(String separator, String group, String name) throws IOException {
    out.write(
        """
        %s{"module": "module.group[\\"%s\\"]", "mode": "managed", "type": "terraform_data", "name": "%s",
        "provider": "provider[\\"terraform.io/builtin/terraform\\"]", "instances": [\
        """
            .formatted(separator, group, name));
  }

  private void instance(int index, String key, String seed, String value, String type)
      throws IOException {
    String typed = "{\"value\": %s, \"type\": %s}".formatted(value, type);
    out.write(
        """
        %s
        {%s"schema_version": 0, "attributes": {"id": "%s", "input": %s, "output": %s, \
        "triggers_replace": null}, "sensitive_attributes": []}\
        """
            .formatted(index == 0 ? "" : ",", key, id(seed), typed, typed));
  }

  private static String id(String seed) {
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
