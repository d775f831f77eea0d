package io.pgha.ssh.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResult.Absent;
import io.pgha.provider.probe.ProbeResult.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine's programs don't come to say is never told as absent. */
final class BrokenProgramsTests {
  private static final Path DPKG = Path.of("/var/lib/dpkg/status");
  private static final String KILLED = "{ sh -c 'kill -KILL $$'; }\n";

  @TempDir private Path folder;
  private Probe.OfFile there;
  private Probe.OfFile missing;
  private Probe.OfFile below;

  @BeforeEach
  void files() throws Exception {
    there = new Probe.OfFile(Files.writeString(folder.resolve("a"), "x").toString(), Content.TEXT);
    missing = new Probe.OfFile(folder.resolve("b").toString(), Content.DIGEST);
    below = new Probe.OfFile(folder.resolve("a/below").toString(), Content.TEXT);
  }

  private static Failed<?> failed(String reason) {
    return new Failed<>(reason);
  }

  @Test
  void aKilledFindTellsOfNoPath() throws Exception {
    Map<Probe<?>, ProbeResult<?>> answers = LocalShell.ask("find() " + KILLED, there, missing);

    assertThat(answers.values())
        .containsOnly(failed("find was killed, or did not end within 20 s"));
  }

  @Test
  void aFindThatIsKilledHalfWayToldOfWhatItTold() throws Exception {
    Map<Probe<?>, ProbeResult<?>> answers =
        LocalShell.ask(
            """
            find() { command find /proc/self/ '%s' -maxdepth 0 \\
              -printf '%%y/%%m/%%s/%%u/%%g/%%T@/%%C@/%%p\\0'; sh -c 'kill -KILL $$'; }
            """
                .formatted(there.path()),
            there,
            missing);

    assertThat(answers.get(there).found())
        .map(facts -> ((FileFacts) facts).text().orElse(""))
        .contains("x");
    assertThat(answers.get(missing))
        .isEqualTo(failed("find was killed, or did not end within 20 s"));
  }

  @Test
  void aPathThatCanNotBeLookedAtFailsAndThoseAtWhichNothingIsAreAbsent() throws Exception {
    Map<Probe<?>, ProbeResult<?>> answers =
        LocalShell.ask(
            """
            find() { echo "find: '%s': Input/output error
            find: '%s': No such file or directory
            find: '%s': Not a directory" >&2; return 1; }
            """
                .formatted(there.path(), missing.path(), below.path()),
            there,
            missing,
            below);

    assertThat(answers)
        .containsEntry(there, failed("find: '" + there.path() + "': Input/output error"))
        .containsEntry(missing, new Absent<>())
        .containsEntry(below, new Absent<>());
  }

  @Test
  void aMachineWithoutFindTellsOfNoPath() throws Exception {
    assertThat(LocalShell.ask("find() { return 127; }\n", missing))
        .containsEntry(
            missing, failed("find ended with status 127 and did not tell of " + missing.path()));
  }

  @Test
  void pathsAtWhichNothingIsAreAbsent() throws Exception {
    assertThat(LocalShell.ask("", there, missing, below))
        .containsEntry(missing, new Absent<>())
        .containsEntry(below, new Absent<>());
  }

  @Test
  void aKilledReaderOfDpkgsDatabaseTellsOfNoPackageAndOfNoConfigurationFile() throws Exception {
    assumeTrue(Files.isReadable(DPKG));
    Probe.OfPackage base = new Probe.OfPackage("dpkg");
    Probe.OfFile configuration = new Probe.OfFile("/etc/passwd", Content.DIGEST);
    Map<Probe<?>, ProbeResult<?>> answers =
        LocalShell.ask("sed() " + KILLED, base, configuration, there);

    assertThat(answers)
        .containsEntry(
            base, failed("what reads dpkg's database was killed, or did not end in time"))
        .containsEntry(
            configuration,
            failed("what dpkg knows of /etc/passwd could not be read (see `dpkg --audit` there)"));
    assertThat(answers.get(there).found()).isPresent();
  }

  @Test
  void aDatabaseThatCanNotBeReadIsSaidSo() throws Exception {
    assumeTrue(Files.isReadable(DPKG));
    Probe.OfPackage base = new Probe.OfPackage("dpkg");

    assertThat(LocalShell.ask("sed() { return 4; }\n", base))
        .containsEntry(
            base, failed("dpkg's database can't be read (status 4): it is damaged or locked"));
    assertThat(LocalShell.ask("", new Probe.OfPackage("no-such-package")).values())
        .containsOnly(new Absent<>());
  }
}
