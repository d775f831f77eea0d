package io.pgha.language.function;

import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Functions by name: {@code max} is {@code core::max} too, and {@code provider::NAME::f} is the
 * function {@code f} of a provider.
 *
 * @param functions the functions of the language; immutable
 * @param providers what each provider offers, by its name; asked for where one of its functions is
 *     called, as most configurations call none; immutable
 */
public record FunctionTable(
    Map<String, Function> functions, Map<String, Supplier<List<Function>>> providers) {
  /** No functions; any call is an error. */
  public static final FunctionTable EMPTY = new FunctionTable(Map.of(), Map.of());

  private static final String SEPARATOR = "::";

  private static final int LARGEST_DISTANCE = 2;

  public FunctionTable {
    functions = Map.copyOf(functions);
    providers = Map.copyOf(providers);
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

  /** Functions that take expressions instead of values; the evaluator calls them itself. */
  private static final class OfExpressions {
    private static final String EXPRESSION = "expression";

    private static final List<Function> ALL =
        List.of(
            Function.named("try", "The first of some expressions that has no error.")
                .takesAny(Parameter.of("expressions", Type.DYNAMIC))
                .returns(Type.DYNAMIC, OfExpressions::ofEvaluator),
            Function.named("can", "Whether an expression has no error.")
                .takes(EXPRESSION, Type.DYNAMIC)
                .returns(Type.BOOL, OfExpressions::ofEvaluator),
            Function.named("convert", "A value as one of a type that is written as in variables.")
                .takes(EXPRESSION, Type.DYNAMIC)
                .takes("type", Type.DYNAMIC)
                .returns(Type.DYNAMIC, OfExpressions::ofEvaluator));

    private static Value ofEvaluator(Call call) {
      throw new IllegalStateException(
          "takes expressions, not " + call.arguments().size() + " values");
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
    return new FunctionTable(byName, Map.of());
  }

  /**
   * These functions and those of providers.
   *
   * @param offered what each provider offers, by its name
   */
  public FunctionTable with(Map<String, ? extends Supplier<List<Function>>> offered) {
    return new FunctionTable(functions, Map.copyOf(offered));
  }

  /** Whether nothing can be called, not even what takes expressions. */
  public boolean isEmpty() {
    return functions.isEmpty();
  }

  /** The function of a name as it is called. */
  public Optional<Function> find(String name) {
    if (!name.contains(SEPARATOR)) {
      return Optional.ofNullable(functions.get(name));
    }
    String[] parts = name.split(SEPARATOR, -1);
    if (parts.length == 2 && parts[0].equals("core")) {
      return Optional.ofNullable(functions.get(parts[1]));
    }
    return parts.length == 3 && parts[0].equals("provider")
        ? ofProvider(parts[1]).stream().filter(one -> one.name().equals(parts[2])).findFirst()
        : Optional.empty();
  }

  /** What a provider offers; nothing where there is no such provider. */
  public List<Function> ofProvider(String provider) {
    Supplier<List<Function>> offered = providers.get(provider);
    return offered == null ? List.of() : offered.get();
  }

  /** The names of the language's functions that can be called, in order. */
  public Collection<String> names() {
    TreeSet<String> names = new TreeSet<>(functions.keySet());
    OfExpressions.ALL.forEach(function -> names.add(function.name()));
    return names;
  }

  /** How each of the language's functions is called, in the order of their names. */
  public List<Function> signatures() {
    return Stream.concat(functions.values().stream(), OfExpressions.ALL.stream())
        .sorted(Comparator.comparing(Function::name))
        .toList();
  }

  /** The language's function that somebody who wrote the given name may have meant. */
  public Optional<String> similarTo(String name) {
    return NearestName.within(LARGEST_DISTANCE, name, names());
  }
}
