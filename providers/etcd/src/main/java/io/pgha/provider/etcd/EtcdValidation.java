package io.pgha.provider.etcd;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What can be wrong with members before any machine is asked. */
final class EtcdValidation {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern NAME = Pattern.compile("[^\\s=,\"'\\\\]+");

  private final Instance instance;
  private final Values values;
  private final List<Diagnostic> found = new ArrayList<>();

  EtcdValidation(Instance instance) {
    this.instance = instance;
    this.values = Values.of(instance);
  }

  List<Diagnostic> diagnostics() {
    EtcdMember.of(instance)
        .ifPresent(member -> {
          names(member);
          addresses(member);
          count(member);
          ports(member);
          settings(member);
          if (!member.dataDir().startsWith("/")
              || member.dataDir().matches("/+|/(etc|usr|var)/*")) {
            error(
                "bad-data-dir",
                EtcdMemberSchema.DATA_DIR,
                "Not a folder for data",
                "%s is not the absolute path of a folder of the member's own."
                    .formatted(member.dataDir()));
          }
        });
    return found;
  }

  private void names(EtcdMember member) {
    for (String name : member.peers().keySet()) {
      if (!NAME.matcher(name).matches()) {
        error(
            "bad-member-name",
            EtcdMemberSchema.PEERS,
            "Not a name for a member",
            "\"%s\" can't be a member's name: no spaces, quotes, backslashes, commas or = signs."
                .formatted(name));
      }
    }
    if (!member.peers().containsKey(member.name())) {
      error(
          "not-among-peers",
          EtcdMemberSchema.NAME,
          "The member is not among its peers",
          "`peers` names every member of the cluster, this one too, but not \"%s\". It has: %s."
              .formatted(member.name(), String.join(", ", member.peers().keySet())));
    }
  }

