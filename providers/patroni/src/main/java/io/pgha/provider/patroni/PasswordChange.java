package io.pgha.provider.patroni;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows the reload of a node whose file got other passwords: Patroni is woken to take them
 * now, and it is proven that they work before the next node gets its turn.
 *
 * @param node the node
 * @param live how it was before the reload
 */
record PasswordChange(NodeConfig node, NodeLive live) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static boolean differs(Optional<Credentials> before, Optional<Credentials> after) {
    return before.isPresent() && after.isPresent() && !before.equals(after);
  }

  private Optional<Credentials> replication() {
    return live.cluster()
        .password("replication")
        .map(password ->
            new Credentials(live.cluster().username("replication", "replicator"), password));
  }

  /** The steps; none where the file held the same passwords before. */
  List<PlacedStep> steps() {
    LiveNodeFile before = LiveNodeFile.of(node, live.answers());
    boolean rest = differs(before.restCredentials(), live.cluster().restCredentials());
    boolean replication = differs(before.replication(), replication());
    List<PlacedStep> steps = new ArrayList<>();
    if (rest || replication) {
      steps.add(
          on(
              new PatroniWake(node, live.cluster(), before.restCredentials())
                  .step(
                      "wake Patroni on "
                          + node.name()
                          + ", so that it takes the new passwords now")));
    }
    if (rest) {
      steps.add(awaitRestPassword());
    }
    if (replication) {
      upstream()
          .ifPresent(leader -> {
            steps.add(renewPasswordFile());
            steps.add(awaitLogin(leader));
          });
    }
    return steps;
  }

  private PlacedStep on(Step step) {
    return PlacedStep.on(node.host(), step);
  }

  /** A PATCH without a body changes nothing: it is refused for that, or before for the password. */
  private PlacedStep awaitRestPassword() {
    Probe<HttpAnswer> question =
        new Probe.OfHttp("PATCH", node.api() + "/config", live.cluster().restCredentials());
    return on(
        new Step.Await(
            "wait until the REST API of " + node.name() + " takes the new password",
            List.of(new PlacedProbe(node.host(), question)),
            answers -> {
              Optional<HttpAnswer> answer = answers.get(node.host(), question).found();
              return Verdict.when(
                  answer.filter(http -> http.status() != 401).isPresent(),
                  answer.isPresent()
                      ? node.name() + " still goes by the old one"
                      : "the REST API of " + node.name() + " does not answer");
            },
            PATIENCE));
  }

  /** The leader, where the node is not the leader itself. */
  private Optional<NodeConfig> upstream() {
    return live.view()
        .flatMap(ClusterView::leader)
        .filter(leader -> !leader.name().equals(node.name()))
        .flatMap(leader ->
            live.cluster().nodes().stream()
                .filter(other -> other.name().equals(leader.name()))
                .findFirst());
  }

  private String passwordFile() {
    return Trees.child(node.settings(), "postgresql").get("pgpass") instanceof String path
        ? path
        : NodeFile.PASSWORD_FILE;
  }

  /**
   * While a replica streams, Patroni 4 does not see that its password file is outdated: a reload
   * writes it anew with the old password, and only a broken connection has it put right. So that a
   * replica reconnects at once, the new password is put there after that reload has written it.
   * That Patroni wrote it after its own configuration says nothing: it may have, before the reload.
   */
  private PlacedStep renewPasswordFile() {
    String script =
        """
        IFS= read -r word
        file=%1$s
        [ -s "$file" ] || exit 0
        reload=$(systemctl show -p StateChangeTimestamp --value --timestamp=us+utc %2$s)
        tries=0
        while [ -z "$(find "$file" -newermt "$reload")" ] && [ "$tries" -lt %3$d ]; do
          tries=$((tries + 1))
          sleep 1
        done
        new=$(word=$word awk '
          function field(text) { match(text, /^([^:\\\\]|\\\\.)*:/); return RLENGTH }
          {
            kept = ""
            rest = $0
            for (n = 1; n <= 4; n++) {
              size = field(rest)
              if (size < 1) exit 1
              kept = kept substr(rest, 1, size)
              rest = substr(rest, size + 1)
            }
            print kept ENVIRON["word"]
          }' "$file") || { echo "$file is no password file" >&2; exit 1; }
        printf '%%s\\n' "$new" >"$file"
        """
            .formatted(
                Shell.quote(passwordFile()),
                NodeLive.UNIT,
                30 + live.cluster().values().integer("loop_wait").orElse(10L));
    return on(
        new Step.RunScript(
            "put the new password into Patroni's password file on " + node.name(),
            script,
            List.of(
                Fragment.secret(
                    replication().orElseThrow().password().replaceAll("([:\\\\])", "\\\\$1")),
                Fragment.plain("\n")),
            PATIENCE));
  }

  /** Logs in as a replica would after a broken connection: with the password file of Patroni. */
  private PlacedStep awaitLogin(NodeConfig leader) {
    Credentials user = replication().orElseThrow();
    Probe<CommandOutput> question =
        Probe.OfCommand.of(
            """
            cd /
            PGPASSFILE=%s PGCONNECT_TIMEOUT=5 runuser -u postgres -- %s/psql -X -w -At -h %s -p %d \\
              -U %s -d replication=true -c IDENTIFY_SYSTEM
            """
                .formatted(
                    Shell.quote(passwordFile()),
                    Shell.quote(node.binDirectory()),
                    Shell.quote(leader.address()),
                    leader.port(),
                    Shell.quote(user.username())));
    return on(
        new Step.Await(
            "wait until %s can log in at %s as %s"
                .formatted(node.name(), leader.name(), user.username()),
            List.of(new PlacedProbe(node.host(), question)),
            answers -> {
              Optional<CommandOutput> output = answers.get(node.host(), question).found();
              return Verdict.when(
                  output.filter(CommandOutput::succeeded).isPresent(),
                  output
                      .map(CommandOutput::errors)
                      .filter(text -> !text.isBlank())
                      .orElse("psql can't be run on " + node.name()));
            },
            PATIENCE));
  }
}
