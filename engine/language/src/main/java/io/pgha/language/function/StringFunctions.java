package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions that make strings of strings. */
final class StringFunctions {
  /** The most characters that an indentation may add. */
  private static final int LARGEST_INDENT = 64 << 20;

  private static final Pattern TRAILING_NEWLINES = Pattern.compile("(?:\r\n?|\n)*\\z");
  private static final Pattern OUTER_SPACE =
      Pattern.compile("^[\\p{IsWhite_Space}]+|[\\p{IsWhite_Space}]+$(?![\\s\\S])");
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  static final List<Function> ALL =
      List.of(
          ofString(
              "upper", "Converts letters to upper case.", t -> mapped(t, Character::toUpperCase)),
          ofString(
              "lower", "Converts letters to lower case.", t -> mapped(t, Character::toLowerCase)),
          ofString("title", "Converts the first letter of each word.", StringFunctions::title),
          ofString(
              "trimspace",
              "Removes white space at both ends.",
              t -> OUTER_SPACE.matcher(t).replaceAll("")),
          ofString(
              "chomp",
              "Removes newlines at the end.",
              t -> TRAILING_NEWLINES.matcher(t).replaceFirst("")),
          ofString("strrev", "Reverses the characters.", StringFunctions::reverse),
          Function.named("trim", "Removes the given characters at both ends.")
              .takes("str", Type.STRING)
              .takes("cutset", Type.STRING)
              .returns(Type.STRING, call -> new Str(trim(call.text(0), call.text(1)))),
          Function.named("trimprefix", "Removes a prefix if it is there.")
              .takes("str", Type.STRING)
              .takes("prefix", Type.STRING)
              .returns(
                  Type.STRING,
                  call ->
                      new Str(
                          call.text(0).startsWith(call.text(1))
                              ? call.text(0).substring(call.text(1).length())
                              : call.text(0))),
          Function.named("trimsuffix", "Removes a suffix if it is there.")
              .takes("str", Type.STRING)
              .takes("suffix", Type.STRING)
              .returns(
                  Type.STRING,
                  call ->
                      new Str(
                          call.text(0).endsWith(call.text(1))
                              ? call.text(0)
                                  .substring(0, call.text(0).length() - call.text(1).length())
                              : call.text(0))),
          Function.named("indent", "Indents all lines but the first.")
              .takes("spaces", Type.NUMBER)
              .takes("str", Type.STRING)
              .returns(
                  Type.STRING,
                  call -> {
                    int spaces = call.integer(0);
                    if (spaces < 0) {
                      throw new FunctionException(0, "the number of spaces must not be negative");
                    }
                    String text = call.text(1);
                    long added = text.chars().filter(c -> c == '\n').count() * spaces;
                    if (added > LARGEST_INDENT) {
                      throw new FunctionException(0, "the text would be larger than 64 MiB");
                    }
                    return new Str(
                        added == 0 ? text : text.replace("\n", "\n" + " ".repeat(spaces)));
                  }),
          Function.named("substr", "Takes a part by offset and length in characters.")
              .takes("str", Type.STRING)
              .takes("offset", Type.NUMBER)
              .takes("length", Type.NUMBER)
              .returns(
                  Type.STRING,
                  call -> new Str(substring(call.text(0), call.integer(1), call.integer(2)))),
          Function.named("split", "Divides at each occurrence of a separator.")
              .takes("separator", Type.STRING)
              .takes("str", Type.STRING)
              .returns(Type.list(Type.STRING), call -> split(call.text(0), call.text(1))),
          Function.named("join", "Concatenates strings with a separator between them.")
              .takes("separator", Type.STRING)
              .takesAny(Parameter.of("lists", Type.list(Type.STRING)).unknownInside())
              .returns(Type.STRING, StringFunctions::join),
          Function.named("startswith", "Tells whether a string starts with a prefix.")
              .takes(Parameter.of("str", Type.STRING).unknown())
              .takes("prefix", Type.STRING)
              .returns(Type.BOOL, StringFunctions::startsWith),
          test(
              "endswith", "Tells whether a string ends with a suffix.", "suffix", String::endsWith),
          Function.named("strcontains", "Tells whether a string contains another.")
              .takes(Parameter.of("str", Type.STRING).unknown())
              .takes("substr", Type.STRING)
              .returns(
                  Type.BOOL,
                  call -> {
                    if (call.value(0) instanceof Unknown(_, Refinement refinement)) {
                      return refinement.prefix().contains(call.text(1))
                          ? Bool.TRUE
                          : new Unknown(Type.BOOL, Refinement.NOT_NULL);
                    }
                    return Bool.of(call.text(0).contains(call.text(1)));
                  }));

