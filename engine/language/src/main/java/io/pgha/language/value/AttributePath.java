package io.pgha.language.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A path into a value, such as {@code parameters["max_connections"]}.
 *
 * @param steps the steps from the outside in; empty for the value itself; immutable
 */
public record AttributePath(List<Step> steps) implements Comparable<AttributePath> {
  /** The path of a value itself. */
  public static final AttributePath ROOT = new AttributePath(List.of());

  public AttributePath {
    steps = List.copyOf(steps);
  }

  /** One step of a path. */
  public sealed interface Step {}

  /** An attribute of an object. */
  public record Name(String name) implements Step {}

  /** An element of a map. */
  public record Key(String key) implements Step {}

  /** An element of a list or tuple, counted from 0. */
  public record Index(int index) implements Step {}

  /** An element of a set: the element itself. */
  public record Element(Value element) implements Step {}

  /** The path of a named attribute of the root. */
  public static AttributePath of(String name) {
    return new AttributePath(List.of(new Name(name)));
  }

  /**
   * Reads the text form of a path. A set's elements have no text that can be read back.
   *
   * @throws IllegalArgumentException where the text is no path, with a message for the user
   */
  public static AttributePath parse(String text) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      at = text.charAt(at) == '[' ? bracket(text, at, steps) : name(text, at, steps);
    }
    return new AttributePath(steps);
  }

  private static int name(String text, int start, List<Step> steps) {
    int from = steps.isEmpty() ? start : start + 1;
    int end = from;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    if (end == from || (!steps.isEmpty() && text.charAt(start) != '.')) {
      throw invalid(text);
    }
    steps.add(new Name(text.substring(from, end)));
    return end;
  }

  private static int bracket(String text, int start, List<Step> steps) {
    int end = start + 1;
    if (text.startsWith("\"", end)) {
      StringBuilder key = new StringBuilder();
      for (end++; end < text.length() && text.charAt(end) != '"'; end++) {
        if (text.charAt(end) == '\\' && end + 1 < text.length()) {
          end++;
        }
        key.append(text.charAt(end));
      }
      end++;
      steps.add(new Key(key.toString()));
    } else {
      while (end < text.length() && Character.isDigit(text.charAt(end))) {
        end++;
      }
      if (end == start + 1 || end > start + 9) {
        throw invalid(text);
      }
      steps.add(new Index(Integer.parseInt(text.substring(start + 1, end))));
    }
    if (!text.startsWith("]", end)) {
      throw invalid(text);
    }
    return end + 1;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no path of an attribute such as parameters[\"work_mem\"]");
  }

  /** This path and one step more. */
  public AttributePath then(Step step) {
    return then(List.of(step));
  }

  /** This path and then all steps of others. */
  public AttributePath then(List<Step> more) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(more);
    return new AttributePath(all);
  }

  /** This path and an attribute name more. */
  public AttributePath name(String name) {
    return then(new Name(name));
  }

  /** This path and a map key more. */
  public AttributePath key(String key) {
    return then(new Key(key));
  }

  /** This path and an index more. */
  public AttributePath index(int index) {
    return then(new Index(index));
  }

  /** Whether this path is the given one or lies under it. */
  public boolean startsWith(AttributePath prefix) {
    return steps.size() >= prefix.steps.size()
        && steps.subList(0, prefix.steps.size()).equals(prefix.steps);
  }

  /**
   * The value that the path leads to, without marks. An object's attribute and a map's key of one
   * name are one place: which of them a value of any type has depends on where it came from.
   *
   * @param root the value that the path starts at
   * @return empty where there is no such place
   */
  public Optional<Value> in(Value root) {
    Optional<Value> here = Optional.of(root.unmarked());
    for (Step step : steps) {
      here = here.flatMap(value -> inner(value, step)).map(Value::unmarked);
    }
    return here;
  }

  /**
   * The root with another value where the path leads; the root itself where the path leads nowhere.
   *
   * @param changed the other value; empty where there is none any more: a member goes then, an
   *     element of a list stays, or all behind it would be others
   */
  public Value with(Value root, Optional<Value> changed) {
    return with(root, steps, changed).orElse(Null.ANY);
  }

  private static Optional<Value> with(Value root, List<Step> steps, Optional<Value> changed) {
    if (steps.isEmpty()) {
      return changed;
    }
    List<Step> rest = steps.subList(1, steps.size());
    Value bare = root.unmarked();
    Value result =
        switch (steps.getFirst()) {
          case Name(String name) -> withMember(bare, name, rest, changed);
          case Key(String key) -> withMember(bare, key, rest, changed);
          case Index(int index) -> withElement(bare, index, rest, changed);
          case Element _ -> bare;
        };
    return Optional.of(result.withMarks(root.marks()));
  }

  private static Value withMember(
      Value value, String name, List<Step> rest, Optional<Value> changed) {
    SortedMap<String, Value> members =
        switch (value) {
          case ObjectValue object -> object.attributes();
          case MapValue map -> map.elements();
          default -> new TreeMap<>();
        };
    Value old = members.get(name);
    if (old == null && !rest.isEmpty()) {
      return value;
    }
    TreeMap<String, Value> others = new TreeMap<>(members);
    with(old == null ? Null.ANY : old, rest, changed)
        .ifPresentOrElse(inner -> others.put(name, inner), () -> others.remove(name));
    return switch (value) {
      case ObjectValue _ -> ObjectValue.of(others);
      case MapValue map -> new MapValue(map.elementType(), others);
      default -> value;
    };
  }

  private static Value withElement(
      Value value, int index, List<Step> rest, Optional<Value> changed) {
    List<Value> elements =
        switch (value) {
          case ListValue list -> list.elements();
          case TupleValue tuple -> tuple.elements();
          default -> List.of();
        };
    if (index < 0 || index >= elements.size()) {
      return value;
    }
    List<Value> others = new ArrayList<>(elements);
    with(others.get(index), rest, changed).ifPresent(inner -> others.set(index, inner));
    return switch (value) {
      case ListValue list -> new ListValue(list.elementType(), others);
      case TupleValue _ -> new TupleValue(others);
      default -> value;
    };
  }

  private static Optional<Value> inner(Value value, Step step) {
    return switch (step) {
      case Name(String name) -> member(value, name);
      case Key(String key) -> member(value, key);
      case Index(int index) -> element(value, index);
      case Element(Value element) -> Optional.of(element);
    };
  }

  private static Optional<Value> member(Value value, String name) {
    return switch (value) {
      case ObjectValue object -> Optional.of(object.get(name));
      case MapValue map -> Optional.ofNullable(map.elements().get(name));
      default -> Optional.empty();
    };
  }

  private static Optional<Value> element(Value value, int index) {
    List<Value> elements =
        switch (value) {
          case ListValue list -> list.elements();
          case SetValue set -> set.elements();
          case TupleValue tuple -> tuple.elements();
          default -> List.of();
        };
    return index >= 0 && index < elements.size()
        ? Optional.of(elements.get(index))
        : Optional.empty();
  }

  @Override
  public int compareTo(AttributePath other) {
    return toString().compareTo(other.toString());
  }

  /** The one text form of paths: {@code a.b["key"][0]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Name(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
        case Key(String key) ->
            text.append("[\"")
                .append(key.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"]");
        case Index(int index) -> text.append('[').append(index).append(']');
        case Element(Value element) -> text.append("[{").append(element).append("}]");
      }
    }
    return text.toString();
  }
}
