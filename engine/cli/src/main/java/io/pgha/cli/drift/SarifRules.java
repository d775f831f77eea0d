package io.pgha.cli.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgha.provider.drift.Grade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of a SARIF document: one for each kind of finding, as grave as the gravest of them. */
final class SarifRules {
  /** The rule of configuration that was not applied yet. */
  static final String PENDING = "not-applied-yet";

  /** The rule of what could not be looked at. */
  static final String UNSEEN = "not-seen";

  private static final String FINDING_HELP =
      """
      pgha drift compares the machines with what was last applied, and this is not as it was left.

      The result says what was expected, what was found and where, and which command repairs exactly \
      it. Where the change is to stay, declare it and apply; where it is to be left alone, give it an \
      entry with a reason and a last day in .pghaignore.\
      """;

  private static final String PENDING_HELP =
      """
      The configuration says otherwise than what was last applied. That is no drift: pgha plan shows \
      it, and pgha apply carries it out.\
      """;

  private static final String UNSEEN_HELP =
      """
      This could not be looked at, so nobody knows whether it has drifted: it is neither clean nor \
      drift. Alerts of earlier runs about it are not over.

      See that the host answers and that pgha may log in and use sudo there, then run it again.\
      """;

  /**
   * A rule.
   *
   * @param id its id
   * @param level the level of the gravest of its results
   * @param score the highest security score of its results; empty where none has one
   * @param help what it means and what to do
   */
  private record Rule(String id, String level, String score, String help) {}

  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, Grade> grades = new HashMap<>();

  /** The index of the rule of a kind of finding. */
  int of(String code, Grade grade) {
    Grade gravest = grades.merge(code, grade, Grade::or);
    Severity severity = Severity.of(gravest);
    return put(new Rule(code, severity.sarif(), severity.score(), FINDING_HELP));
  }

  int pending() {
    return put(new Rule(PENDING, "note", "", PENDING_HELP));
  }

  int unseen() {
    return put(new Rule(UNSEEN, "warning", "", UNSEEN_HELP));
  }

  private int put(Rule rule) {
    int index = indexes.computeIfAbsent(rule.id(), _ -> rules.size());
    if (index == rules.size()) {
      rules.add(rule);
    } else {
      rules.set(index, rule);
    }
    return index;
  }

  ArrayNode json() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    rules.forEach(rule -> write(rule, all.addObject()));
    return all;
  }

  private static void write(Rule rule, ObjectNode json) {
    String words = rule.id().replace('-', ' ');
    String title =
        words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    json.put("id", rule.id());
    json.put("name", title);
    json.putObject("shortDescription").put("text", title);
    json.putObject("fullDescription").put("text", rule.help().lines().findFirst().orElse(title));
    json.putObject("help").put("text", rule.help()).put("markdown", rule.help());
    json.putObject("defaultConfiguration").put("level", rule.level());
    ObjectNode properties = json.putObject("properties");
    properties.put("precision", "very-high");
    ArrayNode tags = properties.putArray("tags").add("drift");
    if (!rule.score().isEmpty()) {
      tags.add("security");
      properties.put("security-severity", rule.score());
    }
  }
}
