package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.patroni.ClusterView.Member;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another minor version of PostgreSQL on a node: in the node's turn the package is replaced and the
 * server restarted by Patroni. A leader hands over first and is restarted as a replica.
 *
 * @param node the node
 * @param live how it is
 * @param artifacts how its packages differ
 */
record NodeUpgrade(NodeConfig node, NodeLive live, ArtifactComparison artifacts) {
  private static final Duration RESTART = Duration.ofMinutes(10);
  private static final Pattern MINOR = Pattern.compile("(?:\\d+:)?(\\d+)\\.(\\d+)\\D.*");

  /** The key of the server's package. */
  static String key(ClusterConfig cluster) {
    return "package:" + NodeLive.packages(cluster).getFirst();
  }

  /** Whether the package is replaced under a running server. */
  private boolean replaces() {
    return live.runs() && artifacts.changed(key(live.cluster()), Aspect.VERSION);
  }

  /** The installed version as the server counts it, such as 170011; empty where it is no such. */
  private Optional<BigDecimal> installed() {
    return live.answers()
        .get(node.host(), new Probe.OfPackage(NodeLive.packages(live.cluster()).getFirst()))
        .found()
        .map(PackageFacts::version)
        .map(MINOR::matcher)
        .filter(Matcher::matches)
        .map(minor ->
            new BigDecimal(minor.group(1))
                .multiply(BigDecimal.valueOf(10_000))
                .add(new BigDecimal(minor.group(2))));
  }

  private Optional<BigDecimal> running() {
    return ClusterView.number(live.patroni(), "server_version");
  }

  /** Whether the server was started before the package that is installed now came. */
  private boolean isStale() {
    return installed().isPresent()
        && running().filter(version -> version.compareTo(installed().get()) != 0).isPresent();
  }

  /** Whether the server must be restarted for the version that is asked for. */
  boolean isDue() {
    return replaces() || (live.runs() && node.packageVersion().isPresent() && isStale());
  }

  private static String words(BigDecimal version) {
    int number = version.intValue();
    return number / 10_000 + "." + number % 10_000;
  }

  /** A restart that was left behind an upgrade. */
  Optional<AttributeChange> difference() {
    return isDue() && !replaces()
        ? Optional.of(
            new AttributeChange(
                AttributePath.of("package_version"),
                new Str(words(running().orElseThrow())),
                new Str(words(installed().orElseThrow())),
                false,
                "the server still runs the former version: it needs a restart",
                false))
        : Optional.empty();
  }

  /** The same where nobody asked for a version: told, and left to a person. */
  Optional<Diagnostic> warning() {
    return live.runs() && node.packageVersion().isEmpty() && isStale()
        ? Optional.of(
            Diagnostic.warning(
                    "former-version",
                    node.name() + " still runs PostgreSQL " + words(running().orElseThrow()),
                    "Version "
                        + words(installed().orElseThrow())
                        + " is installed: somebody upgraded the package. Restart it with"
                        + " patronictl restart, or set package_version and let pgha do it node by"
                        + " node; hold_packages = true keeps it from happening unseen.")
                .about(node.instance().address())
                .on(node.name()))
        : Optional.empty();
  }

  private Optional<Member> successor() {
    return live.view().stream()
        .flatMap(view -> view.members().stream())
        .filter(member -> !member.leads() && member.state().equals("streaming"))
        .filter(member ->
            live.cluster().nodes().stream()
                .anyMatch(other -> other.name().equals(member.name()) && !other.neverLeads()))
        .min(
            Comparator.comparing((Member member) -> !member.isSynchronous())
                .thenComparing(Member::name));
  }

  private boolean handsOver() {
    return live.leads() && successor().isPresent();
  }

  Effect effect() {
    return handsOver()
        ? new Effect(Effect.Kind.SWITCHOVER, "switchover, then restart of the former leader")
        : new Effect(
            Effect.Kind.RESTART, "restart of " + (live.leads() ? "the leader" : "a replica"));
  }

  /** The steps; none where nothing is due. */
  List<PlacedStep> steps() {
    if (!isDue()) {
      return List.of();
    }
    List<PlacedStep> steps = new ArrayList<>();
    if (handsOver()) {
      String next = successor().orElseThrow().name();
      steps.add(
          request(
              "POST /switchover from " + node.name() + " to " + next,
              "/switchover",
              Trees.json(java.util.Map.of("leader", node.name(), "candidate", next))));
      steps.add(awaitReplica());
    }
    steps.addAll(artifacts.packageSteps());
    steps.add(request("POST /restart to " + node.name(), "/restart", "{}"));
    return steps;
  }

  private PlacedStep request(String description, String path, String body) {
    return PlacedStep.on(
        node.host(),
        new Step.SendHttp(
            description,
            "POST",
            node.api() + path,
            List.of(Fragment.plain(body)),
            LiveNodeFile.of(node, live.answers())
                .restCredentials()
                .or(live.cluster()::restCredentials),
            Set.of(200),
            RESTART));
  }

  private PlacedStep awaitReplica() {
    return PlacedStep.on(
        node.host(),
        new Step.Await(
            "wait until " + node.name() + " streams as a replica",
            ClusterView.probes(List.of(node), "/patroni"),
            answers -> {
              String state =
                  ClusterView.answer(node, "/patroni", answers)
                      .map(body -> ClusterView.text(body, "replication_state"))
                      .orElse("");
              return Verdict.when(
                  state.equals("streaming"), node.name() + " does not stream as a replica yet");
            },
            RESTART));
  }
}
