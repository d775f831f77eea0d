package io.pgha.provider.etcd;

import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The steps that only etcd needs. Each is safe to run again. */
final class EtcdSteps {
  static final String UNIT = "etcd.service";

  /** The id of the cluster of one that an unconfigured etcd makes of itself, in decimal. */
  static final String DEFAULT_CLUSTER = "cdf818194e3a8c32";

  private static final String DEFAULT_CLUSTER_DECIMAL = "14841639068965178418";
  private static final Duration BRIEF = Duration.ofMinutes(2);
  private static final Duration HEALTH = Duration.ofMinutes(3);

  private final EtcdMember member;

  EtcdSteps(EtcdMember member) {
    this.member = member;
  }

  PlacedStep on(Step step) {
    return PlacedStep.on(member.host(), step);
  }

  PlacedStep unit(UnitVerb verb) {
    return on(new Step.UnitAction(verb, UNIT));
  }

  /**
   * Stops the empty etcd that the distribution's package started and clears its data: only where it
   * says itself that it is that, and that nothing was ever written to it.
   */
  PlacedStep clearDefault() {
    String script =
        """
        data=%1$s
        if [ -d "$data" ]; then
          status=$(curl -sS -m 5 -d '{}' http://localhost:2379/v3/maintenance/status) || {
            echo "etcd does not answer: can't prove that $data holds nothing; nothing was removed" >&2
            exit 1
          }
          case $status in
            *'"cluster_id":"%2$s"'*'"revision":"1"'*) mv "$data" "$data.default" ;;
            *) echo "$data belongs to an etcd that is in use; nothing was removed" >&2; exit 1 ;;
          esac
        fi
        systemctl stop etcd.service
        rm -rf "$data.default"
        """
            .formatted(Shell.quote(member.membership()), DEFAULT_CLUSTER_DECIMAL);
    return run("stop the distribution's empty etcd and clear " + member.membership(), script);
  }

  /** Puts data aside that no longer belongs to a member. */
  PlacedStep setAside() {
    String script =
        """
        data=%1$s
        systemctl stop etcd.service
        if [ -d "$data" ]; then rm -rf "$data.removed"; mv "$data" "$data.removed"; fi
        """
            .formatted(Shell.quote(member.membership()));
    return run(
        "stop etcd and move "
            + member.membership()
            + " aside to "
            + member.membership()
            + ".removed",
        script);
  }

  /** Announces the member to the cluster as a learner; one that lost its data is removed first. */
  PlacedStep announce() {
    String script =
        client(String.join(",", member.otherClientUrls()))
            + """
            name=%1$s url=%2$s
            list=$(ctl member list) || exit 1
            # by the exact peer URL: id, status, name, peer URLs, client URLs, learner
            old=$(printf '%%s\\n' "$list" | awk -F', ' -v url="$url" '$4 == url && $2 == "started" { print $1 }')
            new=$(printf '%%s\\n' "$list" | awk -F', ' -v url="$url" '$4 == url && $2 != "started" { print $1 }')
            if [ -n "$old" ]; then change member remove "$old" || exit 1; fi
            if [ -z "$new" ]; then change member add "$name" --learner --peer-urls="$url"; fi
            """
                .formatted(Shell.quote(member.name()), Shell.quote(member.peerUrl()));
    return run("add member " + member.name() + " as a learner through another member", script);
  }

  /** Makes a learner a voter; refused by etcd until it is in sync. */
  PlacedStep promote() {
    String script =
        client(String.join(",", member.otherClientUrls()))
            + """
            url=%1$s
            for try in $(seq 1 50); do
              list=$(ctl member list) || exit 1
              id=$(printf '%%s\\n' "$list" | awk -F', ' -v url="$url" '$4 == url && $6 == "true" { print $1 }')
              [ -n "$id" ] || exit 0
              answer=$(ctl member promote "$id" 2>&1) && exit 0
              sleep 1
            done
            printf '%%s\\n' "$answer" >&2
            exit 1
            """
                .formatted(Shell.quote(member.peerUrl()));
    return run("promote member " + member.name() + " to a voter once it is in sync", script);
  }

  /** Takes a member out of the cluster that nobody declares. */
  PlacedStep expel(ClusterView.Entry entry) {
    String script =
        client(member.clientUrl())
            + """
            id=%1$s
            list=$(ctl member list) || exit 1
            case $(printf '\\n%%s' "$list") in
              *"
            $id, "*) change member remove "$id" ;;
            esac
            """
                .formatted(Shell.quote(entry.id()));
    return run("remove member " + title(entry) + " from the cluster", script);
  }

  /** Notes beside data that stays whose it is, so that a later apply can resume with it. */
  PlacedStep noteKept() {
    String script =
        """
        if [ -d %1$s ]; then printf '%%s' %3$s > %2$s; fi
        """
            .formatted(
                Shell.quote(member.membership()),
                Shell.quote(member.keptNote()),
                Shell.quote(member.keptText()));
    return run("note in " + member.keptNote() + " whose the data is", script);
  }

  /** Waits until the member is a part of the cluster and says that it is healthy. */
  PlacedStep awaitHealthy() {
    return await(
        "wait until " + member.name() + " is healthy",
        results -> {
          ClusterView view = ClusterView.of(member, results);
          if (view.isExpelled()) {
            return new Verdict.Never(
                "the cluster no longer has "
                    + member.name()
                    + ": somebody removed it; plan again to let it join");
          }
          if (view.own().isEmpty()) {
            return new Verdict.NotYet(member.name() + " does not answer on " + member.clientUrl());
          }
          return Verdict.when(
              view.isHealthy(), member.name() + " answers but says that it is not healthy");
        });
  }

  /** Waits until the member runs, if only as a learner. */
  PlacedStep awaitStarted() {
    return await(
        "wait until " + member.name() + " has joined the cluster",
        results ->
            Verdict.when(
                ClusterView.of(member, results)
                    .entry()
                    .map(ClusterView.Entry::hasStarted)
                    .orElse(false),
                member.name() + " has not joined the cluster"));
  }

  private PlacedStep await(
      String description, Function<io.pgha.provider.probe.ProbeResults, Verdict> condition) {
    return on(
        new Step.Await(
            description,
            List.of(new PlacedProbe(member.host(), ClusterView.probe(member))),
            condition,
            HEALTH));
  }

  private PlacedStep run(String description, String script) {
    return on(new Step.RunScript(description, script, List.of(), BRIEF));
  }

  private static String client(String endpoints) {
    return """
    ctl() {
      ETCDCTL_API=3 etcdctl --endpoints=%s --dial-timeout=3s --command-timeout=10s "$@"
    }
    # etcd changes its members only after all of them have been in touch for five seconds
    change() {
      for try in $(seq 1 20); do
        if answer=$(ctl "$@" 2>&1); then
          printf '%%s\n' "$answer"
          return 0
        fi
        case $answer in
          *'unhealthy cluster'* | *'too many learner'*) sleep 1 ;;
          *) break ;;
        esac
      done
      printf '%%s\n' "$answer" | grep -v '^{' >&2
      return 1
    }
    """
        .formatted(Shell.quote(endpoints));
  }

  static String title(ClusterView.Entry entry) {
    return entry.name().isEmpty()
        ? entry.id() + " (" + String.join(", ", entry.peerUrls()) + ")"
        : entry.name() + " (" + entry.id() + ")";
  }
}
