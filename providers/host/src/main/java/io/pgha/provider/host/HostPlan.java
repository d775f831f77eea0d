package io.pgha.provider.host;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What takes one host from how it is to how it should be. */
final class HostPlan {
  private static final Set<String> SYSTEMS = Set.of("debian", "ubuntu");
  private static final Set<String> RELEASES =
      Set.of(
          "bookworm",
          "trixie",
          "forky",
          "sid",
          "jammy",
          "noble",
          "plucky",
          "questing",
          "bullseye",
          "focal");

  private final PlanRequest request;
  private final String host;
  private final Values values;
  private final Contents contents;
  private final Optional<MachineFacts> machine;

  HostPlan(PlanRequest request) {
    this.request = request;
    this.host = request.instance().address();
    this.values = Values.of(request.instance());
    this.contents = new Contents(request.instance());
    this.machine = request.live().answers().get(host, new Probe.OfMachine()).found();
  }

  /** Removes the files that were written; packages, services and the name stay as they are. */
  Change removal() {
    List<Artifact> written = new ArrayList<>(contents.files());
    contents.sources().stream().filter(Artifact.OfFile.class::isInstance).forEach(written::add);
    ArtifactComparison removal = Artifacts.removal(written, request.live().answers(), Set.of());
    return new Change(
        Action.DELETE,
        List.of(),
        removal.changes(),
        Effect.NONE,
        List.of(),
        removal.fileSteps(),
        ObjectValue.EMPTY,
        removal.failures());
  }

