package io.pgha.provider.keepalived;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.artifact.ConfiguredUnit;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A host's part in a floating address as it is.
 *
 * @param vip as it should be
 * @param answers what its host and those of its siblings said
 * @param status how the host itself sees it
 */
record VipLive(VipConfig vip, ProbeResults answers, VipStatus status) {
  static final String UNIT = "keepalived.service";

  /** The questions; the siblings' hosts tell whether they have the address. */
  static List<PlacedProbe> probes(VipConfig vip) {
    if (vip.host().isEmpty()) {
      return List.of();
    }
    Set<PlacedProbe> probes =
        new LinkedHashSet<>(Artifacts.probes(artifacts(vip, List.of(), true)));
    probes.addAll(holderProbes(vip));
    probes.addAll(VipDrift.service(vip).probes());
    return List.copyOf(probes);
  }

  /** The questions that tell who holds the address. */
  static List<PlacedProbe> holderProbes(VipConfig vip) {
    List<PlacedProbe> probes = new ArrayList<>();
    List<VipConfig> all = new ArrayList<>(List.of(vip));
    all.addAll(vip.siblings());
    for (VipConfig each : all) {
      probes.add(new PlacedProbe(each.host(), new Probe.OfMachine()));
      probes.add(new PlacedProbe(each.host(), VipStatus.probe(each)));
    }
    return probes;
  }

  static VipLive of(VipConfig vip, ProbeResults answers) {
    return new VipLive(vip, answers, status(vip, answers));
  }

  static VipStatus status(VipConfig vip, ProbeResults answers) {
    return VipStatus.of(answers.get(vip.host(), VipStatus.probe(vip)));
  }

  private static List<Artifact> artifacts(VipConfig vip, List<Fragment> content, boolean script) {
    List<Artifact> artifacts = new ArrayList<>();
    artifacts.add(
        new Artifact.OfPackage(vip.host(), "keepalived", Optional.empty(), Optional.empty()));
    if (script) {
      artifacts.add(
          new Artifact.OfPackage(vip.host(), "procps", Optional.empty(), Optional.empty()));
    }
    artifacts.add(VipFile.artifact(vip, content));
    artifacts.add(new Artifact.OfUnit(vip.host(), UNIT, true, true));
    return List.copyOf(artifacts);
  }

  /** What a member owns on its host. */
  List<Artifact> artifacts() {
    return artifacts(
        vip, content(), vip.trackedProcess().isPresent() && vip.tracksByScript(isContainer()));
  }

  /** Where the host could not be asked, its file tells what it was when that was written. */
  private boolean isContainer() {
    return status.known()
        ? status.container()
        : file().filter(text -> text.contains("vrrp_script ")).isPresent();
  }

  Optional<MachineFacts> machine() {
    return answers.get(vip.host(), new Probe.OfMachine()).found();
  }

  /** Where the address goes; empty where the machine has none of the peers' addresses. */
  Optional<VipConfig.Place> place() {
    return machine().flatMap(vip::place);
  }

  /** The file's content; empty while not all of it is known. */
  List<Fragment> content() {
    return vip.isComplete()
        ? place().map(each -> VipFile.of(vip, each, isContainer())).orElse(List.of())
        : List.of();
  }

  /** The file that is there. */
  Optional<String> file() {
    return answers
        .get(vip.host(), new Probe.OfFile(VipFile.PATH, Probe.Content.TEXT))
        .found()
        .flatMap(FileFacts::text);
  }

  boolean fileMatches() {
    List<Fragment> content = content();
    return !content.isEmpty() && file().filter(Fragment.reveal(content)::equals).isPresent();
  }

  boolean unitRuns() {
    return answers
        .get(vip.host(), new Probe.OfUnit(UNIT))
        .found()
        .map(UnitFacts::isActive)
        .orElse(false);
  }

  /** Whether Keepalived was last started or reloaded before its file was written. */
  boolean isStale() {
    return configured().isStale(answers);
  }

  ConfiguredUnit configured() {
    return new ConfiguredUnit(vip.host(), UNIT, VipFile.PATH);
  }

  /** Whether this host has the address. */
  boolean holds() {
    return holds(vip, answers);
  }

  static boolean holds(VipConfig member, ProbeResults answers) {
    return answers
        .get(member.host(), new Probe.OfMachine())
        .found()
        .filter(member::isHeldBy)
        .isPresent();
  }

  /** The siblings whose hosts have the address. */
  List<VipConfig> otherHolders() {
    return vip.siblings().stream().filter(each -> holds(each, answers)).toList();
  }

  /** Whether any machine is known to have the address. */
  boolean isHeld() {
    return holds() || !otherHolders().isEmpty() || status.answers();
  }

  /** Whether a machine that is none of the members has the address. */
  boolean isTakenByStranger() {
    return status.mac().isPresent()
        && !status.peerMacs().isEmpty()
        && status.isTaken()
        && otherHolders().isEmpty();
  }

  Live live() {
    List<Artifact> artifacts = artifacts();
    Artifacts.Finding finding = Artifacts.find(artifacts, answers);
    return new Live(
        finding.presence(),
        fileMatches() ? "" : finding.found(),
        attributes(),
        Artifacts.read(artifacts, answers),
        answers);
  }

  private ObjectValue attributes() {
    TreeMap<String, Value> attributes = new TreeMap<>();
    status.state().ifPresent(state -> attributes.put("state", new Str(state)));
    Optional<String> holder =
        holds()
            ? Optional.of(vip.hostName())
            : otherHolders().stream().findFirst().map(VipConfig::hostName);
    holder.ifPresent(name -> attributes.put("holder", new Str(name)));
    return ObjectValue.of(attributes);
  }
}
