package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One mistake makes one error: of what follows from it nothing is said. Each character of the
 * syntax, each line and each word of the guide's cluster is lost or changed, one at a time.
 */
class FollowUpsTests {
  private static final Pattern ERROR = Pattern.compile("(?m)^Error: ");

  @TempDir private Path folder;
  private String whole = "";

  /** How many errors each mistake makes that makes any. */
  private record Counts(List<Integer> errors) {
    /** How many of a hundred mistakes make one error only. */
    long single() {
      return 100 * errors.stream().filter(count -> count == 1).count() / errors.size();
    }

    int most() {
      return errors.stream().mapToInt(count -> count).max().orElseThrow();
    }
  }

  @BeforeEach
  void readTheGuide() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("variables", "machines", "database", "balancing")) {
      Path file = Documents.ROOT.resolve("examples/guide").resolve(name + ".pgha.hcl");
      all.append(Files.readString(file)).append('\n');
    }
    whole = all.toString();
    assertThat(errors(whole)).isZero();
  }

  @Test
  void aLostCharacterMakesOneErrorOrTwo() {
    Counts counts = mistakes("[{}\\[\\]()\"=.,]", found -> "");

    // Lost, some dots and commas in texts make another text.
    assertThat(counts.errors()).hasSizeGreaterThan(530);
    assertThat(counts.most()).isLessThanOrEqualTo(2);
    assertThat(counts.single()).isGreaterThanOrEqualTo(90);
  }

  @Test
  void aLostLineMakesOneErrorAndOneForEachUseOfWhatItSaid() {
    Counts counts = mistakes("(?m)^.+\n", found -> "");

    assertThat(counts.errors()).hasSizeGreaterThan(80);
    // The folder of the archive is used four times.
    assertThat(counts.most()).isLessThanOrEqualTo(4);
    assertThat(counts.single()).isGreaterThanOrEqualTo(85);
  }

  @Test
  void aMisspeltWordMakesOneErrorAndOneForEachUseOfItsName() {
    Counts counts =
        mistakes("\\b[a-z_]{4,}\\b", found -> found.substring(0, 1) + found.substring(2));

    assertThat(counts.errors()).hasSizeGreaterThan(200);
    // The passwords are used six times.
    assertThat(counts.most()).isLessThanOrEqualTo(6);
    assertThat(counts.single()).isGreaterThanOrEqualTo(85);
  }

  @Test
  void anErrorOfSeveralInstancesIsToldOnce() {
    Cli.Said said =
        new Cli(folder)
            .configure(
                """
                resource "host" "db" {
                  for_each = { a = 1, b = 2, c = 3 }
                  name     = each.key
                  address  = []
                }
                """)
            .run("validate");

    assertThat(ERROR.matcher(said.errors()).results().count()).isEqualTo(1);
    assertThat(said.errors().replaceAll("\\s+", " "))
        .contains("string required. The same holds for host.db[\"b\"], host.db[\"c\"].");
  }

  @Test
  void aMisspeltForEachIsTheOnlyErrorOfAllThatUsesIt() {
    Cli cli = new Cli(folder);
    String hosts =
        """
        resource "host" "db" {
          %s = { a = "192.0.2.1", b = "192.0.2.2" }
          name     = each.key
          address  = each.value
        }
        output "first" {
          value = host.db["a"].id
        }
        """;

    for (String wrong : List.of("for_eahc", "foreach", "fo_each", "for_eac")) {
      String errors = cli.configure(hosts.formatted(wrong)).run("validate").errors();
      assertThat(errors).contains("named \"" + wrong + "\"", "Did you mean \"for_each\"?");
      assertThat(ERROR.matcher(errors).results().count()).isEqualTo(1);
    }
    // What else is wrong is told all the same.
    cli.configure(hosts.formatted("foreach").replace("each.value", "each.valeu"));
    assertThat(ERROR.matcher(cli.run("validate").errors()).results().count()).isEqualTo(2);
    // Nor is anything made by it, be it nothing at all.
    for (String elements : List.of("{ a = 1 }", "{}")) {
      Cli.Said said =
          cli.configure("resource \"terraform_data\" \"a\" {\n  foreach = " + elements + "\n}\n")
              .run("apply", "-auto-approve");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).contains("named \"foreach\"");
    }
  }

  @Test
  void noArgumentIsTakenForAMisspeltForEach() {
    TypeRegistry types = Providers.types();

    assertThat(types.names()).isNotEmpty();
    for (String type : types.names()) {
      assertThat(types.type(type).orElseThrow().schema().attributes())
          .noneMatch(attribute ->
              NearestName.within(2, attribute.name(), List.of("for_each")).isPresent());
    }
  }

  @Test
  void whoTakesAnInstanceForItsIdIsToldWhatToAdd() {
    Cli cli = new Cli(folder);
    String member =
        """
        resource "host" "a" {
          name    = "a"
          address = "192.0.2.1"
        }
        resource "patroni_node" "a" {
          cluster = "x"
          host    = %s
        }
        """;

    assertThat(cli.configure(member.formatted("host.a")).run("validate").errors())
        .contains("string required. Did you mean its id? Then add \".id\".");
    assertThat(cli.configure(member.formatted("{ id = 1 }")).run("validate").errors())
        .contains("string required.")
        .doesNotContain("Did you mean");
  }

  @Test
  void whatLacksAnArgumentIsNotJudgedByTheRest() {
    Cli.Said said =
        new Cli(folder)
            .configure(
                """
                resource "host" "a" {
                  name    = "a"
                  address = "192.0.2.1"
                }
                resource "haproxy_lb" "a" {
                  host = host.a.id
                }
                """)
            .run("validate");

    assertThat(said.errors())
        .contains("The argument \"nodes\" is required")
        .doesNotContain("No nodes");
    assertThat(ERROR.matcher(said.errors()).results().count()).isEqualTo(1);
  }

  @Test
  void aSecretIsNotShownAndStillItIsSaidWhereItWasGiven() {
    Cli cli =
        new Cli(folder, Map.of("PGHA_VAR_list", "[s3cret"))
            .configure(
                """
                variable "number" {
                  sensitive = true
                  type      = number
                }
                variable "list" {
                  sensitive = true
                  type      = list(string)
                }
                """);

    assertThat(cli.run("plan", "-var=number=s3cret").errors().replaceAll("\\s+", " "))
        .contains("a number is required. Where it was given: -var number.")
        .contains("What was given by the environment variable PGHA_VAR_list is no expression.")
        .doesNotContain("s3cret");

    cli.configure(
        """
        variable "default" {
          sensitive = true
          type      = list(number)
          default = [
            "s3cret",
          ]
        }
        """);
    assertThat(cli.run("plan").errors())
        .contains("Invalid value for variable \"default\"")
        .doesNotContain("s3cret");
  }

  @Test
  void ofVeryManyErrorsTheFirstAreShown() {
    Cli cli = new Cli(folder).configure("wrong \"x\" {}\n".repeat(120));

    String errors = cli.run("validate").errors();
    assertThat(ERROR.matcher(errors).results().count()).isEqualTo(100);
    assertThat(errors).endsWith("And 20 more errors, which are not shown.\n\n");
    assertThat(cli.run("validate", "-json").out()).contains("\"error_count\" : 120");
  }

  private Counts mistakes(String pattern, Function<String, String> mistake) {
    List<Integer> counts = new ArrayList<>();
    for (MatchResult found : Pattern.compile(pattern).matcher(whole).results().toList()) {
      String wrong = mistake.apply(found.group());
      String text = whole.substring(0, found.start()) + wrong + whole.substring(found.end());
      int errors = errors(text);
      if (errors > 0) {
        counts.add(errors);
      }
    }
    return new Counts(counts);
  }

  private int errors(String text) {
    Cli.Said said = new Cli(folder).configure(text).run("validate");
    long errors = ERROR.matcher(said.errors()).results().count();
    assertThat(said.status()).as(text).isEqualTo(errors > 0 ? 1 : 0);
    return Math.toIntExact(errors);
  }
}
