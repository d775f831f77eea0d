package io.pgha.language.value;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What is done with marks at every depth of a value. */
public final class Marks {
  private Marks() {}

  /** A value without marks, and where they were. */
  public record Paths(Value value, SortedMap<AttributePath, Set<Mark>> marks) {
    /** The value with its marks back in their places; what no longer exists is passed over. */
    public Value restored() {
      return apply(value, marks);
    }
  }

  /** Every mark on the value and inside it. */
  public static Set<Mark> all(Value value) {
    EnumSet<Mark> found = EnumSet.noneOf(Mark.class);
    collect(value, found);
    return found;
  }

  /** Whether the value or anything inside it has the mark. */
  public static boolean has(Value value, Mark mark) {
    return all(value).contains(mark);
  }

  private static void collect(Value value, EnumSet<Mark> found) {
    switch (value) {
      case Marked(Value inner, Set<Mark> marks) -> {
        found.addAll(marks);
        collect(inner, found);
      }
      case ListValue(_, List<Value> elements) -> elements.forEach(e -> collect(e, found));
      case SetValue(_, List<Value> elements) -> elements.forEach(e -> collect(e, found));
      case TupleValue(List<Value> elements) -> elements.forEach(e -> collect(e, found));
      case MapValue map -> map.elements().values().forEach(e -> collect(e, found));
      case ObjectValue object -> object.attributes().values().forEach(e -> collect(e, found));
      case Str _, Num _, Bool _, Null _, Unknown _ -> {}
    }
  }

  /** The value without any mark at any depth. */
  public static Value removeDeep(Value value) {
    return all(value).isEmpty() ? value : map(value, AttributePath.ROOT, (_, v) -> v.unmarked());
  }

  /** The value with one mark taken off at every depth. */
  public static Value removeDeep(Value value, Mark mark) {
    return map(
        value,
        AttributePath.ROOT,
        (_, v) -> {
          EnumSet<Mark> left = EnumSet.noneOf(Mark.class);
          left.addAll(v.marks());
          left.remove(mark);
          return v.unmarked().withMarks(left);
        });
  }

  /** Takes all marks off, remembering their paths. */
  public static Paths paths(Value value) {
    TreeMap<AttributePath, Set<Mark>> found = new TreeMap<>();
    Value unmarked =
        map(
            value,
            AttributePath.ROOT,
            (path, v) -> {
              if (!v.marks().isEmpty()) {
                found.put(path, v.marks());
              }
              return v.unmarked();
            });
    return new Paths(unmarked, found);
  }

  /** Puts marks on parts of a value; paths that lead nowhere are passed over. */
  public static Value apply(Value value, Map<AttributePath, Set<Mark>> marks) {
    if (marks.isEmpty()) {
      return value;
    }
    return map(
        value, AttributePath.ROOT, (path, v) -> v.withMarks(marks.getOrDefault(path, Set.of())));
  }

  /** The value with something else in the place of every part that has the mark. */
  public static Value replace(Value value, Mark mark, UnaryOperator<Value> replacement) {
    return map(
        value,
        AttributePath.ROOT,
        (_, part) ->
            part.marks().contains(mark)
                ? replacement.apply(part.unmarked()).withMarks(without(part.marks(), mark))
                : part);
  }

  private static Set<Mark> without(Set<Mark> marks, Mark mark) {
    EnumSet<Mark> left = EnumSet.copyOf(marks);
    left.remove(mark);
    return left;
  }

  /** Rebuilds a value from the inside out; the function sees each part with its path. */
  static Value map(
      Value value, AttributePath path, BiFunction<AttributePath, Value, Value> function) {
    Value inner = value.unmarked();
    Value rebuilt =
        switch (inner) {
          case ListValue(Type type, List<Value> elements) ->
              new ListValue(type, sequence(elements, path, function));
          case TupleValue(List<Value> elements) ->
              new TupleValue(sequence(elements, path, function));
          case SetValue(Type type, List<Value> elements) -> {
            List<Value> mapped = new ArrayList<>();
            for (Value element : elements) {
              mapped.add(map(element, path.then(new AttributePath.Element(element)), function));
            }
            yield SetValue.of(type, mapped);
          }
          case MapValue(Type type, SortedMap<String, Value> elements) -> {
            TreeMap<String, Value> mapped = new TreeMap<>();
            elements.forEach((key, e) -> mapped.put(key, map(e, path.key(key), function)));
            yield new MapValue(type, mapped);
          }
          case ObjectValue(SortedMap<String, Value> attributes) -> {
            TreeMap<String, Value> mapped = new TreeMap<>();
            attributes.forEach((name, e) -> mapped.put(name, map(e, path.name(name), function)));
            yield new ObjectValue(mapped);
          }
          case Str _, Num _, Bool _, Null _, Unknown _, Marked _ -> inner;
        };
    return function.apply(path, rebuilt.withMarks(value.marks()));
  }

  private static List<Value> sequence(
      List<Value> elements, AttributePath path, BiFunction<AttributePath, Value, Value> function) {
    List<Value> mapped = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      mapped.add(map(elements.get(i), path.index(i), function));
    }
    return mapped;
  }
}
