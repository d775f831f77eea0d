package io.pgha.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks Terraform what expressions give. It prints only the last result of a pipe, so the
 * expressions become local values, and one tuple of all of them is asked for, with a label before
 * each; what is wrong with one is told by its line.
 */
final class TerraformConsole {
  private static final String FILE = "expressions.tf";
  private static final Pattern LABEL = Pattern.compile("(?m)^  \"#(\\d+)\",$");
  private static final Pattern ERROR =
      Pattern.compile("Error: ([^\\n]*)\\n(?:[^\\n]*\\n)*?\\s*on ([^\\n]+?) line (\\d+)");
  private static final Pattern SUMMARY = Pattern.compile("Error: ([^\\n]*)");
  private static final int MOST_PASSES = 20;

  private final Path folder;

  /** Asks in a folder with a configuration. */
  TerraformConsole(Path folder) {
    this.folder = folder;
  }

  /** The answers to expressions that can be written down in a file, by expression. */
  Map<String, Answer> all(List<String> expressions) throws IOException {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      List<String> asked = expressions.stream().filter(each -> !answers.containsKey(each)).toList();
      Cli.Said said = ask(asked);
      errors(said.errors(), asked).forEach(answers::putIfAbsent);
      if (said.status() == 0) {
        values(said.out(), asked).forEach(answers::putIfAbsent);
        return answers;
      }
    }
    throw new IllegalStateException("Terraform does not take these expressions");
  }

  private Cli.Said ask(List<String> expressions) throws IOException {
    StringBuilder text = new StringBuilder("locals {\n");
    StringBuilder question = new StringBuilder("[");
    for (int i = 0; i < expressions.size(); i++) {
      text.append("e").append(i).append(" = ").append(expressions.get(i)).append('\n');
      question.append("\"#").append(i).append("\", local.e").append(i).append(", ");
    }
    Files.writeString(folder.resolve(FILE), text.append("}\n"));
    Cli.Said said = Terraform.run(folder, question.append("\"#end\"]\n").toString(), "console");
    Files.delete(folder.resolve(FILE));
    return said;
  }

  private static Map<String, Answer> errors(String text, List<String> expressions) {
    Map<Integer, String> byLine = new LinkedHashMap<>();
    int line = 2;
    for (String expression : expressions) {
      for (int i = expression.split("\n", -1).length; i > 0; i--) {
        byLine.put(line++, expression);
      }
    }
    Map<String, Answer> errors = new LinkedHashMap<>();
    Matcher matcher = ERROR.matcher(plain(text));
    while (matcher.find()) {
      String expression = byLine.get(Integer.valueOf(matcher.group(3)));
      if (matcher.group(2).equals(FILE) && expression != null) {
        errors.putIfAbsent(expression, new Answer(true, matcher.group(1)));
      }
    }
    return errors;
  }

  private static Map<String, Answer> values(String text, List<String> expressions) {
    Map<String, Answer> values = new LinkedHashMap<>();
    Matcher matcher = LABEL.matcher(text);
    int start = -1;
    int index = -1;
    while (matcher.find()) {
      put(values, text, start, matcher.start(), expressions, index);
      start = matcher.end();
      index = Integer.parseInt(matcher.group(1));
    }
    put(values, text, start, text.indexOf("  \"#end\",\n]"), expressions, index);
    return values;
  }

  private static void put(
      Map<String, Answer> values,
      String text,
      int start,
      int end,
      List<String> expressions,
      int index) {
    if (start >= 0) {
      // Without the line feed and two spaces before it, the comma and line feed after it.
      values.put(expressions.get(index), new Answer(false, text.substring(start + 3, end - 2)));
    }
  }

  /** The answer to each expression of one line, asked for alone. */
  Map<String, Answer> each(List<String> expressions) throws Exception {
    Map<String, Answer> answers = new LinkedHashMap<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Callable<Answer>> questions = new ArrayList<>();
      expressions.forEach(expression -> questions.add(() -> alone(expression)));
      List<Future<Answer>> answered = executor.invokeAll(questions);
      for (int i = 0; i < expressions.size(); i++) {
        answers.put(expressions.get(i), answered.get(i).get());
      }
    }
    return answers;
  }

  private Answer alone(String expression) throws IOException {
    // It locks the state, so each has a folder of its own.
    Path own = Files.createTempDirectory(folder, "alone");
    Files.copy(folder.resolve("main.tf"), own.resolve("main.tf"));
    Cli.Said said = Terraform.run(own, expression + "\n", "console");
    if (said.status() == 0) {
      return new Answer(false, said.out().substring(0, Math.max(0, said.out().length() - 1)));
    }
    Matcher summary = SUMMARY.matcher(plain(said.errors()));
    return new Answer(true, summary.find() ? summary.group(1) : said.errors());
  }

  private static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("(?m)^[│╷╵] ?", "");
  }

  /**
   * What an expression gives.
   *
   * @param error whether that is an error
   * @param text the value, or the error's summary
   */
  record Answer(boolean error, String text) {
    /** Whether both are the same value, or both an error. */
    boolean agreesWith(Answer other) {
      return error ? other.error : !other.error && text.equals(other.text);
    }

    @Override
    public String toString() {
      return (error ? "error: " : "") + text;
    }
  }
}
