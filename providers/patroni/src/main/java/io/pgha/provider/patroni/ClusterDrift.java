package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import io.pgha.provider.patroni.RunningSettings.Setting;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.Comparator;
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
    told.addAll(UnaskedServers.of(cluster, live.answers()));
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
    List<String> path = path(each.subject());
    String argument = path.getFirst();
    String name = path.getLast();
    if (argument.equals("superuser") || argument.equals("replication")) {
      return PatroniFinding.ROLE_PASSWORD.like(each);
    }
    if (argument.equals("dynamic_settings") && name.equals("pause")) {
      return PatroniFinding.PAUSED
          .on("", each.subject(), "not paused", "paused")
          .since(live.configured())
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
      Difference told = PatroniFinding.PENDING_RESTART.like(each).because(restart(waiting()));
      return showing(told, shown(name, told.found()));
    }
    boolean undeclared = each.expected().equals("none");
    Difference told =
        (undeclared ? PatroniFinding.DYNAMIC_UNDECLARED : PatroniFinding.DYNAMIC).like(each);
    Set<String> names = names(path);
    boolean hidden = names.stream().anyMatch(SettingGrade::mayHoldSecret);
    return new Difference(
        told.code(),
        told.subject(),
        told.host(),
        names.stream().map(SettingGrade::of).max(Grade::compareTo).orElse(Grade.DEGRADED),
        undeclared ? "not set" : told.expected(),
        told.found().equals("none") ? "not set" : hidden ? Fragment.HIDDEN : told.found(),
        undeclared
            ? "Somebody set it in Patroni's dynamic configuration, and nobody declares it."
            : "Somebody changed it in Patroni's dynamic configuration.",
        List.of(),
        live.configured());
  }

  /**
   * The argument, and the name in it where there is one. {@link AttributePath#parse} does not read
   * every such text back: a name in the dynamic configuration may hold dots and brackets.
   */
  private static List<String> path(String subject) {
    int end = 0;
    while (end < subject.length() && subject.charAt(end) != '.' && subject.charAt(end) != '[') {
      end++;
    }
    String argument = subject.substring(0, end);
    String rest = subject.substring(end);
    if (rest.length() >= 4 && rest.startsWith("[\"") && rest.endsWith("\"]")) {
      String key = rest.substring(2, rest.length() - 2);
      return List.of(argument, key.replaceAll("(?s)\\\\(.)", "$1"));
    }
    return rest.startsWith(".") ? List.of(argument, rest.substring(1)) : List.of(argument);
  }

  /** The names on the way to a setting, and those of all that differs below it. */
  private Set<String> names(List<String> path) {
    Set<String> names = new TreeSet<>(path);
    Optional<Object> change = Optional.of(patch);
    Optional<Object> now = Optional.of(live.config().orElse(Map.of()));
    boolean inside = false;
    for (String name : path) {
      Optional<Object> changeBelow = below(change, name);
      Optional<Object> nowBelow = below(now, name);
      // An argument such as dynamic_settings is no level of the configuration.
      if (changeBelow.isPresent() || nowBelow.isPresent()) {
        change = changeBelow;
        now = nowBelow;
        inside = true;
      }
    }
    if (inside) {
      collect(change, now, names);
    }
    return names;
  }

  private static Optional<Object> below(Optional<Object> tree, String name) {
    return tree.orElse("") instanceof Map<?, ?> map
        ? Optional.ofNullable(Trees.strings(map).get(name))
        : Optional.empty();
  }

  /**
   * The names in a patch, and those in what it deletes or replaces: of that it says no more than
   * where it is.
   */
  private static void collect(Optional<Object> change, Optional<Object> now, Set<String> names) {
    if (change.orElse("") instanceof Map<?, ?> map && now.orElse("") instanceof Map<?, ?>) {
      for (String name : Trees.strings(map).keySet()) {
        names.add(name);
        collect(below(change, name), below(now, name), names);
      }
    } else {
      collect(change.orElse(""), names);
      collect(now.orElse(""), names);
    }
  }

  private static void collect(Object tree, Set<String> names) {
    if (tree instanceof Map<?, ?> map) {
      Trees.strings(map)
          .forEach((name, below) -> {
            names.add(name);
            collect(below, names);
          });
    } else if (tree instanceof List<?> list) {
      for (Object element : list) {
        if (element != null) {
          collect(element, names);
        }
      }
    }
  }

  /** What was found, unless it may hold a secret: who set it has marked none as sensitive. */
  private static String shown(String name, String found) {
    return SettingGrade.mayHoldSecret(name) ? Fragment.HIDDEN : found;
  }

  private static Difference showing(Difference each, String found) {
    return new Difference(
        each.code(),
        each.subject(),
        each.host(),
        each.grade(),
        each.expected(),
        found,
        each.detail(),
        each.diff(),
        each.since());
  }

  private static Difference onServers(
      Difference each, String name, List<RunningSettings.Difference> servers) {
    Set<FindingKind> kinds = new LinkedHashSet<>();
    servers.forEach(server -> kinds.add(kind(server.remedy())));
    FindingKind kind = kinds.iterator().next();
    Set<String> hosts = new TreeSet<>();
    servers.forEach(server -> hosts.add(server.setting().member().host()));
    Difference like = kind.like(each);
    return new Difference(
        like.code(),
        like.subject(),
        hosts.size() == 1 ? hosts.iterator().next() : "",
        kind.equals(PatroniFinding.PENDING_RESTART) ? Grade.DEGRADED : SettingGrade.of(name),
        like.expected(),
        shown(name, like.found()),
        like.detail(),
        List.of(),
        earliest(servers));
  }

  private static Since earliest(List<RunningSettings.Difference> servers) {
    return servers.stream()
        .map(RunningSettings.Difference::since)
        .filter(Since::isKnown)
        .min(Comparator.comparingLong(Since::at))
        .orElse(Since.UNKNOWN);
  }

  private static FindingKind kind(RunningSettings.Remedy remedy) {
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
                  shown(name, "'" + setting.written().orElse("") + "'"))
              .graded(SettingGrade.of(name))
              .since(Since.written(setting.writtenAt()))
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
