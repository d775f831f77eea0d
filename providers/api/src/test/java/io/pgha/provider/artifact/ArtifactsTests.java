package io.pgha.provider.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.ObjectValue;
import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.LastChange;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.testing.FakeMachines;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ArtifactsTests {
  private static final String HOST = "host.a";
  private static final String PATH = "/etc/app/app.conf";

  private final FakeMachines machines = new FakeMachines();
  private final Artifact.OfFile file = file("port = 1\n");
  private final Artifact.OfUnit unit = new Artifact.OfUnit(HOST, "app.service", true, true);
  private final List<Artifact> all =
      List.of(
          software("app"),
          software("client"),
          new Artifact.OfDirectory(HOST, "/etc/app", 0755, "root", "root"),
          file,
          unit);

  private static Artifact.OfFile file(String text) {
    return new Artifact.OfFile(
        HOST,
        PATH,
        List.of(Fragment.plain(text)),
        0640,
        "root",
        "app",
        Optional.empty(),
        Optional.of(PATH + ".orig"));
  }

  private static Artifact.OfPackage software(String name) {
    return new Artifact.OfPackage(HOST, name, Optional.empty(), Optional.empty());
  }

  private ArtifactComparison compare(List<Artifact> artifacts, List<ArtifactDigest> prior) {
    return Artifacts.compare(artifacts, machines.askedOnly(Artifacts.probes(artifacts)), prior);
  }

  private static List<String> words(List<PlacedStep> steps) {
    return steps.stream().map(each -> each.step().describe()).toList();
  }

  private List<ArtifactDigest> applyAll() {
    ArtifactComparison first = compare(all, List.of());
    machines.run(first.packageSteps());
    machines.run(first.fileSteps());
    machines.run(first.unitSteps());
    return Artifacts.read(all, machines);
  }

  @Nested
  class OnABareMachine {
    @Test
    void packagesAreInstalledInOneTransaction() {
      assertThat(words(compare(all, List.of()).packageSteps()))
          .containsExactly("install app, client");
    }

    @Test
    void directoriesComeBeforeFilesAndUnitsAreEnabledAndStarted() {
      ArtifactComparison comparison = compare(all, List.of());
      assertThat(words(comparison.fileSteps()))
          .containsExactly("make directory /etc/app", "write " + PATH);
      assertThat(words(comparison.unitSteps()))
          .containsExactly("systemctl enable app.service", "systemctl start app.service");
      assertThat(comparison.difference("file:" + PATH).orElseThrow().change())
          .satisfies(change -> {
            assertThat(change.kind()).isEqualTo(ArtifactChange.Kind.CREATE);
            assertThat(change.diff()).containsExactly("@@ -0,0 +1,1 @@", "+port = 1");
          });
    }

    @Test
    void afterTheStepsAllMatches() {
      assertThat(compare(all, applyAll()).matches()).isTrue();
    }

    @Test
    void nothingIsFound() {
      assertThat(Artifacts.find(all, machines).presence()).isEqualTo(Live.Presence.ABSENT);
    }
  }

  @Nested
  class ChangedByHand {
    private final List<ArtifactDigest> applied = applyAll();

    @Test
    void aFileIsWrittenAgainAndTheOriginalsBackupStays() {
      machines.file(HOST, PATH, "port = 2\n", 0640, "root", "app");
      ArtifactComparison comparison = compare(all, applied);
      assertThat(comparison.changes())
          .singleElement()
          .satisfies(change -> {
            assertThat(change.reason()).isEqualTo("changed outside pgha");
            assertThat(change.diff()).containsExactly("@@ -1,1 +1,1 @@", "-port = 2", "+port = 1");
          });
      assertThat(comparison.fileSteps().getFirst().step())
          .isInstanceOfSatisfying(
              Step.WriteFile.class, write -> assertThat(write.backup()).isEmpty());
    }

    @Test
    void aModeIsMendedWithoutWriting() {
      machines.file(HOST, PATH, "port = 1\n", 0666, "root", "app");
      ArtifactComparison comparison = compare(all, applied);
      assertThat(words(comparison.fileSteps()))
          .containsExactly("set " + PATH + " to 0640 root:app");
      assertThat(comparison.changes().getFirst().summary()).isEqualTo("mode 0666 -> 0640");
      assertThat(comparison.changes().getFirst().reason()).isEqualTo("changed outside pgha");
      assertThat(comparison.changed("file:" + PATH, Aspect.PERMISSIONS)).isTrue();
      assertThat(comparison.contentChanged("file:" + PATH)).isFalse();
    }

    @Test
    void aLinkInItsPlaceHasNoModeThatCouldDiffer() {
      machines.answer(
          HOST,
          new Probe.OfFile(PATH, Probe.Content.TEXT),
          new ProbeResult.Found<>(
              new FileFacts(
                  FileFacts.Kind.SYMLINK,
                  0777,
                  "root",
                  "root",
                  9,
                  Optional.empty(),
                  Optional.empty(),
                  false)));
      ArtifactComparison comparison = compare(all, applied);
      assertThat(comparison.changes().getFirst().summary()).isEqualTo("symbolic link -> file");
      assertThat(words(comparison.fileSteps())).containsExactly("write " + PATH);
    }

    @Test
    void aStoppedUnitIsStarted() {
      machines.unit(HOST, "app.service", true, false);
      ArtifactComparison comparison = compare(all, applied);
      assertThat(words(comparison.unitSteps())).containsExactly("systemctl start app.service");
      assertThat(comparison.changes().getFirst().summary()).isEqualTo("stopped -> running");
      assertThat(comparison.changes().getFirst().reason()).isEqualTo("changed outside pgha");
    }

    @Test
    void aMaskedUnitIsUnmaskedFirst() {
      machines.unit(
          HOST,
          "app.service",
          new UnitFacts("inactive", "dead", "masked", 0, 0, false, LastChange.UNKNOWN, List.of()));
      assertThat(words(compare(all, applied).unitSteps()))
          .containsExactly(
              "systemctl unmask app.service",
              "systemctl enable app.service",
              "systemctl start app.service");
    }

    @Test
    void aRemovedPackageIsInstalled() {
      machines.noSoftware(HOST, "client");
      ArtifactComparison comparison = compare(all, applied);
      assertThat(words(comparison.packageSteps())).containsExactly("install client");
      assertThat(comparison.changes().getFirst().reason()).isEqualTo("removed outside pgha");
    }

    @Test
    void driftIsSeenByDigestsAlone() {
      machines.file(HOST, PATH, "port = 2\n", 0600, "root", "app");
      machines.noSoftware(HOST, "client");
      assertThat(Artifacts.drift(applied, Artifacts.read(all, machines)))
          .extracting(ArtifactChange::key, ArtifactChange::summary)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("package:client", "no longer there"),
              org.assertj.core.groups.Tuple.tuple("file:" + PATH, "content, mode 0640 -> 0600"));
    }
  }

  @Test
  void aChangeOfConfigurationIsNotBlamedOnOthers() {
    List<ArtifactDigest> applied = applyAll();
    ArtifactComparison comparison = compare(List.of(file("port = 3\n")), applied);
    assertThat(comparison.changes().getFirst().reason()).isEqualTo("configuration changed");
  }

  @Test
  void aPackagesUntouchedFileMayBeReplacedAndIsKept() {
    machines.packageDefault(HOST, PATH, "port = 9\n");
    assertThat(Artifacts.find(all, machines).presence()).isEqualTo(Live.Presence.DEFAULT);
    assertThat(compare(all, List.of()).steps("file:" + PATH).getFirst().step())
        .isInstanceOfSatisfying(
            Step.WriteFile.class, write -> assertThat(write.backup()).contains(PATH + ".orig"));
  }

  @Test
  void anEditedFileIsForeign() {
    machines.file(HOST, PATH, "port = 9\n", 0644, "root", "root");
    Artifacts.Finding found = Artifacts.find(all, machines);
    assertThat(found.presence()).isEqualTo(Live.Presence.PRESENT);
    assertThat(found.found())
        .isEqualTo(
            "There is a file /etc/app/app.conf (9 bytes, 0644 root:root) that is no package's"
                + " untouched default.");
  }

  @Test
  void aFileWithASecretIsDigestedWithSaltAndComparesAllTheSame() {
    Artifact.OfFile secret =
        new Artifact.OfFile(
            HOST,
            PATH,
            List.of(Fragment.plain("password "), Fragment.secret("hunter2")),
            0600,
            "root",
            "root",
            Optional.empty(),
            Optional.empty());
    machines.file(HOST, PATH, "password hunter2", 0600, "root", "root");
    List<ArtifactDigest> applied = Artifacts.read(List.of(secret), machines);
    assertThat(applied.getFirst().facts())
        .containsKeys("salt", "sha256-salted")
        .doesNotContainKey("sha256");
    assertThat(Artifacts.read(List.of(secret), machines)).isEqualTo(applied);
    machines.file(HOST, PATH, "password other", 0600, "root", "root");
    assertThat(compare(List.of(secret), applied).changes().getFirst())
        .satisfies(change -> {
          assertThat(change.reason()).isEqualTo("changed outside pgha");
          assertThat(change.diff())
              .containsExactly("@@ -1,1 +1,1 @@", "-password (sensitive)", "+password (sensitive)");
        });
    assertThat(Artifacts.drift(applied, Artifacts.read(List.of(secret), machines))).hasSize(1);
    machines.file(HOST, PATH, "password hunter2", 0600, "root", "root");
    assertThat(Artifacts.drift(applied, Artifacts.read(List.of(file), machines))).isEmpty();
    assertThat(Artifacts.seen(applied, Artifacts.read(List.of(file), machines)))
        .as("what did not change, as it was kept")
        .isEqualTo(applied);
    machines.file(HOST, PATH, "password other", 0600, "root", "root");
    List<ArtifactDigest> seen = Artifacts.seen(applied, Artifacts.read(List.of(file), machines));
    assertThat(seen.getFirst().facts())
        .as("no plain digest of what held a secret")
        .containsKeys("salt", "sha256-salted")
        .doesNotContainKey("sha256");
    assertThat(seen).isEqualTo(Artifacts.read(List.of(secret), machines));
  }

  @Test
  void aFileThatStateKnowsNothingOfIsKeptSalted() {
    machines.file(HOST, PATH, "password hunter2", 0600, "root", "root");
    List<ArtifactDigest> plain = Artifacts.read(List.of(file), machines);
    assertThat(plain.getFirst().facts()).containsKey("sha256");
    Live live = new Live(Live.Presence.PRESENT, "", ObjectValue.EMPTY, plain, machines);
    List<ArtifactDigest> seen = Artifacts.seen(List.of(), live);
    assertThat(seen.getFirst().facts())
        .containsKeys("salt", "sha256-salted")
        .doesNotContainKey("sha256");
    assertThat(Artifacts.drift(seen, plain)).isEmpty();
    assertThat(Artifacts.seen(plain, live)).as("what it knows already").isEqualTo(plain);
  }

  @Test
  void aPinnedVersionOnHoldIsReleasedInstalledAndHeldAgain() {
    machines.software(HOST, "app", "1", true);
    Artifact pinned = new Artifact.OfPackage(HOST, "app", Optional.of("2"), Optional.of(true));
    assertThat(words(compare(List.of(pinned), List.of()).packageSteps()))
        .containsExactly("unhold app", "install app=2", "hold app");
  }

  @Test
  void removalStopsUnitsAndPutsTheOriginalBack() {
    applyAll();
    ArtifactComparison removal = Artifacts.removal(all, machines, Set.of());
    assertThat(words(removal.unitSteps()))
        .containsExactly("systemctl stop app.service", "systemctl disable app.service");
    assertThat(words(removal.fileSteps()))
        .containsExactly("remove " + PATH + ", or put back what was there before");
    assertThat(removal.packageSteps()).isEmpty();
    assertThat(words(Artifacts.removal(all, machines, Set.of("/etc/app")).fileSteps()))
        .contains("remove directory /etc/app");
  }

  @Test
  void whatCantBeSeenIsAnError() {
    machines.answer(
        HOST,
        new Probe.OfFile(PATH, Probe.Content.TEXT),
        new ProbeResult.Failed<>("Input/output error"));
    assertThat(compare(List.of(file), List.of()).failures())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.summary()).isEqualTo("Can't tell the state of file:" + PATH);
          assertThat(error.detail()).startsWith("Input/output error");
        });
  }
}