  private StringFunctions() {}

  private static Function ofString(
      String name, String description, UnaryOperator<String> operation) {
    return Function.named(name, description)
        .takes("str", Type.STRING)
        .returns(Type.STRING, call -> new Str(operation.apply(call.text(0))));
  }

  private static Function test(
      String name, String description, String other, BiPredicate<String, String> test) {
    return Function.named(name, description)
        .takes("str", Type.STRING)
        .takes(other, Type.STRING)
        .returns(Type.BOOL, call -> Bool.of(test.test(call.text(0), call.text(1))));
  }

  private static Value startsWith(Call call) {
    String prefix = call.text(1);
    if (call.value(0) instanceof Unknown(_, Refinement refinement)) {
      String known = refinement.prefix();
      if (known.startsWith(prefix)) {
        return Bool.TRUE;
      }
      return prefix.startsWith(known) ? new Unknown(Type.BOOL, Refinement.NOT_NULL) : Bool.FALSE;
    }
    return Bool.of(call.text(0).startsWith(prefix));
  }

  /** Each character on its own: the length stays, a ligature has no capital. */
  private static String mapped(String text, IntUnaryOperator mapping) {
    int[] points = text.codePoints().map(mapping).toArray();
    return new String(points, 0, points.length);
  }

  private static String title(String text) {
    StringBuilder titled = new StringBuilder();
    boolean start = true;
    for (int point : text.codePoints().toArray()) {
      titled.appendCodePoint(start ? Character.toTitleCase(point) : point);
      start =
          point < 0x80
              ? !Character.isLetterOrDigit(point) && point != '_'
              : Character.isWhitespace(point) || Character.isSpaceChar(point);
    }
    return titled.toString();
  }

  private static String trim(String text, String characters) {
    Set<Integer> cut = characters.codePoints().boxed().collect(Collectors.toSet());
    int[] points = text.codePoints().toArray();
    int start = 0;
    int end = points.length;
    while (start < end && cut.contains(points[start])) {
      start++;
    }
    while (end > start && cut.contains(points[end - 1])) {
      end--;
    }
    return new String(points, start, end - start);
  }

  /** What people take for characters: grapheme clusters. */
  static List<String> characters(String text) {
    return GRAPHEME.matcher(text).results().map(result -> result.group()).toList();
  }

  private static String reverse(String text) {
    return String.join("", characters(text).reversed());
  }

  private static String substring(String text, int offset, int length) {
    List<String> characters = characters(text);
    int start = offset < 0 ? Math.max(0, offset + characters.size()) : offset;
    if (start >= characters.size() || length == 0) {
      return "";
    }
    int end =
        length < 0 ? characters.size() : (int) Math.min(characters.size(), (long) start + length);
    return String.join("", characters.subList(start, end));
  }

  private static Value split(String separator, String text) {
    List<Value> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      text.codePoints().forEach(point -> parts.add(new Str(Character.toString(point))));
    } else {
      for (String part : text.split(Pattern.quote(separator), -1)) {
        parts.add(new Str(part));
      }
    }
    return new ListValue(Type.STRING, parts);
  }

  private static Value join(Call call) throws FunctionException {
    if (call.arguments().size() < 2) {
      throw new FunctionException("at least two arguments are required");
    }
    List<String> parts = new ArrayList<>();
    boolean open = false;
    for (int i = 1; i < call.arguments().size(); i++) {
      List<Value> elements = call.elements(i);
      for (int j = 0; j < elements.size(); j++) {
        Value element = elements.get(j);
        if (element.isNull()) {
          throw new FunctionException(
              i,
              call.arguments().size() == 2
                  ? "element " + j + " is null; cannot concatenate null values"
                  : "element "
                      + j
                      + " of list "
                      + (i - 1)
                      + " is null; cannot concatenate null"
                      + " values");
        }
        open |= !element.isKnown();
        parts.add(element instanceof Str(String text) ? text : "");
      }
    }
    Value result =
        open
            ? new Unknown(Type.STRING, Refinement.NOT_NULL)
            : new Str(String.join(call.text(0), parts));
    return result;
  }
}
