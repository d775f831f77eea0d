package io.pgha.provider.etcd;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A member as its arguments say.
 *
 * @param instance the address of the instance
 * @param host the address of its host instance
 * @param name its name
 * @param token the cluster's token
 * @param peers the addresses of all members by name
 * @param clientPort the port for clients
 * @param peerPort the port for other members
 * @param dataDir the folder of its data
 * @param settings further environment variables
 * @param secrets those of them whose values must not be shown
 * @param held whether its packages are on hold; empty where nobody asks
 */
record EtcdMember(
    String instance,
    String host,
    String name,
    String token,
    SortedMap<String, String> peers,
    int clientPort,
    int peerPort,
    String dataDir,
    SortedMap<String, String> settings,
    Set<String> secrets,
    Optional<Boolean> held) {

  /** The member of an instance; empty while something of it is unknown. */
  static Optional<EtcdMember> of(Instance instance) {
    Values values = Values.of(instance);
    for (String name :
        List.of(
            EtcdMemberSchema.HOST,
            EtcdMemberSchema.NAME,
            EtcdMemberSchema.TOKEN,
            EtcdMemberSchema.PEERS,
            EtcdMemberSchema.CLIENT_PORT,
            EtcdMemberSchema.PEER_PORT,
            EtcdMemberSchema.DATA_DIR,
            EtcdMemberSchema.SETTINGS)) {
      if (!values.isKnown(name)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new EtcdMember(
            instance.address(),
            values.text(EtcdMemberSchema.HOST),
            values.text(EtcdMemberSchema.NAME),
            values.text(EtcdMemberSchema.TOKEN),
            strings(values.map(EtcdMemberSchema.PEERS)),
            port(values, EtcdMemberSchema.CLIENT_PORT),
            port(values, EtcdMemberSchema.PEER_PORT),
            values.text(EtcdMemberSchema.DATA_DIR),
            strings(values.map(EtcdMemberSchema.SETTINGS)),
            values.map(EtcdMemberSchema.SETTINGS).keySet().stream()
                .filter(key ->
                    instance.isSensitive(AttributePath.of(EtcdMemberSchema.SETTINGS).key(key)))
                .collect(Collectors.toUnmodifiableSet()),
            values.bool(EtcdMemberSchema.HOLD_PACKAGES)));
  }

  /** Its own address. */
  String address() {
    return peers.getOrDefault(name, "");
  }

  /** Where clients reach it. */
  String clientUrl() {
    return clientUrl(address());
  }

  /** Where the others reach it. */
  String peerUrl() {
    return peerUrl(address());
  }

  String clientUrl(String address) {
    return url(address, clientPort);
  }

  String peerUrl(String address) {
    return url(address, peerPort);
  }

  /** The peer URLs of all members. */
  List<String> peerUrls() {
    return peers.values().stream().map(this::peerUrl).toList();
  }

  /** The client URLs of all members but this one. */
  List<String> otherClientUrls() {
    return peers.entrySet().stream()
        .filter(peer -> !peer.getKey().equals(name))
        .map(peer -> clientUrl(peer.getValue()))
        .toList();
  }

  /** The ports of the others that it needs. */
  Reach reach() {
    return new Reach(
        host,
        EtcdEnvironment.PATH,
        peers.entrySet().stream()
            .filter(peer -> !peer.getKey().equals(name))
            .flatMap(peer ->
                Stream.of(
                    new Reach.Port(peer.getValue(), clientPort),
                    new Reach.Port(peer.getValue(), peerPort)))
            .toList());
  }

  /** Where the member's own log and snapshots are. */
  String membership() {
    return dataDir + "/member";
  }

  /** A note beside data that a destroyed member left behind. */
  String keptNote() {
    return dataDir + "/pgha-kept";
  }

  /** What the note says: whose the data is. */
  String keptText() {
    return token + "\n" + name + "\n" + peerUrl() + "\n";
  }

  private static String url(String address, int port) {
    return "http://" + new Reach.Port(address, port);
  }

  private static int port(Values values, String name) {
    return values.integer(name).map(Long::intValue).orElse(0);
  }

  private static SortedMap<String, String> strings(Map<String, Value> values) {
    TreeMap<String, String> strings = new TreeMap<>();
    values.forEach((key, value) -> {
      if (value.unmarked() instanceof Str(String text)) {
        strings.put(key, text);
      }
    });
    return strings;
  }
}
