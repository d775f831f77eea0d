package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Independent cases that are not part of the project: they are looked for in {@code
 * ../shared/cases} beside the checkout and the folders above it, and the test is skipped where they
 * are not there.
 */
class HclCasesTests {
  private static final String CASES = "shared/cases/hcl_expression_cases.json";

  @Test
  void what_is_valid_is_read_without_a_word() throws IOException {
    Optional<Path> file = find();
    assumeTrue(file.isPresent(), CASES + " is not beside this checkout: skipped");

    int checked = 0;
    for (JsonNode oneCase : new ObjectMapper().readTree(file.orElseThrow().toFile())) {
      String input = oneCase.get("input").asText();
      SourceFile source = SourceFile.of("case", input);
      Diagnostics diagnostics = new Diagnostics();
      Expression expression =
          oneCase.get("source").asText().contains("TestTemplateExpr")
              ? Parser.parseTemplate(source, diagnostics)
              : Parser.parseExpression(source, diagnostics);
      if (oneCase.get("diagCount").asInt() == 0) {
        assertThat(diagnostics.all()).as(input).isEmpty();
        assertThat(Outline.of(expression)).as(input).doesNotContain("invalid");
      } else {
        // The error may be one of evaluation; one of syntax must be one of those counted.
        assertThat(diagnostics.all().size())
            .as(input)
            .isLessThanOrEqualTo(oneCase.get("diagCount").asInt());
      }
      checked++;
    }
    assertThat(checked).isPositive();
  }

  private static Optional<Path> find() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve(CASES);
      if (Files.isReadable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
