package io.pgha.language.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Functions with regular expressions, in RE2 syntax and so in linear time. */
final class RegexFunctions {
  static final List<Function> ALL =
      List.of(
          Function.named("regex", "Matches a pattern; the result is the match or its groups.")
              .takes("pattern", Type.STRING)
              .takes("string", Type.STRING)
              .returns(arguments -> resultType(arguments.getFirst()), RegexFunctions::first),
          Function.named("regexall", "Matches a pattern wherever it matches.")
              .takes("pattern", Type.STRING)
              .takes("string", Type.STRING)
              .returns(
                  arguments -> Type.list(resultType(arguments.getFirst())), RegexFunctions::all),
          Function.named("replace", "Replaces a substring, or a pattern between slashes.")
              .takes("str", Type.STRING)
              .takes("substr", Type.STRING)
              .takes("replace", Type.STRING)
              .returns(Type.STRING, RegexFunctions::replace));

  private RegexFunctions() {}

  private static Pattern compile(int argument, String pattern) throws FunctionException {
    if (RepeatCounts.areTooMany(pattern)) {
      throw new FunctionException(
          argument,
          "invalid regexp pattern: invalid repeat count: something would be repeated more than"
              + " 1000 times");
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new FunctionException(
          argument, "invalid regexp pattern: " + e.getDescription() + " in " + e.getPattern());
    }
  }

  private static Type resultType(Value pattern) throws FunctionException {
    if (!(pattern instanceof Str(String text))) {
      return Type.DYNAMIC;
    }
    Pattern compiled = compile(0, text);
    Map<String, Integer> named = compiled.namedGroups();
    if (compiled.groupCount() == 0) {
      return Type.STRING;
    }
    if (named.isEmpty()) {
      return new Type.TupleType(Collections.nCopies(compiled.groupCount(), Type.STRING));
    }
    if (named.size() != compiled.groupCount()) {
      throw new FunctionException(
          0, "invalid regexp pattern: cannot mix both named and unnamed capture groups");
    }
    TreeMap<String, Type> types = new TreeMap<>();
    named.keySet().forEach(name -> types.put(name, Type.STRING));
    return Type.object(types);
  }

  private static Value first(Call call) throws FunctionException {
    Matcher matcher = compile(0, call.text(0)).matcher(call.text(1));
    if (!matcher.find()) {
      throw new FunctionException("pattern did not match any part of the given string");
    }
    return match(matcher);
  }

  private static Value all(Call call) throws FunctionException {
    Matcher matcher = compile(0, call.text(0)).matcher(call.text(1));
    List<Value> matches = new ArrayList<>();
    Matches found = new Matches(matcher, call.text(1));
    while (found.next()) {
      matches.add(match(matcher));
    }
    return new ListValue(
        call.resultType() instanceof Type.ListType(Type element) ? element : Type.DYNAMIC, matches);
  }

  /**
   * The matches of a pattern, one after the other. An empty one right at the end of the one before
   * is passed over, and after an empty one the search goes on at the next code point, both as in
   * Go.
   */
  private static final class Matches {
    private final Matcher matcher;
    private final String text;
    private int previousEnd = -1;
    private int from;

    private Matches(Matcher matcher, String text) {
      this.matcher = matcher;
      this.text = text;
    }

    /** Brings the matcher to the next match, if there is one. */
    boolean next() {
      while (from <= text.length() && matcher.find(from)) {
        int end = matcher.end();
        boolean empty = matcher.start() == end;
        boolean counts = !empty || end != previousEnd;
        previousEnd = end;
        from = empty ? afterCodePoint(end) : end;
        if (counts) {
          return true;
        }
      }
      return false;
    }

    private int afterCodePoint(int position) {
      return position < text.length()
          ? position + Character.charCount(text.codePointAt(position))
          : position + 1;
    }
  }

  private static Value match(Matcher matcher) {
    Map<String, Integer> named = matcher.pattern().namedGroups();
    if (matcher.groupCount() == 0) {
      return group(matcher.group());
    }
    if (named.isEmpty()) {
      List<Value> groups = new ArrayList<>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(group(matcher.group(i)));
      }
      return new TupleValue(groups);
    }
    TreeMap<String, Value> groups = new TreeMap<>();
    named.forEach((name, index) -> groups.put(name, group(matcher.group(index))));
    return new ObjectValue(groups);
  }

  private static Value group(@Nullable String text) {
    return text == null ? new Null(Type.STRING) : new Str(text);
  }

  private static Value replace(Call call) throws FunctionException {
    String text = call.text(0);
    String wanted = call.text(1);
    String replacement = call.text(2);
    if (wanted.isEmpty()) {
      // Between characters, and never within one that Java keeps in two halves.
      StringBuilder between = new StringBuilder(replacement);
      text.codePoints()
          .forEach(character -> between.appendCodePoint(character).append(replacement));
      return new Str(between.toString());
    }
    if (wanted.length() <= 1 || !wanted.startsWith("/") || !wanted.endsWith("/")) {
      return new Str(text.replace(wanted, replacement));
    }
    Matcher matcher = compile(1, wanted.substring(1, wanted.length() - 1)).matcher(text);
    StringBuilder replaced = new StringBuilder();
    Matches found = new Matches(matcher, text);
    int copied = 0;
    while (found.next()) {
      replaced.append(text, copied, matcher.start());
      expand(replaced, replacement, matcher);
      copied = matcher.end();
    }
    return new Str(replaced.append(text, copied, text.length()).toString());
  }

  /** Puts groups where the replacement names them: $1, $name, ${name}; $$ is a dollar. */
  private static void expand(StringBuilder output, String replacement, Matcher matcher) {
    int i = 0;
    while (i < replacement.length()) {
      char c = replacement.charAt(i);
      if (c != '$' || i + 1 == replacement.length()) {
        output.append(c);
        i++;
        continue;
      }
      if (replacement.charAt(i + 1) == '$') {
        output.append('$');
        i += 2;
        continue;
      }
      boolean braced = replacement.charAt(i + 1) == '{';
      int start = i + (braced ? 2 : 1);
      int end = start;
      while (end < replacement.length() && isNamePart(replacement.charAt(end))) {
        end++;
      }
      boolean closed = !braced || (end < replacement.length() && replacement.charAt(end) == '}');
      if (end == start || !closed) {
        output.append('$');
        i++;
        continue;
      }
      output.append(groupText(matcher, replacement.substring(start, end)));
      i = braced ? end + 1 : end;
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static String groupText(Matcher matcher, String name) {
    boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 6;
    int index =
        number
            ? Integer.parseInt(name)
            : matcher.pattern().namedGroups().getOrDefault(name, Integer.MAX_VALUE);
    String group = index <= matcher.groupCount() ? matcher.group(index) : null;
    return group == null ? "" : group;
  }
}
