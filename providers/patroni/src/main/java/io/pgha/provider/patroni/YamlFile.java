package io.pgha.provider.patroni;

import io.pgha.provider.step.Fragment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Renders a tree of settings as YAML, its secrets as fragments of their own.
 *
 * <p>Patroni reads YAML 1.1, where {@code on} is a truth value and {@code 12:30} a number: every
 * string that is not plainly one is quoted.
 */
final class YamlFile {
  /** Strings that no version of YAML takes for anything else. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");

  private static final Pattern SPECIAL =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");

  private YamlFile() {}

  /** The file's text: a first comment line, then the tree. */
  static List<Fragment> render(String comment, Map<String, Object> tree) {
    String prefix = "pgha_secret_";
    String text = tree.toString();
    while (text.contains(prefix)) {
      prefix = prefix + "x_";
    }
    List<String> secrets = new ArrayList<>();
    String yaml = dump(hide(tree, prefix, secrets));
    List<Fragment> fragments = new ArrayList<>();
    StringBuilder plain = new StringBuilder("# ").append(comment).append('\n');
    int from = 0;
    for (int index = 0; index < secrets.size(); index++) {
      String marker = prefix + index + "_";
      int at = yaml.indexOf(marker, from);
      fragments.add(Fragment.plain(plain.append(yaml, from, at).toString()));
      fragments.add(Fragment.secret(Trees.json(secrets.get(index))));
      plain.setLength(0);
      from = at + marker.length();
    }
    fragments.add(Fragment.plain(plain.append(yaml, from, yaml.length()).toString()));
    return List.copyOf(fragments);
  }

  private static Object hide(Object tree, String prefix, List<String> secrets) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> hidden = new LinkedHashMap<>();
        map.forEach(
            (key, element) -> hidden.put(String.valueOf(key), hide(element, prefix, secrets)));
        yield hidden;
      }
      case List<?> list -> list.stream().map(item -> hide(item, prefix, secrets)).toList();
      case Secret(String secret) -> {
        secrets.add(secret);
        yield prefix + (secrets.size() - 1) + "_";
      }
      case BigDecimal number when number.stripTrailingZeros().scale() <= 0 ->
          number.toBigIntegerExact();
      default -> tree;
    };
  }

  private static String dump(Object tree) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(100_000)
            .build();
    return new Dump(settings, new CarefulRepresenter(settings)).dumpToString(tree);
  }

  /** Quotes whatever YAML 1.1 could misread. */
  private static final class CarefulRepresenter extends StandardRepresenter {
    CarefulRepresenter(DumpSettings settings) {
      super(settings);
      representers.put(
          String.class, data -> representScalar(Tag.STR, data.toString(), style(data.toString())));
    }

    private static ScalarStyle style(String text) {
      if (PLAIN.matcher(text).matches() && !SPECIAL.matcher(text).matches()) {
        return ScalarStyle.PLAIN;
      }
      return text.contains("\n") ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.SINGLE_QUOTED;
    }
  }
}
