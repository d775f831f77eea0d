package io.pgha.provider.artifact;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unified diff from a live text to a desired one that shows no secret: neither one of the desired
 * text, nor the other one that stands in its place in the live text.
 */
public final class TextDiff {
  private static final int CONTEXT = 3;

  /** A secret of fewer characters stands in too many places by chance. */
  private static final int LONG_ENOUGH = 4;

  /** Words that a live line with a secret of somebody else's is likely to hold. */
  private static final Pattern TELLTALE =
      Pattern.compile(
          "(?i)(pass(word|wd|phrase|_?file)?|secret\\w*|credentials?|\\w*token|stats\\s+auth|auth_pass|(api|access)[-_]?key\\w*)"
              + "\\b[\"']?\\s*[:= ]\\s*");

  private static final Pattern PRIVATE_KEY = Pattern.compile("-----(BEGIN|END) [A-Z ]*PRIVATE KEY");

  /** A password within a URL. */
  private static final Pattern USER_INFO = Pattern.compile("(://[^:@/\\s]*:)[^@/\\s]+(?=@)");

  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** A line of the desired text: as it is, as it may be shown, and what precedes its secret. */
  private record Line(String text, String shown, List<String> wordsBeforeSecret, boolean secret) {
    boolean isWhollySecret() {
      return secret && wordsBeforeSecret.isEmpty();
    }
  }

  private TextDiff() {}

  /**
   * The lines of the diff without file headers; empty where the texts are equal.
   *
   * @param live the live text, or an empty one where there is none
   * @param desired the desired text
   */
  public static List<String> of(String live, List<Fragment> desired) {
    List<Line> wanted = linesOf(desired);
    List<String> before = split(live);
    Patch<String> patch = DiffUtils.diff(before, wanted.stream().map(Line::text).toList());
    if (patch.getDeltas().isEmpty()) {
      return live.equals(Fragment.reveal(desired))
          ? List.of()
          : List.of("(only the line break at the end of the file differs)");
    }
    List<String> shown = new ArrayList<>();
    List<String> secrets =
        desired.stream()
            .filter(Fragment::secret)
            .flatMap(fragment -> fragment.text().lines())
            .filter(text -> text.length() >= LONG_ENOUGH)
            .toList();
    boolean wholeLines = wanted.stream().anyMatch(Line::isWhollySecret);
    boolean inKey = false;
    for (String line : before) {
      Matcher key = PRIVATE_KEY.matcher(line);
      boolean marker = key.find();
      inKey = marker ? key.group(1).equals("BEGIN") : inKey;
      // Where whole lines are secret, what somebody put beside them may be one too.
      boolean stranger = wholeLines && wanted.stream().noneMatch(other -> line.equals(other.text));
      String hidden = marker || inKey || stranger ? Fragment.HIDDEN : hide(line, wanted);
      for (String secret : secrets) {
        hidden = hidden.replace(secret, Fragment.HIDDEN);
      }
      shown.add(hidden);
    }
    hideCounterparts(patch, wanted, shown);
    return render(patch, before, wanted, shown);
  }

  /** The lines of the diff of two texts without secrets. */
  public static List<String> of(String live, String desired) {
    return of(live, List.of(Fragment.plain(desired)));
  }

  /** Hides what a live line may hold where a line of the desired text has its secret. */
  private static String hide(String line, List<Line> wanted) {
    boolean anySecret = false;
    for (Line other : wanted) {
      if (line.equals(other.text)) {
        return other.shown;
      }
      anySecret |= other.secret;
    }
    Matcher telltale = TELLTALE.matcher(line);
    if (telltale.find()) {
      return line.substring(0, telltale.end()) + Fragment.HIDDEN;
    }
    Matcher user = USER_INFO.matcher(line);
    if (user.find()) {
      return user.replaceAll("$1" + Matcher.quoteReplacement(Fragment.HIDDEN));
    }
    if (anySecret) {
      List<String> words = words(line);
      for (Line other : wanted) {
        if (other.secret && resembles(words, other.wordsBeforeSecret)) {
          return indent(line) + firstWord(line) + " " + Fragment.HIDDEN;
        }
      }
    }
    return line;
  }

