package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.configuration.Module;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan has and does not show: the desired values of secret and sensitive attributes, what a
 * refresh would record, and the variables that may not be shown.
 *
 * @param values all of it, by where it stands
 * @param variables the names of those variables
 */
record HiddenValues(ObjectValue values, Set<String> variables) {
  HiddenValues {
    variables = Set.copyOf(variables);
  }

  /** What a plan hides. */
  static HiddenValues of(Plan plan, Configuration configuration) {
    Map<String, Value> found = new TreeMap<>();
    for (PlannedInstance instance : plan.instances()) {
      for (AttributePath path : instance.secretPaths()) {
        path.in(instance.instance().values())
            .filter(value -> !value.isNull() && Values.whollyKnown(value))
            .ifPresent(
                value -> found.put(instance.address() + " " + path, Marks.removeDeep(value)));
      }
    }
    // Digests and sensitive values that would be recorded are not shown either.
    plan.stateChanges()
        .refreshed()
        .forEach((address, each) ->
            found.put("refreshed " + address, new Str(String.valueOf(each.seen()))));
    Set<String> secrets = new HashSet<>();
    found.values().forEach(value -> texts(value, secrets));
    Set<String> names = new HashSet<>();
    configuration
        .variables()
        .forEach((name, value) -> {
          Module.Variable variable = configuration.module().variables().get(name);
          Value plain = Marks.removeDeep(value);
          Set<String> texts = new HashSet<>();
          texts(plain, texts);
          texts.retainAll(secrets);
          if (variable == null || variable.isHidden() || !plain.equals(value) || !texts.isEmpty()) {
            names.add(name);
            found.put("var." + name, plain);
          }
        });
    return new HiddenValues(ObjectValue.of(found), names);
  }

  /** The texts in a value; short ones say nothing: a port or a truth may be anywhere. */
  private static void texts(Value value, Set<String> texts) {
    switch (value.unmarked()) {
      case Str(String text) -> {
        if (text.length() >= 4) {
          texts.add(text);
        }
      }
      case ObjectValue object -> object.attributes().values().forEach(each -> texts(each, texts));
      case MapValue map -> map.elements().values().forEach(each -> texts(each, texts));
      case ListValue list -> list.elements().forEach(each -> texts(each, texts));
      case SetValue set -> set.elements().forEach(each -> texts(each, texts));
      case TupleValue tuple -> tuple.elements().forEach(each -> texts(each, texts));
      default -> {
        // no text
      }
    }
  }
}
