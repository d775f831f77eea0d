package io.pgha.provider.etcd;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.artifact.ServiceDrift;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.etcd.ClusterView.Answer;
import io.pgha.provider.etcd.ClusterView.Entry;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is told of a member that is not as it was last applied. */
final class EtcdDrift {
  private static final String UNIT = "unit:" + EtcdSteps.UNIT;
  private static final String FILE = "file:" + EtcdEnvironment.PATH;

  /** Settings with which a member forgets, or is on its own. */
  private static final Set<String> DANGEROUS =
      Set.of(
          "ETCD_DATA_DIR",
          "ETCD_WAL_DIR",
          "ETCD_UNSAFE_NO_FSYNC",
          "ETCD_FORCE_NEW_CLUSTER",
          "ETCD_LISTEN_PEER_URLS");

  private final EtcdMember member;
  private final PlanRequest applied;
  private final ProbeResults answers;
  private final ClusterView view;
  private final ServiceDrift service;

  EtcdDrift(EtcdMember member, PlanRequest applied) {
    this.member = member;
    this.applied = applied;
    this.answers = applied.live().answers();
    this.view = ClusterView.of(member, answers);
    this.service = service(member);
  }

  static ServiceDrift service(EtcdMember member) {
    return new ServiceDrift(member.host(), "etcd-server", EtcdSteps.UNIT, EtcdEnvironment.PATH);
  }

  List<Difference> of(List<Difference> differences) {
    if (differences.stream().anyMatch(each -> each.code().equals("gone"))) {
      return differences;
    }
    List<Difference> told = new ArrayList<>();
    for (Difference each : service.causes(differences, EtcdMemberType.artifacts(member), answers)) {
      boolean health =
          each.code().equals("attribute")
              && each.subject().matches("health|learner|member_id|cluster_id|peers\\b.*");
      if (!health && !each.code().equals("etcd-data-lost")) {
        told.add(graded(each));
      }
    }
    if (!EtcdMemberType.hasData(member, answers)) {
      told.removeIf(each -> isDataDirectory(each) || each.subject().equals(UNIT));
      told.add(dataMissing());
    } else if (view.isExpelled()) {
      told.removeIf(each -> each.subject().equals(UNIT));
      told.add(expelled());
    } else if (service.isDown(answers)) {
      if (isWaiting() && told.removeIf(each -> each.subject().equals(UNIT))) {
        told.add(noQuorum());
      }
    } else if (!service.changesFile(differences)) {
      told.addAll(health(differences));
    }
    told.addAll(foreign());
    told.addAll(
        CertificateDrift.of(
            member.host(), EtcdEnvironment.certificates(member), answers, Instant.now()));
    told.addAll(
        service.overrides(
            applied.instance().reference(AttributePath.of(EtcdMemberSchema.HOST)), answers));
    return told;
  }

  private boolean isDataDirectory(Difference each) {
    return each.code().equals("directory-missing")
        && each.subject().equals("directory:" + member.dataDir());
  }

  private Difference graded(Difference each) {
    return switch (each.code()) {
      case "file-content" -> each.subject().equals(FILE) ? content(each) : each;
      case "file-missing" -> each.because("Without it the member can't be started again.");
      case "unit-state" -> each.because(unitWords());
      case "etcd-too-old" -> each.graded(Grade.DEGRADED);
      default -> each;
    };
  }

  private String unitWords() {
    return service.isDown(answers)
        ? "One member of %d is missing: of the others, %d must stay up."
            .formatted(member.peers().size(), quorum(member.peers().size()))
        : "It runs, but would not come back after a restart of the machine.";
  }

