package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A source in which a line {@code # ERROR: summary} says what error the next line must have. What
 * follows the summary after a {@code |} must be in the detail.
 */
final class MarkedSource {
  private static final String MARK = "# ERROR: ";

  private MarkedSource() {}

  /** Parses the source and holds its errors against the marks; gives what was parsed. */
  static NativeBody check(String source) {
    Diagnostics diagnostics = new Diagnostics();
    NativeBody body = Parser.parseFile(SourceFile.of("test.pgha.hcl", source), diagnostics);
    List<String> expected = new ArrayList<>();
    List<String> details = new ArrayList<>();
    List<String> lines = source.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(MARK)) {
        int target = i;
        while (lines.get(target).strip().startsWith(MARK)) {
          target++;
        }
        String[] parts = line.substring(MARK.length()).split(" \\| ", 2);
        expected.add(target + 1 + ": " + parts[0]);
        details.add(parts.length > 1 ? parts[1] : "");
      }
    }
    assertThat(diagnostics.all().stream().map(MarkedSource::place))
        .containsExactlyElementsOf(expected);
    for (int i = 0; i < details.size(); i++) {
      assertThat(diagnostics.all().get(i).detail()).contains(details.get(i));
    }
    return body;
  }

  private static String place(Diagnostic diagnostic) {
    return diagnostic.subject().orElseThrow().start().line() + ": " + diagnostic.summary();
  }
}
