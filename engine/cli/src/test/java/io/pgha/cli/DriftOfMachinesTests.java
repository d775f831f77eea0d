package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgha drift} as a whole, where somebody has changed a file on a machine. */
class DriftOfMachinesTests {
  private static final String MOTD = "/etc/motd";
  private static final String ISSUE = "/etc/issue";

  @TempDir private Path folder;
  private final MachinesInMemory machines = new MachinesInMemory();

  /** A root with machines that have two files each, as applied. */
  private Cli applied(String root, String... addresses) throws Exception {
    Files.createDirectories(folder.resolve(root));
    Cli cli = new Cli(folder.resolve(root), machines).configure(configuration("", addresses));
    Cli.Said said = cli.run("apply", "-auto-approve");
    assertThat(said.status()).as(said.errors()).isZero();
    return cli;
  }

  private static String configuration(String more, String... addresses) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < addresses.length; i++) {
      text.append(
          """
          resource "host" "%s" {
            name    = "m-%s"
            address = "%s"
            files = {
              "/etc/motd"  = { content = "hello\\n" }
              "/etc/issue" = { content = "welcome%s\\n" }
            }
          }
          """
              .formatted((char) ('a' + i), (char) ('a' + i), addresses[i], i == 0 ? more : ""));
    }
    return text.toString();
  }

  @Nested
  class RepairPlan {
    @Test
    void repairsOnlyTheDriftWhereConfigurationIsPendingBesideIt() throws Exception {
      Cli cli = applied("r", "10.0.0.1", "10.0.0.2");
      cli.configure(configuration(" back", "10.0.0.1", "10.0.0.2"));
      machines.write("10.0.0.2", MOTD, "by hand\n");
      Cli.Said drift = cli.run("drift", "-repair-plan=repair.plan", "-pending-exitcode=5");
      assertThat(drift.status()).as(drift.errors()).isEqualTo(2);
      assertThat(drift.out()).contains("Not applied yet", "host.a  files");

      Cli.Said repaired = cli.run("apply", "repair.plan");
      assertThat(repaired.status()).as(repaired.errors()).isZero();
      assertThat(repaired.out()).contains("Apply complete: 0 added, 1 changed, 0 destroyed.");
      assertThat(machines.read("10.0.0.2", MOTD)).isEqualTo("hello\n");
      assertThat(machines.read("10.0.0.1", ISSUE)).isEqualTo("welcome\n");
      Cli.Said after = cli.run("drift", "-pending-exitcode=5");
      assertThat(after.status()).isEqualTo(5);
      assertThat(after.out()).contains("host.a  files", "No drift.");
    }

    @Test
    void leavesOutWhatHasDriftedAndIsPendingToo() throws Exception {
      Cli cli = applied("r", "10.0.0.1", "10.0.0.2");
      cli.configure(configuration(" back", "10.0.0.1", "10.0.0.2"));
      machines.write("10.0.0.1", MOTD, "by hand\n");
      Cli.Said drift = cli.run("drift", "-repair-plan=repair.plan");
      assertThat(drift.status()).isEqualTo(2);
      assertThat(drift.out()).doesNotContain("repair:");
      assertThat(drift.errors())
          .contains(
              "Warning: Not in the repair plan: host.a",
              "Their configuration was changed and not applied yet",
              "Warning: No repair plan was written");
      assertThat(folder.resolve("r/repair.plan")).doesNotExist();
    }

    @Test
    void isRefusedAfterAnotherApply() throws Exception {
      Cli cli = applied("r", "10.0.0.1", "10.0.0.2");
      machines.write("10.0.0.2", MOTD, "by hand\n");
      assertThat(cli.run("drift", "-repair-plan=repair.plan").status()).isEqualTo(2);
      assertThat(cli.run("apply", "-auto-approve").status()).isZero();
      machines.write("10.0.0.2", MOTD, "by another hand\n");

      Cli.Said refused = cli.run("apply", "repair.plan");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.errors().replaceAll("\\s+", " "))
          .contains(
              "repair.plan no longer holds",
              "The state was changed since the plan was made. What was planned may be done already,"
                  + " or undo what was done since. Look again: pgha -chdir=",
              "/r drift -repair-plan=repair.plan");
      assertThat(machines.read("10.0.0.2", MOTD)).isEqualTo("by another hand\n");
    }

    @Test
    void isNotMadeAndNotNamedWhereAnAddressIsToChange() throws Exception {
      Cli cli = applied("r", "10.0.0.1", "10.0.0.2");
      cli.configure(
          configuration("", "10.0.0.1", "10.0.0.2").replace("\"a\" {", "\"first\" {")
              + "moved {\n  from = host.a\n  to   = host.first\n}\n");
      machines.write("10.0.0.2", MOTD, "by hand\n");
      Cli.Said drift = cli.run("drift", "-repair-plan=repair.plan");
      assertThat(drift.status()).as(drift.errors()).isEqualTo(2);
      assertThat(drift.out()).contains("host.first  move  from host.a").doesNotContain("repair:");
      assertThat(drift.errors().replaceAll("\\s+", " "))
          .contains("Not in the repair plan: host.b", "host.a to host.first. Run pgha apply");
      assertThat(folder.resolve("r/repair.plan")).doesNotExist();
    }
  }

  @Nested
  class Ignored {
    private static String entry(String address, String path, LocalDate expires) {
      return """
      ignore {
        address   = %s
        attribute = "file:%s"
        reason    = "ticket 4711"
        expires   = "%s"
      }
      """
          .formatted(address, path, expires);
    }

    private void ignore(String root, String... entries) throws Exception {
      Files.writeString(folder.resolve(root).resolve(".pghaignore"), String.join("", entries));
    }

    private final LocalDate later = LocalDate.now(ZoneId.systemDefault()).plusDays(7);
    private final LocalDate before = LocalDate.now(ZoneId.systemDefault()).minusDays(7);

    @Test
    void isWhatTheFileSaysAndItsEntriesAreToldWhereTheyAreOfNoUse() throws Exception {
      Cli cli = applied("r", "10.0.0.1", "10.0.0.2");
      machines.write("10.0.0.1", MOTD, "by hand\n");
      machines.write("10.0.0.1", ISSUE, "by hand\n");
      ignore(
          "r",
          entry("host.a", MOTD, later),
          entry("host.a", ISSUE, before),
          entry("host.b", ISSUE, later));
      Cli.Said run = cli.run("drift");
      assertThat(run.status()).as(run.errors()).isEqualTo(2);
      assertThat(run.out())
          .contains("host.a  file:/etc/issue", "Drift: 1 finding (1 degraded).")
          .doesNotContain("* degraded  host.a  file:/etc/motd")
          .containsSubsequence(
              "- ignored until " + later + ": file:/etc/motd: ",
              "(ticket 4711; .pghaignore:1)",
              "! .pghaignore:7: expired on " + before + "; what it is about is told again",
              "! .pghaignore:13: nothing was found for it: remove it, or look for a slip");

      machines.write("10.0.0.1", ISSUE, "welcome\n");
      assertThat(cli.run("drift").status()).as("all that is left is ignored").isZero();
    }

    @Test
    void ofEachOfSeveralRootsIsWhatItsOwnFileSays() throws Exception {
      applied("clusters/one", "10.0.0.1");
      applied("clusters/two", "10.0.0.2");
      machines.write("10.0.0.1", MOTD, "by hand\n");
      machines.write("10.0.0.2", MOTD, "by hand\n");
      ignore("clusters/one", entry("host.a", MOTD, later));
      Path json = folder.resolve("drift.json");
      Cli.Said run =
          new Cli(folder.resolve("clusters/*"), machines).run("drift", "-out=json=" + json);
      assertThat(run.status()).as(run.errors()).isEqualTo(2);
      assertThat(run.out()).contains("2 roots: 1 clean, 1 with drift.");
      JsonNode roots = new ObjectMapper().readTree(Files.readString(json)).path("roots");
      assertThat(roots.path(0).path("ignored")).hasSize(1);
      assertThat(roots.path(0).path("findings")).isEmpty();
      assertThat(roots.path(1).path("ignored")).isEmpty();
      assertThat(roots.path(1).path("findings")).hasSize(1);
    }
  }

  @Nested
  class Together {
    private final CountDownLatch inside = new CountDownLatch(2);
    private final AtomicInteger met = new AtomicInteger();

    /** Each machine answers only when the other is asked too, or after a minute. */
    private void meet() {
      machines.atLook(() -> {
        inside.countDown();
        try {
          if (inside.await(1, TimeUnit.MINUTES)) {
            met.incrementAndGet();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    }

    @Test
    void areTheHostsOfARootAsked() throws Exception {
      Cli cli = applied("r", "10.0.0.1", "10.0.0.2");
      meet();
      assertThat(cli.run("drift").status()).isZero();
      assertThat(met).hasValue(2);
    }

    @Test
    void areSeveralRootsLookedAt() throws Exception {
      applied("clusters/one", "10.0.0.1");
      applied("clusters/two", "10.0.0.2");
      meet();
      Cli.Said run = new Cli(folder.resolve("clusters/*"), machines).run("drift");
      assertThat(run.status()).as(run.errors()).isZero();
      assertThat(run.out()).contains("2 roots: 2 clean.");
      assertThat(met).hasValue(2);
    }
  }

  @Nested
  class Reports {
    @Test
    void areWrittenWhereOneOfThemHasNoRoom() throws Exception {
      Cli cli = applied("r", "10.0.0.1");
      Path junit = folder.resolve("drift.xml");
      Path history = folder.resolve("history");
      for (String hand : List.of("hello\n", "by hand\n")) {
        machines.write("10.0.0.1", MOTD, hand);
        Cli.Said run =
            cli.run("drift", "-out=json=/dev/full", "-out=junit=" + junit, "-record=" + history);
        assertThat(run.status()).as("clean or not, a report is missing").isEqualTo(1);
        assertThat(run.errors())
            .isEqualTo(
                """
                Error: A document was not written

                  /dev/full: No space left on device
                  All else was written. See that there is room and that this user may write
                  there, or name another file; then run pgha drift again.

                """);
        assertThat(junit).content().contains("<testsuite");
        Files.delete(junit);
      }
      assertThat(history.toFile().list()).hasSize(2);
    }
  }
}
