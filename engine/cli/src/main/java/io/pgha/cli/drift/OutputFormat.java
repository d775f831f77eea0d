package io.pgha.cli.drift;

import io.pgha.core.drift.DriftReport;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A format that a report can be written in. */
public enum OutputFormat {
  JSON {
    @Override
    public String text(DriftReport report, Workspace workspace) {
      return DriftDocument.of(report);
    }
  },
  JUNIT {
    @Override
    public String text(DriftReport report, Workspace workspace) {
      return DriftJUnit.of(report, workspace);
    }
  },
  SARIF {
    @Override
    public String text(DriftReport report, Workspace workspace) {
      return DriftSarif.of(report, workspace);
    }
  },
  MARKDOWN {
    @Override
    public String text(DriftReport report, Workspace workspace) {
      return DriftMarkdown.of(report, workspace);
    }
  },
  HTML {
    @Override
    public String text(DriftReport report, Workspace workspace) {
      return DriftPage.of(report);
    }
  },
  CODEQUALITY {
    @Override
    public String text(DriftReport report, Workspace workspace) {
      return CodeQuality.of(report, workspace);
    }
  };

  /** All words, for messages and help. */
  public static String words() {
    return Arrays.stream(values()).map(OutputFormat::word).collect(Collectors.joining(", "));
  }

  /**
   * The format that a word names.
   *
   * @throws OutputFailure where it names none
   */
  public static OutputFormat of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new OutputFailure(
                "usage",
                "There is no output format \"" + word + "\"",
                "The formats are " + words() + "."));
  }

  /** What the user calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The report in this format. */
  public abstract String text(DriftReport report, Workspace workspace);
}
