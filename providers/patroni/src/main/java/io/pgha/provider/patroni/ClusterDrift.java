package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.patroni.RunningSettings.Setting;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is told of a cluster that is not as it was last applied. Who leads is none of it. */
final class ClusterDrift {
  private final ClusterConfig cluster;
  private final ClusterLive live;
  private final Map<String, Object> patch;
  private final List<RunningSettings.Difference> running;

  private ClusterDrift(ClusterConfig cluster, ClusterLive live) {
    this.cluster = cluster;
    this.live = live;
    Map<String, Object> config = live.config().orElse(Map.of());
    this.patch = DynamicDiff.patch(cluster.dynamicConfiguration(), config);
    this.running =
        SettingsRepair.of(cluster, live, DynamicDiff.parameters(patch, config)).differences();
  }

  static List<Difference> of(PlanRequest applied, List<Difference> differences) {
    ClusterConfig cluster = ClusterConfig.of(applied.instance());
    ClusterLive live = ClusterLive.of(cluster, applied.live().answers());
    return new ClusterDrift(cluster, live).of(differences);
  }

  private List<Difference> of(List<Difference> differences) {
    if (differences.stream().anyMatch(each -> each.code().equals("gone"))) {
      return List.of(keysMissing());
    }
    List<Difference> told = new ArrayList<>();
    for (Difference each : differences) {
      switch (each.code()) {
        case "attribute" -> told.add(attribute(each));
        case "altered-system" -> told.addAll(undeclared());
        case "no-leader" -> told.add(leaderless(each.detail()));
        case "undeclared-member" -> told.addAll(foreign());
        case "no-effect" -> {}
        default -> told.add(each);
      }
    }
    if (live.isBootstrapped() && !live.hasMembers()) {
      told.add(
          leaderless(
              "No node of it is registered in etcd: Patroni runs nowhere, or does not reach etcd."
                  + " See journalctl -u patroni on the nodes."));
    }
    told.addAll(primaries());
    return told;
  }

  private Difference keysMissing() {
    return PatroniFinding.KEYS_MISSING
        .on("", "scope", "the cluster under " + cluster.prefix() + " in etcd", "no such keys")
        .because(
            "Without them nobody knows which data is the cluster's: a node that starts empty would"
                + " begin another one. Restore etcd, or start Patroni on the node with the newest"
                + " data only.");
  }

  private Difference leaderless(String detail) {
    return PatroniFinding.NO_LEADER
        .on("", "", "a leader", live.view().isPresent() ? "no leader" : "no node answers")
        .because(detail);
  }

  private Difference attribute(Difference each) {
    AttributePath path = AttributePath.parse(each.subject());
    String argument = name(path.steps().getFirst());
    String name = name(path.steps().getLast());
    if (argument.equals("superuser") || argument.equals("replication")) {
      return PatroniFinding.ROLE_PASSWORD.like(each);
    }
    if (argument.equals("dynamic_settings") && name.equals("pause")) {
      return PatroniFinding.PAUSED
          .on("", each.subject(), "not paused", "paused")
          .because(
              "While it is paused nobody takes over when the leader fails. Resume it with patronictl"
                  + " -c "
                  + NodeFile.PATH
                  + " resume, or apply.");
    }
    List<RunningSettings.Difference> servers =
        argument.equals("parameters")
            ? running.stream().filter(one -> one.setting().name().equals(name)).toList()
            : List.of();
    if (!servers.isEmpty()) {
      return onServers(each, name, servers);
    }
    if (each.detail().contains("waits for a restart")) {
      return PatroniFinding.PENDING_RESTART.like(each).because(restart(waiting()));
    }
    boolean undeclared = each.expected().equals("none");
    Difference told =
        (undeclared ? PatroniFinding.DYNAMIC_UNDECLARED : PatroniFinding.DYNAMIC).like(each);
    Set<String> names = names(path);
    boolean hidden = undeclared && names.stream().anyMatch(SettingGrade::mayHoldSecret);
    return new Difference(
        told.code(),
        told.subject(),
        told.host(),
        names.stream().map(SettingGrade::of).max(Grade::compareTo).orElse(Grade.DEGRADED),
        undeclared ? "not set" : told.expected(),
        hidden ? Fragment.HIDDEN : told.found().equals("none") ? "not set" : told.found(),
        undeclared
            ? "Somebody set it in Patroni's dynamic configuration, and nobody declares it."
            : "Somebody changed it in Patroni's dynamic configuration.",
        List.of(),
        told.since());
  }

  private static String name(AttributePath.Step step) {
    return switch (step) {
      case AttributePath.Name(String name) -> name;
      case AttributePath.Key(String key) -> key;
      case AttributePath.Index _ -> "";
      case AttributePath.Element _ -> "";
    };
  }

