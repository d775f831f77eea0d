package io.pgha.provider.etcd;

import io.pgha.provider.artifact.FirstLine;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file /etc/default/etcd, from which the service takes its settings.
 *
 * <p>etcd reads the {@code ETCD_INITIAL_*} variables only while it has no data. They are written
 * once and never compared: else every new member would restart all others.
 */
final class EtcdEnvironment {
  static final String PATH = "/etc/default/etcd";

  private static final String INITIAL = "ETCD_INITIAL_";

  /** The variables that arguments stand for. */
  static final Set<String> RESERVED =
      Set.of(
          "ETCD_NAME",
          "ETCD_DATA_DIR",
          "ETCD_LISTEN_PEER_URLS",
          "ETCD_LISTEN_CLIENT_URLS",
          "ETCD_ADVERTISE_CLIENT_URLS",
          "ETCD_INITIAL_ADVERTISE_PEER_URLS",
          "ETCD_INITIAL_CLUSTER",
          "ETCD_INITIAL_CLUSTER_STATE",
          "ETCD_INITIAL_CLUSTER_TOKEN");

  private EtcdEnvironment() {}

  /**
   * The file of a member.
   *
   * @param cluster the peer URLs of the first members, or of those that are there and itself, by
   *     name
   * @param existing whether it joins a cluster that is there
   */
  static String render(EtcdMember member, Map<String, String> cluster, boolean existing) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ETCD_NAME", member.name());
    if (!member.dataDir().equals(EtcdMemberSchema.DEFAULT_DATA_DIR)) {
      variables.put("ETCD_DATA_DIR", member.dataDir());
    }
    variables.put("ETCD_LISTEN_PEER_URLS", member.peerUrl());
    variables.put(
        "ETCD_LISTEN_CLIENT_URLS",
        "http://localhost:%d,%s".formatted(member.clientPort(), member.clientUrl()));
    variables.put("ETCD_INITIAL_ADVERTISE_PEER_URLS", member.peerUrl());
    variables.put("ETCD_INITIAL_CLUSTER", initialCluster(cluster));
    variables.put("ETCD_ADVERTISE_CLIENT_URLS", member.clientUrl());
    variables.put("ETCD_INITIAL_CLUSTER_TOKEN", member.token());
    variables.put("ETCD_INITIAL_CLUSTER_STATE", existing ? "existing" : "new");
    variables.putAll(member.settings());
    StringBuilder text = new StringBuilder(FirstLine.TEXT);
    variables.forEach(
        (name, value) -> text.append(name).append("=\"").append(escape(value)).append("\"\n"));
    return text.toString();
  }

  /** The file of a member as it is first made, with all declared members. */
  static String first(EtcdMember member) {
    Map<String, String> cluster = new LinkedHashMap<>();
    member.peers().forEach((name, address) -> cluster.put(name, member.peerUrl(address)));
    return render(member, cluster, false);
  }

  /** The files in which a member's settings say that certificates are. */
  static List<String> certificates(EtcdMember member) {
    return member.settings().entrySet().stream()
        .filter(setting -> setting.getKey().matches("ETCD_(.*_)?(CERT|CA)_FILE"))
        .map(Map.Entry::getValue)
        .filter(path -> path.startsWith("/"))
        .toList();
  }

  /** A rendered file with the {@code ETCD_INITIAL_*} lines of the live one in place of its own. */
  static String withInitialOf(String live, String rendered) {
    Map<String, String> initial = new LinkedHashMap<>();
    for (String line : live.lines().toList()) {
      variable(line)
          .filter(name -> name.startsWith(INITIAL))
          .ifPresent(name -> initial.put(name, line));
    }
    List<String> lines = new ArrayList<>();
    for (String line : rendered.lines().toList()) {
      Optional<String> name = variable(line).filter(each -> each.startsWith(INITIAL));
      if (name.isEmpty()) {
        lines.add(line);
      } else if (initial.containsKey(name.get())) {
        lines.add(initial.getOrDefault(name.get(), line));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** A file's text, with the values of some variables as secrets. */
  static List<Fragment> fragments(String text, Set<String> secrets) {
    List<Fragment> fragments = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (variable(line).filter(secrets::contains).isPresent()) {
        int value = line.indexOf('=') + 1;
        fragments.add(Fragment.plain(plain.append(line, 0, value).toString()));
        fragments.add(Fragment.secret(line.substring(value)));
        plain.setLength(0);
      } else {
        plain.append(line);
      }
      plain.append('\n');
    }
    fragments.add(Fragment.plain(plain.toString()));
    return List.copyOf(fragments);
  }

  /** The value of a variable in a file, without quotes. */
  static Optional<String> value(String text, String name) {
    return text.lines()
        .filter(line -> variable(line).filter(name::equals).isPresent())
        .map(line -> line.substring(line.indexOf('=') + 1).strip().replaceAll("^\"|\"$", ""))
        .reduce((first, last) -> last);
  }

  private static Optional<String> variable(String line) {
    int at = line.indexOf('=');
    return at < 0 || line.startsWith("#")
        ? Optional.empty()
        : Optional.of(line.substring(0, at).strip());
  }

  private static String initialCluster(Map<String, String> cluster) {
    List<String> members = new ArrayList<>();
    cluster.forEach((name, url) -> members.add(name + "=" + url));
    return String.join(",", members);
  }

  /** Within double quotes systemd and sh both take a backslash as an escape. */
  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