  /** By the settings that the file gives another value. */
  private Difference content(Difference each) {
    Map<String, String> live =
        answers
            .get(member.host(), new Probe.OfFile(EtcdEnvironment.PATH, Probe.Content.TEXT))
            .found()
            .flatMap(FileFacts::text)
            .map(EtcdDrift::variables)
            .orElse(Map.of());
    Map<String, String> desired = variables(EtcdEnvironment.first(member));
    Set<String> names = new TreeSet<>(live.keySet());
    names.addAll(desired.keySet());
    names.removeIf(name ->
        name.startsWith("ETCD_INITIAL_")
            || Optional.ofNullable(live.get(name)).equals(Optional.ofNullable(desired.get(name))));
    if (names.isEmpty()) {
      return each.graded(Grade.COSMETIC)
          .because("Only comments differ, and what etcd reads no more.");
    }
    String what = "What differs: " + String.join(", ", names) + ".";
    if (names.stream().anyMatch(DANGEROUS::contains)) {
      return each.graded(Grade.DANGER).because(what);
    }
    boolean security =
        names.stream()
            .anyMatch(name -> name.matches(".*(CERT|KEY|TLS|AUTH|CLIENT_URLS|CA_FILE|CORS).*"));
    return security ? each.graded(Grade.SECURITY).because(what) : each.because(what);
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new TreeMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      int at = line.indexOf('=');
      if (at > 0 && !line.startsWith("#")) {
        variables.put(
            line.substring(0, at).strip(),
            line.substring(at + 1).strip().replaceAll("^\"|\"$", ""));
      }
    }
    return variables;
  }

  private Difference dataMissing() {
    return EtcdFinding.DATA_MISSING
        .on(member.host(), "directory:" + member.dataDir(), "the member's data", "no data")
        .because(
            "The member has forgotten what it agreed to. It must join anew, with the rest of the"
                + " cluster in quorum; don't start it with an empty folder by hand.");
  }

  private Difference expelled() {
    return EtcdFinding.EXPELLED
        .on(member.host(), "", "a member of the cluster", "taken off the member list")
        .because("The others no longer count it: the cluster survives one failure less.");
  }

  /** Its start waits for a quorum. */
  private boolean isWaiting() {
    return answers
            .get(member.host(), new Probe.OfUnit(EtcdSteps.UNIT))
            .found()
            .map(UnitFacts::activeState)
            .filter("activating"::equals)
            .isPresent()
        && view.answers().values().stream().noneMatch(Answer::healthy);
  }

  private List<Difference> health(List<Difference> differences) {
    Optional<Answer> own = view.own();
    if (own.isEmpty()) {
      boolean deaf = ServiceDrift.tells(differences, "package-missing", "package:curl");
      if (!deaf && isUnasked()) {
        return List.of(ServiceDrift.commandMissing(member.host(), "curl"));
      }
      return deaf ? List.of() : unrecognized();
    }
    String cluster = madeIn();
    if (!cluster.isEmpty() && !cluster.equals(own.get().clusterId())) {
      return List.of(other(own.get()));
    }
    List<Difference> told = new ArrayList<>();
    if (!own.get().healthy()) {
      boolean others = view.cluster().filter(Answer::healthy).isPresent();
      told.add(
          others
              ? EtcdFinding.UNHEALTHY
                  .on(member.host(), EtcdMemberSchema.HEALTH, "healthy", "unhealthy")
                  .because("The others are well. See journalctl -u etcd on that host.")
              : noQuorum());
    }
    if (view.entry().filter(Entry::learner).isPresent()) {
      told.add(
          EtcdFinding.LEARNER
              .on(member.host(), "", "a voter", "a learner")
              .because("It takes everything in but does not count for the quorum."));
    }
    return told;
  }

  /** The cluster that the member was made in; empty where state does not say. */
  private String madeIn() {
    return applied
        .prior()
        .map(prior -> new Values(prior.attributes()).text(EtcdMemberSchema.CLUSTER_ID))
        .orElse("");
  }

  /** What is told where nobody there can be recognized as the member by the list of members. */
  private List<Difference> unrecognized() {
    Optional<Answer> there = view.stranger();
    if (there.filter(answer -> answer.clusterId().equals(madeIn())).isPresent()) {
      // Without a quorum a member may not even tell its list.
      return there.get().healthy() ? List.of() : List.of(noQuorum());
    }
    return List.of(there.map(this::other).orElseGet(this::silent));
  }

  private Difference noQuorum() {
    return EtcdFinding.NO_QUORUM
        .on(member.host(), EtcdMemberSchema.HEALTH, "healthy", "without a quorum")
        .because(
            "%d of %d members must be well for anything to be written. Without that no leader of PostgreSQL can be elected, and the one that leads steps down. Start the members that are down first."
                .formatted(quorum(member.peers().size()), member.peers().size()));
  }

  /** The question needs curl. */
  private boolean isUnasked() {
    return answers.get(member.host(), ClusterView.probe(member)) instanceof ProbeResult.Absent<?>;
  }

  private Difference silent() {
    return EtcdFinding.SILENT
        .on(member.host(), EtcdMemberSchema.HEALTH, "healthy", "runs, but does not answer")
        .because(
            "Nobody answers on %s. See journalctl -u etcd on that host."
                .formatted(member.clientUrl()));
  }

  private Difference other(Answer answer) {
    return EtcdFinding.OTHER_CLUSTER
        .on(
            member.host(),
            EtcdMemberSchema.CLUSTER_ID,
            "the cluster that it was made in",
            "the cluster " + answer.clusterId())
        .because(
            "What Patroni writes there the other members don't know: two leaders of PostgreSQL are possible.");
  }

  /** Told by the first member that is well, for all. */
  private List<Difference> foreign() {
    boolean first =
        member.peers().keySet().stream()
            .filter(name ->
                Optional.ofNullable(view.answers().get(name)).filter(Answer::healthy).isPresent())
            .findFirst()
            .filter(member.name()::equals)
            .isPresent();
    if (!first) {
      return List.of();
    }
    List<Difference> told = new ArrayList<>();
    for (Entry each : view.undeclared()) {
      String name = each.name().isEmpty() ? each.id() : each.name();
      told.add(
          EtcdFinding.FOREIGN_MEMBER
              .on(
                  member.host(),
                  AttributePath.of(EtcdMemberSchema.PEERS).key(name).toString(),
                  "no such member",
                  String.join(", ", each.peerUrls()) + (each.hasStarted() ? "" : ", never started"))
              .because(arithmetic()));
    }
    return told;
  }

  private String arithmetic() {
    int declared = member.peers().size();
    long voters =
        view.cluster().stream()
            .flatMap(answer -> answer.members().stream())
            .filter(each -> !each.learner())
            .count();
    return "%d voters are counted instead of %d: %d of them must be well instead of %d. Whoever runs it may write what Patroni goes by."
        .formatted(voters, declared, quorum(voters), quorum(declared));
  }

  private static long quorum(long voters) {
    return voters / 2 + 1;
  }
}
