package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.configuration.Module;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan has and does not show: the desired values of secret and sensitive attributes, and the
 * variables that may not be shown.
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
        Value value = at(instance.instance().values(), path.steps());
        if (!value.isNull() && Values.whollyKnown(value)) {
          found.put(instance.address() + " " + path, Marks.removeDeep(value));
        }
      }
    }
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
          if (variable == null || isHidden(variable) || !plain.equals(value) || !texts.isEmpty()) {
            names.add(name);
            found.put("var." + name, plain);
          }
        });
    return new HiddenValues(ObjectValue.of(found), names);
  }

  /** Whether a variable is declared as one that may not be shown, or not be kept. */
  static boolean isHidden(Module.Variable variable) {
    return variable.sensitive() || variable.ephemeral();
  }

  private static Value at(Value value, List<AttributePath.Step> steps) {
    Value here = value.unmarked();
    for (AttributePath.Step step : steps) {
      switch (step) {
        case AttributePath.Name(String name) -> here = member(here, name);
        case AttributePath.Key(String key) -> here = member(here, key);
        case AttributePath.Index(int index) -> here = element(here, index);
        case AttributePath.Element _ -> {
          // A set hides as a whole.
          return here;
        }
      }
      here = here.unmarked();
    }
    return here;
  }

  private static Value member(Value value, String name) {
    return switch (value) {
      case ObjectValue object -> object.get(name);
      case MapValue map -> map.elements().getOrDefault(name, Null.ANY);
      default -> Null.ANY;
    };
  }

  private static Value element(Value value, int index) {
    List<Value> elements =
        switch (value) {
          case ListValue(var _, List<Value> all) -> all;
          case TupleValue(List<Value> all) -> all;
          default -> List.of();
        };
    return index < elements.size() ? elements.get(index) : Null.ANY;
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
      case ListValue(var _, List<Value> all) -> all.forEach(each -> texts(each, texts));
      case SetValue(var _, List<Value> all) -> all.forEach(each -> texts(each, texts));
      case TupleValue(List<Value> all) -> all.forEach(each -> texts(each, texts));
      default -> {
        // no text
      }
    }
  }
}
