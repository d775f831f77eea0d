package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.patroni.DynamicDiff.ParameterChange;
import io.pgha.provider.patroni.RunningSettings.Difference;
import io.pgha.provider.patroni.RunningSettings.Remedy;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts right what servers run with other than declared, while the dynamic configuration is right
 * already. What takes a restart is restarted by {@link RestartSteps}.
 *
 * @param cluster the cluster
 * @param live how it is
 * @param differences what servers don't go by
 */
record SettingsRepair(ClusterConfig cluster, ClusterLive live, List<Difference> differences) {
  static SettingsRepair of(ClusterConfig cluster, ClusterLive live, List<ParameterChange> patched) {
    Set<String> names = new TreeSet<>(patched.stream().map(ParameterChange::name).toList());
    return new SettingsRepair(cluster, live, differences(cluster, live.answers(), names));
  }

  private static List<Difference> differences(
      ClusterConfig cluster, ProbeResults answers, Set<String> patched) {
    Map<String, Set<String>> local = new TreeMap<>();
    for (NodeConfig node : cluster.nodes()) {
      if (!node.host().isEmpty()) {
        local.put(node.name(), LiveNodeFile.of(node, answers).parameters().keySet());
      }
    }
    return RunningSettings.of(cluster, answers).differences(patched, local);
  }

  /** Each parameter that differs, with where the other value comes from on which server. */
  List<AttributeChange> changes() {
    Map<String, List<Difference>> byName =
        differences.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.setting().name(), TreeMap::new, Collectors.toList()));
    return byName.entrySet().stream()
        .map(each ->
            new AttributeChange(
                AttributePath.of("parameters").key(each.getKey()),
                new Str(each.getValue().getFirst().found()),
                new Str(each.getValue().getFirst().desired()),
                false,
                each.getValue().stream().map(Difference::reason).collect(Collectors.joining("; ")),
                false))
        .toList();
  }

  /** What somebody set by {@code ALTER SYSTEM} that nobody declared: told, and left alone. */
  List<Diagnostic> warnings() {
    List<String> undeclared = RunningSettings.of(cluster, live.answers()).undeclared();
    return undeclared.isEmpty()
        ? List.of()
        : List.of(
            Diagnostic.warning(
                    "altered-system",
                    "ALTER SYSTEM set parameters that are not declared",
                    String.join(", ", undeclared)
                        + ". Such a value holds on one server only and is lost with it. Declare it"
                        + " in parameters, or take it back with ALTER SYSTEM RESET there.")
                .about(cluster.address())
                .of(AttributePath.of("parameters")));
  }

  boolean restarts() {
    return differences.stream().anyMatch(Difference::restarts);
  }

  /** The members that must be restarted for it. */
  Set<String> restarted() {
    return differences.stream()
        .filter(Difference::restarts)
        .map(each -> each.setting().member().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Parameters that go right without the restart that a member may say it waits for. */
  Set<String> spared() {
    Set<String> spared = new TreeSet<>();
    differences.stream()
        .filter(each -> each.remedy() != Remedy.RESTART)
        .forEach(each -> spared.add(each.setting().name()));
    differences.stream()
        .filter(Difference::restarts)
        .forEach(each -> spared.remove(each.setting().name()));
    return spared;
  }

  /** Takes overrides back and has Patroni write and load its files anew, on each server. */
  List<PlacedStep> steps() {
    List<PlacedStep> steps = new ArrayList<>();
    Map<String, List<Difference>> byMember =
        differences.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.setting().member().name(), TreeMap::new, Collectors.toList()));
    byMember.forEach((name, found) -> {
      NodeConfig node = found.getFirst().setting().member();
      reset(node, found).ifPresent(steps::add);
      steps.add(PlacedStep.on(node.host(), new Step.UnitAction(UnitVerb.RELOAD, NodeLive.UNIT)));
      steps.add(
          PlacedStep.on(
              node.host(),
              new PatroniWake(node, cluster, live.credentials(node))
                  .step("wake Patroni on " + name + ", so that it is reloaded now")));
    });
    if (!byMember.isEmpty()) {
      steps.add(await(byMember.values()));
    }
    return steps;
  }

  private Optional<PlacedStep> reset(NodeConfig node, List<Difference> found) {
    List<String> names =
        found.stream()
            .filter(each -> each.remedy() == Remedy.RESET)
            .map(each -> each.setting().name())
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    // ALTER SYSTEM stands alone: it can't be a part of a transaction.
    StringBuilder sql = new StringBuilder();
    names.forEach(
        name -> sql.append("ALTER SYSTEM RESET ").append(SqlText.identifier(name)).append(";\n"));
    return Optional.of(
        PlacedStep.on(
            node.host(),
            new Step.RunSql(
                "ALTER SYSTEM RESET %s on %s".formatted(String.join(", ", names), node.name()),
                node.port(),
                cluster.socketDirectory(node),
                "postgres",
                List.of(Fragment.plain(sql.toString())),
                false,
                Duration.ofMinutes(1))));
  }

  private PlacedStep await(Collection<List<Difference>> found) {
    Set<String> restarted = restarted();
    Set<String> members =
        found.stream()
            .map(each -> each.getFirst().setting().member().name())
            .collect(Collectors.toCollection(TreeSet::new));
    List<PlacedProbe> probes = new ArrayList<>(RunningSettings.probes(cluster));
    probes.addAll(LiveNodeFile.probes(cluster.nodes()));
    probes.addAll(ClusterView.probes(cluster.nodes(), "/patroni"));
    return PlacedStep.on(
        cluster.nodes().getFirst().host(),
        new Step.Await(
            "wait until every server goes by what is declared, or waits for its restart only",
            probes,
            answers -> verdict(answers, members, restarted),
            Duration.ofSeconds(60 + 3 * cluster.values().integer("loop_wait").orElse(10L))));
  }

  private Verdict verdict(ProbeResults answers, Set<String> members, Set<String> restarted) {
    for (Difference left : differences(cluster, answers, Set.of())) {
      if (members.contains(left.setting().member().name()) && left.remedy() != Remedy.RESTART) {
        return new Verdict.NotYet(left.reason() + " (" + left.setting().name() + ")");
      }
    }
    for (NodeConfig node : cluster.nodes()) {
      if (members.contains(node.name())) {
        boolean flagged =
            ClusterView.answer(node, "/patroni", answers)
                .map(body -> Boolean.TRUE.equals(body.get("pending_restart")))
                .orElse(false);
        if (flagged != restarted.contains(node.name())) {
          return new Verdict.NotYet(
              "Patroni on "
                  + node.name()
                  + (flagged ? " still says" : " does not say yet")
                  + " that it waits for a restart");
        }
      }
    }
    return Verdict.holds();
  }
}
