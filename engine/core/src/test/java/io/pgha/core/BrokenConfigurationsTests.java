package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a configuration, planning it ends: with a plan, or with errors that say what
 * is wrong. Whole configurations whose words and lines are taken away, doubled, exchanged and
 * replaced by others, as people edit them.
 *
 * <p>For {@code -Dpgha.fuzz.seconds=N} (30 by default, 300 with {@code -Dpgha.long=true}), from
 * {@code -Dpgha.fuzz.seed=N} on: 1 by default, any with {@code -Dpgha.long=true}.
 */
final class BrokenConfigurationsTests {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*|\"[^\"\\n]*\"|\\d+|\\s+|.");

  private static final String MODULE =
      """
      variable "size" {
        type    = number
        default = 1
        validation {
          condition     = var.size > 0
          error_message = "The size is ${var.size}."
        }
      }
      resource "terraform_data" "inner" {
        count = var.size
        input = { size = var.size, number = count.index }
      }
      output "ids" { value = terraform_data.inner[*].id }
      output "secret" {
        value     = sensitive("s")
        sensitive = true
      }
      """;

  private static final List<String> TEXTS =
      List.of(
          """
          variable "names" {
            type    = map(object({ size = optional(number, 2), tags = optional(list(string), []) }))
            default = { a = {}, b = { size = 3, tags = ["x", "y"] } }
          }
          locals {
            sizes = { for name, each in var.names : name => each.size if each.size > 0 }
            all   = flatten([for each in values(var.names) : each.tags])
            text  = "%{ for name in keys(var.names) ~}${upper(name)} %{ endfor ~}"
          }
          resource "terraform_data" "one" {
            for_each = local.sizes
            input    = { name = each.key, size = each.value, text = local.text }
            lifecycle {
              create_before_destroy = true
              ignore_changes        = [input.text]
              precondition {
                condition     = each.value < 100
                error_message = "Too large: ${each.value}."
              }
            }
          }
          module "m" {
            source   = "./m"
            for_each = toset(keys(var.names))
            size     = length(local.all) + 1
          }
          output "ids" {
            value = merge({ for name, each in terraform_data.one : name => each.id }, { m = module.m["a"].ids })
          }
          check "sizes" {
            assert {
              condition     = alltrue([for size in values(local.sizes) : size > 1])
              error_message = "One is small: ${jsonencode(local.sizes)}"
            }
          }
          moved {
            from = terraform_data.old["a"]
            to   = terraform_data.one["a"]
          }
          """,
          """
          variable "on" {
            type      = bool
            default   = true
            sensitive = false
          }
          resource "terraform_data" "source" { input = var.on ? ["a", null] : [] }
          resource "terraform_data" "user" {
            count            = var.on ? 2 : 0
            input            = try(terraform_data.source.output[count.index], "none")
            triggers_replace = [terraform_data.source.id, one(module.m[*].secret)]
            depends_on       = [module.m]
            lifecycle {
              replace_triggered_by = [terraform_data.source]
              prevent_destroy      = false
            }
          }
          module "m" {
            source = "./m"
            count  = 1
          }
          removed {
            from = terraform_data.gone
            lifecycle { destroy = false }
          }
          import {
            to = terraform_data.source
            id = "x"
          }
          output "first" {
            value       = var.on ? terraform_data.user[0].output : null
            description = "The first of them."
            precondition {
              condition     = can(regex("^[a-z]*$", coalesce(terraform_data.user[0].output, "")))
              error_message = <<-EOT
                It is ${format("%q", terraform_data.user[0].output)}.
              EOT
            }
          }
          """);

  @TempDir Path folder;

  @Test
  void planningEndsAndThrowsNothing() throws Exception {
    boolean thorough = Boolean.getBoolean("pgha.long");
    long seed = Long.getLong("pgha.fuzz.seed", thorough ? System.nanoTime() : 1L);
    long seconds = Long.getLong("pgha.fuzz.seconds", thorough ? 300L : 30L);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long tried = 0;
    long planned = 0;
    for (; tried < 2 || System.nanoTime() < end; tried++) {
      Random random = new Random(seed + tried);
      boolean inModule = random.nextInt(4) == 0;
      String text = TEXTS.get(random.nextInt(TEXTS.size()));
      String root = inModule ? text : broken(text, random);
      String module = inModule ? broken(MODULE, random) : MODULE;
      planned += plan(root, module, "-Dpgha.fuzz.seed=" + (seed + tried)) ? 1 : 0;
    }
    // Else the rest would show nothing but that nonsense is refused.
    assertThat(tried < 200 || planned > tried / 50)
        .as("%d of %d are planned", planned, tried)
        .isTrue();
    System.out.println(
        "fuzz: " + tried + " configurations from seed " + seed + ", " + planned + " planned");
  }

  private boolean plan(String root, String module, String seed) throws Exception {
    Workbench bench = new Workbench(folder).configure(root).module(module);
    CompletableFuture<Optional<Plan>> future = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                future.complete(bench.plan());
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            },
            "plan",
            1L << 29);
    thread.setDaemon(true);
    thread.start();
    try {
      Optional<Plan> plan = future.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(plan.isPresent() || bench.diagnostics().hasErrors()).as(seed).isTrue();
      return plan.isPresent();
    } catch (ExecutionException | TimeoutException e) {
      Path kept = Files.createDirectories(Path.of("target")).resolve("broken.pgha.hcl");
      Files.writeString(kept, root + "\n# The module:\n" + module);
      return fail("%s, %s".formatted(seed, kept), e);
    }
  }

  private static String broken(String text, Random random) {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
    List<String> words =
        TEXTS.stream()
            .flatMap(each -> TOKEN.matcher(each).results().map(MatchResult::group))
            .filter(each -> !each.isBlank())
            .toList();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(6)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        case 2 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
        case 3, 4 -> {
          String word = words.get(random.nextInt(words.size()));
          int place = nextAlike(tokens, at, word);
          tokens.set(place, word);
        }
        default -> {
          int from = tokens.subList(0, at).lastIndexOf("\n") + 1;
          int to = Math.min(tokens.size(), at + random.nextInt(20));
          tokens.subList(from, to).clear();
          if (tokens.isEmpty()) {
            tokens.add("\n");
          }
        }
      }
    }
    return String.join("", tokens);
  }

  /** The next token of the kind of a word: what is still well-formed reaches further. */
  private static int nextAlike(List<String> tokens, int from, String word) {
    for (int i = 0; i < tokens.size(); i++) {
      int at = (from + i) % tokens.size();
      String token = tokens.get(at);
      if (Character.isLetter(token.charAt(0)) == Character.isLetter(word.charAt(0))
          && Character.isDigit(token.charAt(0)) == Character.isDigit(word.charAt(0))
          && !token.isBlank()) {
        return at;
      }
    }
    return from;
  }
}
