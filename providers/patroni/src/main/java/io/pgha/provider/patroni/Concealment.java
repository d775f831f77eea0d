package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which scalars of a tree of settings must not be shown, and how a text of the tree hides them. */
final class Concealment {
  private Concealment() {}

  /**
   * The tree with each scalar as a {@link Secret} that came marked as sensitive. Names are shown.
   *
   * @param tree what the instance's argument at the path says
   */
  static Object of(Object tree, Instance instance, AttributePath path) {
    if (!instance.isSensitive(path)) {
      return tree;
    }
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> concealed = new LinkedHashMap<>();
        map.forEach((key, element) ->
            concealed.put(
                String.valueOf(key), of(element, instance, path.name(String.valueOf(key)))));
        yield concealed;
      }
      // Nulls were left out of the list: the places of its elements tell no paths any more.
      case List<?> list -> list.stream().map(Concealment::whole).toList();
      default -> whole(tree);
    };
  }

  /** The same of a map. */
  static Map<String, Object> of(Map<String, Object> tree, Instance instance, AttributePath path) {
    return of((Object) tree, instance, path) instanceof Map<?, ?> map ? Trees.strings(map) : tree;
  }

  private static Object whole(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> concealed = new LinkedHashMap<>();
        map.forEach((key, element) -> concealed.put(String.valueOf(key), whole(element)));
        yield concealed;
      }
      case List<?> list -> list.stream().map(Concealment::whole).toList();
      case Secret secret -> secret;
      case Trees.Deletion deletion -> deletion;
      default -> new Secret(tree);
    };
  }

  /** The tree with those scalars as secrets that are secrets at their place in another one. */
  static Object like(Object other, Object tree) {
    if (other instanceof Secret || (other instanceof List<?> list && hasSecret(list))) {
      return whole(tree);
    }
    if (!(other instanceof Map<?, ?> concealed) || !(tree instanceof Map<?, ?> map)) {
      return tree;
    }
    Map<String, Object> both = new LinkedHashMap<>();
    map.forEach((key, element) -> {
      Object counterpart = concealed.get(key);
      both.put(String.valueOf(key), counterpart == null ? element : like(counterpart, element));
    });
    return both;
  }

  /** Whether a tree holds a secret. */
  static boolean hasSecret(Object tree) {
    return switch (tree) {
      case Secret secret -> true;
      case Map<?, ?> map -> map.values().stream().anyMatch(Concealment::hasSecret);
      case List<?> list -> list.stream().anyMatch(Concealment::hasSecret);
      default -> false;
    };
  }

  /**
   * The text of a tree, its secrets as fragments of their own, each written as JSON writes it.
   *
   * @param writer makes the text of a tree without secrets
   * @param word how the writer writes a text of small letters, digits and underscores
   */
  static List<Fragment> render(
      Map<String, Object> tree,
      Function<Map<String, Object>, String> writer,
      UnaryOperator<String> word) {
    String prefix = "pgha_secret_";
    String all = tree.toString();
    while (all.contains(prefix)) {
      prefix = prefix + "x_";
    }
    List<Object> secrets = new ArrayList<>();
    String text = writer.apply(Trees.strings((Map<?, ?>) hide(tree, prefix, secrets)));
    Matcher matcher =
        Pattern.compile(word.apply(prefix + "NUMBER_").replace("NUMBER", "(\\d+)")).matcher(text);
    List<Fragment> fragments = new ArrayList<>();
    int from = 0;
    while (matcher.find()) {
      fragments.add(Fragment.plain(text.substring(from, matcher.start())));
      Object secret = secrets.get(Integer.parseInt(matcher.group(1)));
      fragments.add(Fragment.secret(Trees.json(secret)));
      from = matcher.end();
    }
    fragments.add(Fragment.plain(text.substring(from)));
    return List.copyOf(fragments);
  }

  private static Object hide(Object tree, String prefix, List<Object> secrets) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> hidden = new LinkedHashMap<>();
        map.forEach(
            (key, element) -> hidden.put(String.valueOf(key), hide(element, prefix, secrets)));
        yield hidden;
      }
      case List<?> list -> list.stream().map(item -> hide(item, prefix, secrets)).toList();
      case Secret(Object secret) -> {
        secrets.add(secret);
        yield prefix + (secrets.size() - 1) + "_";
      }
      default -> tree;
    };
  }
}
