package io.pgha.language.format;

import static io.pgha.language.format.CanonicalFormTests.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The canonical form is that of {@code terraform fmt}, byte for byte. Terraform is run where it is
 * installed; elsewhere these tests are skipped.
 */
class TerraformFormTests {
  private static final String CASES = "shared/cases/hcl_format_cases.json";
  private static final int RANDOM_TEXTS = 800;

  /**
   * Cases of hclwrite that Terraform formats otherwise, by their input, and how: it also takes away
   * interpolations that are a whole value, which hclwrite by itself does not.
   */
  private static final Map<String, String> OTHERWISE =
      Map.of("v = \"${\nhello\n}\"\n", "v = hello\n");

  /**
   * What pgha formats otherwise on purpose: Terraform's form of the first four has lost something,
   * and its form of the others is no valid configuration.
   */
  private static final Map<String, String> EXCEPTIONS = exceptions();

  @TempDir private Path folder;

  private static Map<String, String> exceptions() {
    Map<String, String> exceptions = new LinkedHashMap<>();
    exceptions.put("b /* c */ \"x\" {}\n", "b \"x\" {}\n");
    exceptions.put("b \"x\" /* c */ \"y\" {}\n", "b \"x\" \"y\" {}\n");
    exceptions.put("b \"a$b\" \"c\" {}\n", "b \"c\" {}\n");
    exceptions.put("b \"$${x}\" {}\n", "b {}\n");
    exceptions.put("a = \"${x # c\n+ y}\"\n", "a = x # c\n+ y\n");
    exceptions.put("a = \"${\n# c\nx}\"\n", "a = # c\nx\n");
    exceptions.put("a = \"${(x)\n+ (y)}\"\n", "a = (x)\n+ (y)\n");
    exceptions.put("b { a = \"${x # c\n}\" }\n", "b { a = x # c\n}\n");
    return exceptions;
  }

  @Test
  void of_every_file_of_the_project() {
    List<String> texts = projectFiles().stream().map(TerraformFormTests::read).toList();
    assertThat(texts).hasSizeGreaterThan(10);
    // One is a template of the benchmarks, which is no HCL before it is filled in.
    assertSame(texts, 1);
    assertSame(texts.stream().map(text -> text.replaceAll("(?m)^ +| +(?=[=#])", "")).toList(), 1);
  }

  @Test
  void of_texts_written_at_random() {
    List<String> texts =
        LongStream.range(0, RANDOM_TEXTS).mapToObj(seed -> new RandomSource(seed).file()).toList();
    // A few of them use a name twice or the like, which both refuse.
    assertSame(texts, RANDOM_TEXTS / 50);
  }

  @Test
  void of_the_cases_of_hclwrite() throws IOException {
    Map<String, String> cases = cases();
    OTHERWISE.forEach((input, form) -> assertThat(cases).containsKey(input));
    cases.forEach((input, want) ->
        assertThat(form(input)).as(input).isEqualTo(OTHERWISE.getOrDefault(input, want)));
    assertSame(List.copyOf(cases.keySet()), 0);
  }

  @Test
  void but_for_what_loses_or_breaks_something() {
    assumeTrue(Terraform.isPresent(), "there is no terraform 1.11.4 here: skipped");
    List<Optional<String>> theirs = Terraform.formatted(List.copyOf(EXCEPTIONS.keySet()), folder);
    assertThat(theirs).isEqualTo(EXCEPTIONS.values().stream().map(Optional::of).toList());
    EXCEPTIONS.forEach(
        (source, otherwise) -> assertThat(form(source)).as(source).isNotEqualTo(otherwise));
  }

  private void assertSame(List<String> texts, int refused) {
    assumeTrue(Terraform.isPresent(), "there is no terraform 1.11.4 here: skipped");
    List<Optional<String>> theirs = Terraform.formatted(texts, folder);
    int errors = 0;
    for (int i = 0; i < texts.size(); i++) {
      SourceFile file = SourceFile.of("x", texts.get(i));
      Diagnostics diagnostics = new Diagnostics();
      Optional<String> ours = CanonicalForm.of(file, diagnostics);
      assertThat(ours).as("%s\n%s", texts.get(i), diagnostics.all()).isEqualTo(theirs.get(i));
      errors += ours.isEmpty() ? 1 : 0;
    }
    assertThat(errors).isLessThanOrEqualTo(refused);
  }

  /** Each case as a file: what is none by itself is made a value. */
  private static Map<String, String> cases() throws IOException {
    Optional<Path> file = upwards(CASES);
    assumeTrue(file.isPresent(), CASES + " is not beside this checkout: skipped");
    Map<String, String> cases = new LinkedHashMap<>();
    for (JsonNode oneCase : new ObjectMapper().readTree(file.orElseThrow().toFile())) {
      String input = oneCase.get("input").asText();
      String want = oneCase.get("want").asText();
      if (isFile(input)) {
        cases.put(input, want);
      } else {
        cases.put("v = " + input.strip() + "\n", "v = " + want.strip() + "\n");
      }
    }
    return cases;
  }

  private static boolean isFile(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Parser.parseFile(SourceFile.of("x", text), diagnostics);
    return !diagnostics.hasErrors();
  }

  static List<Path> projectFiles() {
    Path root = upwards("examples/guide").orElseThrow().getParent().getParent();
    List<Path> found = new ArrayList<>();
    for (String part : List.of("engine", "examples", "modules", "providers", "docs")) {
      try (Stream<Path> files = Files.walk(root.resolve(part))) {
        files
            .filter(path -> path.toString().endsWith(".hcl"))
            .filter(path -> !path.toString().contains("/target/"))
            .sorted()
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static Optional<Path> upwards(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(name))) {
        return Optional.of(at.resolve(name));
      }
    }
    return Optional.empty();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
