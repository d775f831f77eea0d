package io.pgha.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as tables in Markdown, as docs/benchmarks.md has them. */
final class Report {
  private final Results results;
  private final List<Tool> tools;
  private final List<Integer> sizes;
  private final long limit;

  Report(Results results, List<Tool> tools, List<Integer> sizes, long limit) {
    this.results = results;
    this.tools = tools;
    this.sizes = sizes;
    this.limit = limit;
  }

  String text() {
    return times() + "\n" + growth();
  }

  private String times() {
    StringBuilder text = new StringBuilder("| instances | what |");
    tools.forEach(tool -> text.append(" ").append(tool.name()).append(" |"));
    text.append(tools.size() > 1 ? " times faster |" : "");
    tools.forEach(tool -> text.append(" memory of ").append(tool.name()).append(" |"));
    text.append("\n|").repeat("---|", tools.size() * 2 + (tools.size() > 1 ? 3 : 2)).append('\n');
    for (int size : sizes) {
      for (Step step : Step.values()) {
        text.append("| %,d | %s |".formatted(size, step.title()));
        tools.forEach(tool -> text.append(" ").append(time(key(size, step, tool))).append(" |"));
        if (tools.size() > 1) {
          text.append(" ").append(ratio(size, step)).append(" |");
        }
        tools.forEach(tool -> text.append(" ").append(memory(key(size, step, tool))).append(" |"));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static Results.Key key(int size, Step step, Tool tool) {
    return new Results.Key(size, step, tool.name());
  }

  private String time(Results.Key key) {
    if (results.gaveUp(key)) {
      return "not finished in %d s".formatted(limit);
    }
    return results
        .seconds(key)
        .map(Report::seconds)
        .orElseGet(() -> results.hopeless(key) ? "not tried (see above)" : "-");
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f s" : "%.1f s", value);
  }

  private String memory(Results.Key key) {
    return results
        .peakMib(key)
        .map(peak -> String.format(Locale.ROOT, "%,.0f MiB", peak))
        .orElse("-");
  }

  /** How many times as long the second takes as the first; a bound where it did not finish. */
  private String ratio(int size, Step step) {
    Results.Key first = key(size, step, tools.get(0));
    Results.Key second = key(size, step, tools.get(1));
    Optional<Double> fast = results.seconds(first);
    if (fast.isEmpty()) {
      return "-";
    }
    if (results.gaveUp(second)) {
      return String.format(Locale.ROOT, "more than %.1f", limit / fast.get());
    }
    return results
        .seconds(second)
        .map(slow -> String.format(Locale.ROOT, "%.1f", slow / fast.get()))
        .orElse("-");
  }

  private String growth() {
    StringBuilder text = new StringBuilder("| what | by | from | to | time grows as N to the |\n");
    text.append("|---|---|---|---|---|\n");
    for (Step step : Step.values()) {
      for (Tool tool : tools) {
        for (int i = 1; i < sizes.size(); i++) {
          int from = sizes.get(i - 1);
          int to = sizes.get(i);
          Optional<Double> before = results.seconds(key(from, step, tool));
          Optional<Double> after = results.seconds(key(to, step, tool));
          if (before.isPresent() && after.isPresent()) {
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %,d | %,d | %.2f |%n",
                    step.title(),
                    tool.name(),
                    from,
                    to,
                    Math.log(after.get() / before.get()) / Math.log((double) to / from)));
          }
        }
      }
    }
    return text.toString();
  }
}