  /** Whether a line begins like the words before a secret: at least half of them, and one. */
  private static boolean resembles(List<String> words, List<String> beforeSecret) {
    if (beforeSecret.isEmpty()) {
      return false;
    }
    int common = 0;
    while (common < Math.min(words.size(), beforeSecret.size())
        && words.get(common).equals(beforeSecret.get(common))) {
      common++;
    }
    return common * 2 >= beforeSecret.size();
  }

  /** In a change of lines, the live lines that give way to wholly secret ones are hidden. */
  private static void hideCounterparts(Patch<String> patch, List<Line> wanted, List<String> shown) {
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      int from = delta.getTarget().getPosition();
      boolean wholeSecret =
          wanted.subList(from, from + delta.getTarget().size()).stream()
              .anyMatch(Line::isWhollySecret);
      if (wholeSecret) {
        int source = delta.getSource().getPosition();
        for (int index = source; index < source + delta.getSource().size(); index++) {
          shown.set(index, Fragment.HIDDEN);
        }
      }
    }
  }

  /** Lets the library find the hunks, then puts the lines that may be shown in their place. */
  private static List<String> render(
      Patch<String> patch, List<String> before, List<Line> wanted, List<String> shown) {
    List<String> raw =
        UnifiedDiffUtils.generateUnifiedDiff("live", "desired", before, patch, CONTEXT);
    List<String> result = new ArrayList<>();
    int live = 0;
    int desired = 0;
    for (String line : raw.subList(2, raw.size())) {
      switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case '@' -> {
          live = start(line, '-');
          desired = start(line, '+');
          result.add(line);
        }
        case '-' -> result.add("-" + shown.get(live++));
        case '+' -> result.add("+" + wanted.get(desired++).shown);
        default -> {
          result.add(" " + shown.get(live++));
          desired++;
        }
      }
    }
    return result;
  }

  /** The index of the first line of a hunk, from its header {@code @@ -1,3 +1,4 @@}. */
  private static int start(String header, char side) {
    int at = header.indexOf(side) + 1;
    int end = at;
    while (Character.isDigit(header.charAt(end))) {
      end++;
    }
    return Math.max(0, Integer.parseInt(header.substring(at, end)) - 1);
  }

  private static List<String> split(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static List<Line> linesOf(List<Fragment> fragments) {
    List<Line> lines = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    StringBuilder shown = new StringBuilder();
    StringBuilder before = new StringBuilder();
    boolean secret = false;
    for (Fragment fragment : fragments) {
      String[] parts = fragment.text().split("\n", -1);
      for (int index = 0; index < parts.length; index++) {
        if (index > 0) {
          lines.add(new Line(text.toString(), shown.toString(), words(before.toString()), secret));
          text.setLength(0);
          shown.setLength(0);
          before.setLength(0);
          secret = false;
        }
        text.append(parts[index]);
        boolean hidden = fragment.secret() && !parts[index].isEmpty();
        shown.append(hidden ? Fragment.HIDDEN : parts[index]);
        secret |= hidden;
        if (!secret) {
          before.append(parts[index]);
        }
      }
    }
    if (!text.isEmpty()) {
      lines.add(new Line(text.toString(), shown.toString(), words(before.toString()), secret));
    }
    return lines;
  }

  private static List<String> words(String text) {
    return SEPARATORS
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private static String firstWord(String line) {
    String stripped = line.strip();
    int end = 0;
    while (end < stripped.length()
        && !Character.isWhitespace(stripped.charAt(end))
        && "=:".indexOf(stripped.charAt(end)) < 0) {
      end++;
    }
    return stripped.substring(0, end);
  }
}
