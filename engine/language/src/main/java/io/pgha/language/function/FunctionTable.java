package io.pgha.language.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Functions by name.
 *
 * @param functions the functions; immutable
 */
public record FunctionTable(Map<String, Function> functions) {
  /** No functions. */
  public static final FunctionTable EMPTY = new FunctionTable(Map.of());

  /** Functions that take expressions instead of values; the evaluator knows them itself. */
  private static final List<String> OF_EXPRESSIONS = List.of("try", "can", "convert");

  private static final int LARGEST_DISTANCE = 2;

  public FunctionTable {
    functions = Map.copyOf(functions);
  }

  /** Every function of the language. */
  public static FunctionTable standard() {
    return Standard.TABLE;
  }

  /** Built when first asked for, as not every command evaluates. */
  private static final class Standard {
    private static final FunctionTable TABLE = of(families());

    private static List<Function> families() {
      List<Function> all = new ArrayList<>();
      all.addAll(StringFunctions.ALL);
      all.addAll(RegexFunctions.ALL);
      all.addAll(FormatFunctions.ALL);
      all.addAll(NumericFunctions.ALL);
      all.addAll(CollectionFunctions.ALL);
      all.addAll(MappingFunctions.ALL);
      all.addAll(SequenceFunctions.ALL);
      all.addAll(SetFunctions.ALL);
      all.addAll(EncodingFunctions.ALL);
      all.addAll(DateFunctions.ALL);
      all.addAll(HashFunctions.ALL);
      all.addAll(NetworkFunctions.ALL);
      all.addAll(ConversionFunctions.ALL);
      all.addAll(FileFunctions.ALL);
      all.addAll(AssumptionFunctions.ALL);
      return all;
    }
  }

  /** The given functions. */
  public static FunctionTable of(Collection<Function> functions) {
    Map<String, Function> byName = new TreeMap<>();
    for (Function function : functions) {
      if (byName.put(function.name(), function) != null) {
        throw new IllegalArgumentException("two functions named " + function.name());
      }
    }
    return new FunctionTable(byName);
  }

  /** The function of a name. */
  public Optional<Function> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** The names of all functions that can be called, in order. */
  public Collection<String> names() {
    TreeSet<String> names = new TreeSet<>(functions.keySet());
    names.addAll(OF_EXPRESSIONS);
    return names;
  }

  /** The function that somebody who wrote the given name may have meant. */
  public Optional<String> similarTo(String name) {
    String nearest = "";
    int least = LARGEST_DISTANCE + 1;
    for (String candidate : names()) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  /** How many characters must be inserted, removed or replaced to make one of the other. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