  Change change() {
    List<Diagnostic> diagnostics = new ArrayList<>();
    machine.ifPresent(facts -> judge(facts, diagnostics));
    ArtifactComparison comparison =
        Artifacts.compare(
            HostType.artifacts(request.instance(), request.live().answers()),
            request.live().answers(),
            request.prior().map(Prior::artifacts).orElse(List.of()));
    diagnostics.addAll(comparison.failures());
    diagnostics.addAll(strangers());
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return Change.refused(diagnostics);
    }
    List<AttributeChange> attributes = AttributeComparison.of(HostSchema.SCHEMA, request);
    List<ArtifactChange> artifacts = new ArrayList<>(comparison.changes());
    List<PlacedStep> steps = new ArrayList<>();
    rename(artifacts, steps);
    steps.addAll(sources(comparison));
    List<String> gone =
        request.prior().map(prior -> contents.gone(prior.attributes())).orElse(List.of());
    gone.forEach(path -> steps.add(remove(path, artifacts)));
    if (isAptChanged(comparison, gone)) {
      steps.add(on(new Step.RefreshPackageLists()));
    }
    steps.addAll(comparison.packageSteps());
    contents.files().forEach(file -> steps.addAll(comparison.steps(file.key())));
    steps.addAll(comparison.unitSteps());
    ObjectValue computed = computed();
    boolean nothing =
        request.owned()
            && (request.prior().isEmpty() || attributes.isEmpty())
            && artifacts.isEmpty()
            && steps.isEmpty();
    return new Change(
        nothing ? Action.NO_OP : request.prior().isPresent() ? Action.UPDATE : Action.CREATE,
        nothing ? List.of() : attributes,
        artifacts,
        Effect.NONE,
        List.of(),
        steps,
        computed,
        diagnostics);
  }

  private List<PlacedStep> sources(ArtifactComparison comparison) {
    List<PlacedStep> steps = new ArrayList<>();
    contents.sources().forEach(artifact -> steps.addAll(comparison.steps(artifact.key())));
    return steps;
  }

  private boolean isAptChanged(ArtifactComparison comparison, List<String> gone) {
    return gone.stream().anyMatch(path -> path.startsWith("/etc/apt/"))
        || contents.sources().stream()
            .filter(Artifact.OfFile.class::isInstance)
            .anyMatch(artifact -> comparison.contentChanged(artifact.key()));
  }

  private PlacedStep remove(String path, List<ArtifactChange> artifacts) {
    artifacts.add(
        new ArtifactChange(
            host,
            "file:" + path,
            ArtifactChange.Kind.DELETE,
            "removed",
            List.of(),
            "no longer in the configuration"));
    String script =
        """
        if [ -e %2$s ]; then mv -f -- %2$s %1$s; else rm -f -- %1$s; fi
        """
            .formatted(Shell.quote(path), Shell.quote(path + ".before-pgha"));
    return on(
        new Step.RunScript(
            "remove " + path + ", or put back what was there before",
            script,
            List.of(),
            Duration.ofSeconds(30)));
  }

  /** Gives the machine its name where it has another. */
  private void rename(List<ArtifactChange> artifacts, List<PlacedStep> steps) {
    String name = values.text(HostSchema.NAME);
    if (!values.bool(HostSchema.MANAGE_NAME).orElse(true)
        || name.isEmpty()
        || machine.isEmpty()
        || isNamed(machine.get(), name)) {
      return;
    }
    artifacts.add(
        new ArtifactChange(
            host,
            "host-name",
            ArtifactChange.Kind.UPDATE,
            "%s -> %s".formatted(machine.get().hostName(), name),
            List.of(),
            request.prior().isPresent() ? "changed outside pgha" : ""));
    String script =
        """
        name=%s
        if ! hostnamectl set-hostname "$name" 2>/dev/null; then
          printf '%%s\\n' "$name" > /etc/hostname.pgha && mv -f /etc/hostname.pgha /etc/hostname
          hostname "$name" 2>/dev/null || printf '%%s' "$name" > /proc/sys/kernel/hostname
        fi
        [ "$(uname -n)" = "$name" ]
        """
            .formatted(Shell.quote(name));
    steps.add(
        on(
            new Step.RunScript(
                "set the host name to " + name, script, List.of(), Duration.ofSeconds(30))));
  }

  /** A machine may give its name with its domain. */
  private static boolean isNamed(MachineFacts facts, String name) {
    return facts.hostName().equals(name)
        || (!name.contains(".") && facts.hostName().startsWith(name + "."));
  }

  private void judge(MachineFacts facts, List<Diagnostic> diagnostics) {
    String name = values.text(HostSchema.NAME);
    if (!SYSTEMS.contains(facts.osId())) {
      diagnostics.add(
          Diagnostic.error(
                  "unsupported-system",
                  "Not a Debian or Ubuntu machine",
                  "%s runs %s %s. pgha installs with apt and supports Debian 12 and 13 and Ubuntu 22.04 and 24.04."
                      .formatted(name, facts.osId(), facts.osVersion()))
              .about(host)
              .on(name));
      return;
    }
    values
        .map(HostSchema.SOURCES)
        .forEach((source, value) -> {
          if (value.unmarked() instanceof ObjectValue object) {
            new Values(object)
                .string("suite")
                .ifPresent(suite -> suite(source, suite, facts, diagnostics));
          }
        });
    if (!values.bool(HostSchema.MANAGE_NAME).orElse(true) && !isNamed(facts, name)) {
      diagnostics.add(
          Diagnostic.warning(
                  "other-host-name",
                  "The machine has another name",
                  "It is called %s there and %s here. With manage_host_name = true pgha renames it."
                      .formatted(facts.hostName(), name))
              .about(host)
              .of(AttributePath.of(HostSchema.NAME)));
    }
    diagnostics.addAll(Clock.warnings(name, facts));
  }

  private void suite(
      String source, String suite, MachineFacts facts, List<Diagnostic> diagnostics) {
    String release = suite.split("[-/]", 2)[0];
    if (RELEASES.contains(release) && !release.equals(facts.osCodename())) {
      diagnostics.add(
          Diagnostic.error(
                  "suite-of-another-release",
                  "An apt source for another release",
                  "%s is for %s, but %s runs %s %s (%s): its packages would break this machine. Write %s."
                      .formatted(
                          suite,
                          release,
                          values.text(HostSchema.NAME),
                          facts.osId(),
                          facts.osVersion(),
                          facts.osCodename(),
                          suite.replaceFirst(release, facts.osCodename())))
              .about(host)
              .of(AttributePath.of(HostSchema.SOURCES).key(source).name("suite")));
    }
  }

  /** A file that was added to the configuration of a known host may be somebody else's. */
  private List<Diagnostic> strangers() {
    if (request.prior().isEmpty()) {
      return List.of();
    }
    Set<String> known =
        request.prior().get().artifacts().stream()
            .map(ArtifactDigest::key)
            .collect(java.util.stream.Collectors.toSet());
    List<Artifact> added = new ArrayList<>(contents.files());
    added.addAll(contents.sources());
    added.removeIf(artifact -> known.contains(artifact.key()));
    Artifacts.Finding finding = Artifacts.find(added, request.live().answers());
    // What was written a moment ago, in this very apply, says what is declared.
    boolean written =
        Artifacts.compare(added, request.live().answers(), List.of()).differences().stream()
            .noneMatch(difference -> difference.artifact() instanceof Artifact.OfFile);
    return finding.presence() != Live.Presence.PRESENT || written
        ? List.of()
        : List.of(
            Diagnostic.error(
                    "already-there",
                    "Something is there already",
                    finding.found()
                        + " pgha did not make it and leaves it untouched. Move it away first, or"
                        + " leave it out of the configuration.")
                .about(host));
  }

  /** What state keeps of the facts; those that move by themselves are left out. */
  private ObjectValue computed() {
    ObjectValue live = HostType.attributes(request.instance(), request.live().answers());
    Optional<Num> before =
        request
            .prior()
            .map(prior -> prior.attributes().get(HostSchema.MEMORY))
            .filter(Num.class::isInstance)
            .map(Num.class::cast);
    return before.isPresent()
            && live.get(HostSchema.MEMORY) instanceof Num now
            && isSameMemory(before.get(), now)
        ? live.with(HostSchema.MEMORY, before.get())
        : live;
  }

  /** Another kernel may leave a little more or less, even across a step of the rounding. */
  private static boolean isSameMemory(Num before, Num now) {
    long step = HostType.step(now.value().longValue());
    return Math.abs(before.value().longValue() - now.value().longValue()) <= step;
  }

  private PlacedStep on(Step step) {
    return PlacedStep.on(host, step);
  }
}
