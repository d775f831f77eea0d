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
    List<Fragment> fragments = new ArrayList<>();
    fragments.add(Fragment.plain("# " + comment + "\n"));
    fragments.addAll(Concealment.render(tree, yaml -> dump(wholeNumbers(yaml)), word -> word));
    return List.copyOf(fragments);
  }

  /** Whole numbers as integers, so that the file has 100 and never 1E+2. */
  private static Object wholeNumbers(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> whole = new LinkedHashMap<>();
        map.forEach((key, element) -> whole.put(String.valueOf(key), wholeNumbers(element)));
        yield whole;
      }
      case List<?> list -> list.stream().map(YamlFile::wholeNumbers).toList();
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