  /** The names on the way to a setting, and those of all that differs below it. */
  private Set<String> names(AttributePath path) {
    Set<String> names = new TreeSet<>();
    Optional<Object> at = Optional.empty();
    for (AttributePath.Step step : path.steps()) {
      String name = name(step);
      names.add(name);
      // An argument such as dynamic_settings is no level of the configuration.
      Map<?, ?> level = at.isEmpty() ? patch : at.get() instanceof Map<?, ?> map ? map : Map.of();
      Object below = level.get(name);
      if (below != null) {
        at = Optional.of(below);
      }
    }
    at.ifPresent(below -> collect(below, names));
    return names;
  }

  private static void collect(Object tree, Set<String> names) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((name, below) -> {
        names.add(String.valueOf(name));
        collect(below, names);
      });
    }
  }

  private static Difference onServers(
      Difference each, String name, List<RunningSettings.Difference> servers) {
    Set<PatroniFinding> kinds = new LinkedHashSet<>();
    servers.forEach(server -> kinds.add(kind(server.remedy())));
    PatroniFinding kind = kinds.iterator().next();
    Set<String> hosts = new TreeSet<>();
    servers.forEach(server -> hosts.add(server.setting().member().host()));
    Difference like = kind.like(each);
    return new Difference(
        like.code(),
        like.subject(),
        hosts.size() == 1 ? hosts.iterator().next() : "",
        kind == PatroniFinding.PENDING_RESTART ? Grade.DEGRADED : SettingGrade.of(name),
        like.expected(),
        like.found(),
        like.detail(),
        List.of(),
        like.since());
  }

  private static PatroniFinding kind(RunningSettings.Remedy remedy) {
    return switch (remedy) {
      case RESET -> PatroniFinding.ALTER_SYSTEM;
      case RELOAD -> PatroniFinding.RUNNING_SETTING;
      case RESTART -> PatroniFinding.PENDING_RESTART;
    };
  }

  private Set<String> waiting() {
    return live.view().map(ClusterView::members).orElse(List.of()).stream()
        .filter(ClusterView.Member::waitsForRestart)
        .map(ClusterView.Member::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String restart(Set<String> names) {
    return "%s: waits for a restart to take it. A failover may bring it sooner than you like."
        .formatted(String.join(", ", names));
  }

  /** Each parameter that {@code ALTER SYSTEM} set and nobody declares. */
  private List<Difference> undeclared() {
    List<Difference> told = new ArrayList<>();
    for (Setting setting : RunningSettings.of(cluster, live.answers()).undeclaredSettings()) {
      String name = setting.name().toLowerCase(Locale.ROOT);
      told.add(
          PatroniFinding.ALTER_SYSTEM_UNDECLARED
              .on(
                  setting.member().host(),
                  AttributePath.of("parameters").key(setting.name()).toString(),
                  "not set",
                  SettingGrade.mayHoldSecret(name)
                      ? Fragment.HIDDEN
                      : "'" + setting.written().orElse("") + "'")
              .graded(SettingGrade.of(name))
              .because(
                  "ALTER SYSTEM set it on "
                      + setting.member().name()
                      + ". It holds on that server only and is lost with it. Declare it in"
                      + " parameters, or take it back there with ALTER SYSTEM RESET "
                      + setting.name()
                      + "."));
    }
    return told;
  }

  private List<Difference> foreign() {
    List<Difference> told = new ArrayList<>();
    for (ClusterView.Member member : live.view().map(ClusterView::members).orElse(List.of())) {
      if (live.node(member.name()).isEmpty()) {
        told.add(
            PatroniFinding.FOREIGN_MEMBER
                .on(
                    "",
                    AttributePath.of("scope").key(member.name()).toString(),
                    "no such member",
                    "a member that nobody declares")
                .because(
                    "It is a %s, %s. A failover may make it the leader, to which no load balancer leads, and it has a copy of all data. Stop Patroni on its machine, or declare it as a patroni_node and pgha import it."
                        .formatted(member.role().replace('_', ' '), member.state())));
      }
    }
    return told;
  }

  private List<Difference> primaries() {
    List<String> names =
        new InsidePostgres(cluster, cluster.nodes())
            .primaries(PatroniRoles.query(cluster), live.answers()).stream()
                .map(primary -> primary.node().name())
                .toList();
    return names.size() < 2
        ? List.of()
        : List.of(
            PatroniFinding.TWO_PRIMARIES
                .on("", "", "one server that takes writes", String.join(" and ", names))
                .because(
                    "What is written to one of them is lost when it follows the other again. Stop"
                        + " the one that is not "
                        + live.view()
                            .flatMap(ClusterView::leader)
                            .map(ClusterView.Member::name)
                            .orElse("the leader")
                        + "."));
  }
}