  private void addresses(EtcdMember member) {
    Map<String, String> byAddress = new HashMap<>();
    member
        .peers()
        .forEach((name, address) -> {
          if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            error(
                "not-an-address",
                EtcdMemberSchema.PEERS,
                "Not an IP address",
                "etcd listens on IP addresses only, and \"%s\" of member %s is none."
                    .formatted(address, name));
          }
          String other = byAddress.putIfAbsent(address, name);
          if (other != null) {
            error(
                "duplicate-peer-address",
                EtcdMemberSchema.PEERS,
                "Two members with one address",
                "%s and %s both have %s. Each member runs on a machine of its own."
                    .formatted(other, name, address));
          }
        });
    instance
        .reference(AttributePath.of(EtcdMemberSchema.HOST))
        .flatMap(host -> Values.of(host).string("address"))
        .filter(address -> IPV4.matcher(address).matches() || IPV6.matcher(address).matches())
        .filter(address -> !member.address().isEmpty() && !address.equals(member.address()))
        .ifPresent(address ->
            error(
                "not-the-hosts-address",
                EtcdMemberSchema.PEERS,
                "The member's address is not its host's",
                "`peers` says that %s has %s, but its host has %s."
                    .formatted(member.name(), member.address(), address)));
  }

  private void count(EtcdMember member) {
    int count = member.peers().size();
    if (count > 0 && count % 2 == 0) {
      error(
          "even-member-count",
          EtcdMemberSchema.PEERS,
          "An even number of members",
          "%d members survive the loss of %d, as %d would, and there is one more that can fail. Declare %d or %d."
              .formatted(count, (count - 1) / 2, count - 1, count - 1, count + 1));
    }
  }

  private void ports(EtcdMember member) {
    for (String name : List.of(EtcdMemberSchema.CLIENT_PORT, EtcdMemberSchema.PEER_PORT)) {
      long port = values.integer(name).orElse(0L);
      if (port < 1 || port > 65535) {
        error("bad-port", name, "Not a TCP port", "A port is a whole number from 1 to 65535.");
      }
    }
    if (member.clientPort() == member.peerPort()) {
      error(
          "same-ports",
          EtcdMemberSchema.PEER_PORT,
          "One port for two purposes",
          "Clients and peers can't both use port %d.".formatted(member.peerPort()));
    }
  }

  private void settings(EtcdMember member) {
    for (Map.Entry<String, String> setting : member.settings().entrySet()) {
      String name = setting.getKey();
      if (!name.matches("ETCD_[A-Z0-9_]+")) {
        error(
            "bad-etcd-setting",
            EtcdMemberSchema.SETTINGS,
            "Not a setting of etcd",
            "\"%s\" is no environment variable of etcd: they are ETCD_ and the option in capitals, such as ETCD_QUOTA_BACKEND_BYTES."
                .formatted(name));
      }
      if (EtcdEnvironment.RESERVED.contains(name)) {
        error(
            "setting-of-an-argument",
            EtcdMemberSchema.SETTINGS,
            "A setting that an argument stands for",
            "%s follows from the arguments `name`, `cluster_token`, `peers`, `client_port`, `peer_port` and `data_dir`. Set it there."
                .formatted(name));
      }
      if (setting.getValue().indexOf('\n') >= 0) {
        error(
            "bad-etcd-setting",
            EtcdMemberSchema.SETTINGS,
            "A setting of several lines",
            "The value of %s holds a line break.".formatted(name));
      }
    }
  }

  /** What is wrong between members: they must agree on their cluster. */
  static List<Diagnostic> between(List<Instance> instances) {
    List<Diagnostic> found = new ArrayList<>();
    Map<String, List<EtcdMember>> clusters = new TreeMap<>();
    for (Instance instance : instances) {
      EtcdMember.of(instance)
          .ifPresent(member ->
              clusters.computeIfAbsent(member.token(), key -> new ArrayList<>()).add(member));
    }
    Map<String, EtcdMember> byHost = new HashMap<>();
    clusters.values().stream()
        .flatMap(List::stream)
        .forEach(member -> {
          EtcdMember other = byHost.putIfAbsent(member.host(), member);
          if (other != null) {
            found.add(
                Diagnostic.error(
                        "two-members-on-a-host",
                        "Two etcd members on one host",
                        "%s is on %s too. A cluster survives the loss of a machine only where each member has its own."
                            .formatted(other.instance(), member.host()))
                    .about(member.instance())
                    .of(AttributePath.of(EtcdMemberSchema.HOST)));
          }
        });
    clusters.forEach((token, members) -> agree(token, members, instances, found));
    return found;
  }

  private static void agree(
      String token, List<EtcdMember> members, List<Instance> all, List<Diagnostic> found) {
    EtcdMember first = members.getFirst();
    Map<String, EtcdMember> byName = new HashMap<>();
    for (EtcdMember member : members) {
      EtcdMember other = byName.putIfAbsent(member.name(), member);
      if (other != null) {
        found.add(
            Diagnostic.error(
                    "duplicate-member-name",
                    "Two etcd members of one name",
                    "%s is named \"%s\" too.".formatted(other.instance(), member.name()))
                .about(member.instance())
                .of(AttributePath.of(EtcdMemberSchema.NAME)));
      }
      boolean agrees =
          member.peers().equals(first.peers())
              && member.clientPort() == first.clientPort()
              && member.peerPort() == first.peerPort();
      if (!agrees) {
        found.add(
            Diagnostic.error(
                    "peers-disagree",
                    "The members of an etcd cluster disagree",
                    "All members with the token \"%s\" must have the same `peers`, `client_port` and `peer_port`, but %s has others. Two clusters need two tokens."
                        .formatted(token, first.instance()))
                .about(member.instance())
                .of(AttributePath.of(EtcdMemberSchema.PEERS)));
      }
    }
    Set<String> missing = new HashSet<>(first.peers().keySet());
    missing.removeAll(byName.keySet());
    boolean allKnown = all.stream().allMatch(instance -> EtcdMember.of(instance).isPresent());
    if (!missing.isEmpty() && allKnown) {
      Optional<String> names = missing.stream().sorted().reduce((a, b) -> a + ", " + b);
      found.add(
          Diagnostic.warning(
                  "undeclared-peers",
                  "Peers without an etcd_member",
                  "No etcd_member is named %s. pgha starts only the members that are declared; a new cluster waits until a majority of its peers is up."
                      .formatted(names.orElse("")))
              .about(first.instance())
              .of(AttributePath.of(EtcdMemberSchema.PEERS)));
    }
  }

  private void error(String code, String attribute, String summary, String detail) {
    found.add(
        Diagnostic.error(code, summary, detail)
            .about(instance.address())
            .of(AttributePath.of(attribute)));
  }
}
