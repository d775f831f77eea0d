package io.pgha.provider.patroni;

import io.pgha.provider.patroni.DynamicDiff.ParameterChange;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Waits until the lowered values of a restarted primary have reached the control files of its
 * replicas, by the log. A replica that is restarted before starts with the old values again:
 * Patroni takes the greater one of configuration and control file.
 */
final class LoweredValues {
  /** How pg_controldata calls the parameters. */
  private static final Map<String, String> LABELS =
      Map.of(
          "max_connections", "max_connections setting",
          "max_worker_processes", "max_worker_processes setting",
          "max_wal_senders", "max_wal_senders setting",
          "max_prepared_transactions", "max_prepared_xacts setting",
          "max_locks_per_transaction", "max_locks_per_xact setting");

  private LoweredValues() {}

  static PlacedStep await(
      ClusterConfig cluster, List<NodeConfig> members, List<ParameterChange> changes) {
    List<PlacedProbe> probes = new ArrayList<>();
    members.forEach(node -> probes.add(new PlacedProbe(node.host(), question(node))));
    return PlacedStep.on(
        cluster.nodes().getFirst().host(),
        new Step.Await(
            "wait until the lowered values have reached every member by the log",
            probes,
            answers -> {
              for (NodeConfig node : members) {
                Optional<String> behind = behind(node, changes, answers);
                if (behind.isPresent()) {
                  return new Verdict.NotYet(behind.get());
                }
              }
              return Verdict.holds();
            },
            Duration.ofMinutes(5)));
  }

  private static Probe<CommandOutput> question(NodeConfig node) {
    return Probe.OfCommand.of(
        "LC_ALL=C %s/pg_controldata %s | grep ' setting:'"
            .formatted(Shell.quote(node.binDirectory()), Shell.quote(node.dataDirectory())));
  }

  private static Optional<String> behind(
      NodeConfig node, List<ParameterChange> changes, ProbeResults answers) {
    String settings =
        answers.get(node.host(), question(node)).found().map(CommandOutput::output).orElse("");
    for (ParameterChange change : changes) {
      String label = LABELS.get(change.name());
      Optional<String> wanted = change.resolved().after().filter(value -> label != null);
      if (wanted.isPresent()
          && settings.lines().noneMatch(line -> says(line, label + ":", wanted.get()))) {
        return Optional.of(
            "the control file of %s does not say %s = %s yet"
                .formatted(node.name(), change.name(), wanted.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean says(String line, String label, String value) {
    return line.startsWith(label) && line.substring(label.length()).strip().equals(value);
  }
}
