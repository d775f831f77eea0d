package io.pgha.provider.haproxy;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.artifact.ConfiguredUnit;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.Reach;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A load balancer as it is.
 *
 * @param lb as it should be
 * @param answers what its host said
 * @param status how HAProxy is doing
 */
record LbLive(LbConfig lb, ProbeResults answers, LbStatus status) {
  static final String UNIT = "haproxy.service";
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  static List<PlacedProbe> probes(LbConfig lb) {
    if (lb.host().isEmpty()) {
      return List.of();
    }
    List<PlacedProbe> probes = new ArrayList<>(Artifacts.probes(artifacts(lb)));
    probes.add(new PlacedProbe(lb.host(), LbStatus.probe()));
    probes.add(new PlacedProbe(lb.host(), LbStatus.log()));
    probes.addAll(reach(lb).probes());
    probes.addAll(LbDrift.service(lb).probes());
    return probes;
  }

  /** The ports of the nodes. Once HAProxy runs, it tells itself. */
  static Reach reach(LbConfig lb) {
    return new Reach(
        lb.host(),
        LbFile.PATH,
        lb.nodes().stream()
            .flatMap(node ->
                Stream.of(
                    new Reach.Port(node.address(), (int) node.port()),
                    new Reach.Port(node.address(), (int) node.restPort())))
            .toList());
  }

  /** A warning where it does not reach a node, before it is made. */
  List<Diagnostic> unreachable() {
    return reach(lb)
        .warnings(answers, lb.instance(), "HAProxy leads nobody to a node that it can't reach.");
  }

  static LbLive of(LbConfig lb, ProbeResults answers) {
    return new LbLive(lb, answers, LbStatus.of(answers.get(lb.host(), LbStatus.probe())));
  }

  /** What a load balancer owns on its host. */
  static List<Artifact> artifacts(LbConfig lb) {
    return List.of(
        new Artifact.OfPackage(lb.host(), "haproxy", Optional.empty(), Optional.empty()),
        new Artifact.OfPackage(lb.host(), "socat", Optional.empty(), Optional.empty()),
        LbFile.artifact(lb),
        new Artifact.OfUnit(lb.host(), UNIT, true, true));
  }

  /** What is at the place of the file. */
  Optional<FileFacts> file() {
    return answers.get(lb.host(), new Probe.OfFile(LbFile.PATH, Probe.Content.TEXT)).found();
  }

  /** Whether the file says just what it should. */
  boolean fileMatches() {
    return lb.isComplete()
        && file()
            .flatMap(FileFacts::text)
            .filter(Fragment.reveal(LbFile.of(lb))::equals)
            .isPresent();
  }

  boolean unitRuns() {
    return answers
        .get(lb.host(), new Probe.OfUnit(UNIT))
        .found()
        .map(UnitFacts::isActive)
        .orElse(false);
  }

  /** Whether HAProxy was last started or reloaded before its file was written. */
  boolean isStale() {
    return configured().isStale(answers);
  }

  /** Servers of declared listeners that the process has and nobody declares: listener/server. */
  SortedSet<String> strays() {
    SortedSet<String> strays = running();
    strays.removeAll(declared());
    return strays;
  }

  /** Servers that are declared and that the process does not have. */
  SortedSet<String> missing() {
    SortedSet<String> missing = declared();
    missing.removeAll(running());
    return missing;
  }

  /**
   * Servers that the process leads elsewhere than declared: listener/server to {@code there ->
   * declared}. Which address a name stands for, and how an IPv6 address is written, is HAProxy's.
   */
  SortedMap<String, String> moved() {
    SortedMap<String, String> moved = new TreeMap<>();
    for (LbConfig.Listener listener : lb.listeners()) {
      for (LbConfig.Node node : lb.nodes()) {
        String server = listener.name() + "/" + node.name();
        Optional.ofNullable(status.addresses().get(server))
            .filter(address -> IPV4.matcher(node.address()).matches())
            .filter(address -> !address.equals(node.server()))
            .ifPresent(address -> moved.put(server, address + " -> " + node.server()));
      }
    }
    return moved;
  }

  /** Declared listeners that somebody closed on the admin socket, each with its status. */
  SortedMap<String, String> closed() {
    SortedMap<String, String> closed = new TreeMap<>();
    for (LbConfig.Listener listener : lb.listeners()) {
      Optional.ofNullable(status.listeners().get(listener.name()))
          .filter(found -> !found.equals("OPEN"))
          .ifPresent(found -> closed.put(listener.name(), found));
    }
    return closed;
  }

  /** Whether the process has all that is declared, and nothing else, as it is declared. */
  boolean isAsDeclared() {
    return strays().isEmpty() && missing().isEmpty() && moved().isEmpty() && closed().isEmpty();
  }

  private SortedSet<String> running() {
    SortedSet<String> running = new TreeSet<>();
    for (LbConfig.Listener listener : lb.listeners()) {
      status
          .servers()
          .getOrDefault(listener.name(), new TreeMap<>())
          .keySet()
          .forEach(server -> running.add(listener.name() + "/" + server));
    }
    return running;
  }

  private SortedSet<String> declared() {
    SortedSet<String> declared = new TreeSet<>();
    for (LbConfig.Listener listener : lb.listeners()) {
      lb.nodes().forEach(node -> declared.add(listener.name() + "/" + node.name()));
    }
    return declared;
  }

  ConfiguredUnit configured() {
    return new ConfiguredUnit(lb.host(), UNIT, LbFile.PATH);
  }

  /** A file that already says what is declared may be taken over: nothing would be overwritten. */
  Live live() {
    List<Artifact> artifacts = artifacts(lb);
    Artifacts.Finding finding = Artifacts.find(artifacts, answers);
    return new Live(
        finding.presence(),
        fileMatches() ? "" : finding.found(),
        attributes(),
        Artifacts.read(artifacts, answers),
        answers);
  }

  private ObjectValue attributes() {
    TreeMap<String, Value> up = new TreeMap<>();
    status
        .servers()
        .keySet()
        .forEach(
            listener -> up.put(listener, new Str(String.join(" ", status.up(listener).keySet()))));
    return ObjectValue.of(Map.of("servers_up", MapValue.of(Type.STRING, up)));
  }
}
