package io.pgha.provider.keepalived;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with one member, before any connection is opened. */
final class VipValidation {
  /** Keepalived uses no more of auth_pass. */
  private static final int LONGEST_SECRET = 8;

  /** What most subnets have, where nothing is said of it. */
  private static final long USUAL_PREFIX = 24;

  private final VipConfig vip;
  private final Values values;
  private final List<Diagnostic> found = new ArrayList<>();

  VipValidation(VipConfig vip) {
    this.vip = vip;
    this.values = vip.values();
  }

  List<Diagnostic> diagnostics() {
    ranges();
    addresses();
    peers();
    secret();
    preemption();
    words();
    return List.copyOf(found);
  }

  private void error(String code, AttributePath path, String summary, String detail) {
    found.add(Diagnostic.error(code, summary, detail).of(path));
  }

  private void warning(String code, AttributePath path, String summary, String detail) {
    found.add(Diagnostic.warning(code, summary, detail).of(path));
  }

  private void ranges() {
    range("virtual_router_id", 1, 255);
    range("priority", 1, 254);
    range("advert_int", 1, 40);
    range("prefix", 8, 32);
    range("weight", 1, 253);
  }

  private void range(String name, long from, long to) {
    if (values.get(name) instanceof io.pgha.language.value.Num number
        && values.integer(name).filter(each -> each >= from && each <= to).isEmpty()) {
      error(
          "out-of-range",
          AttributePath.of(name),
          name + " out of range",
          "%s is %s. It must be a whole number from %d to %d."
              .formatted(name, number.text(), from, to));
    }
  }

  private void addresses() {
    if (!values.isKnown("address")) {
      return;
    }
    AttributePath path = AttributePath.of("address");
    Optional<Ipv4> floating = Ipv4.of(vip.address());
    if (floating.isEmpty()) {
      error(
          "invalid-address",
          path,
          "Not an IPv4 address",
          "\"%s\" is no IPv4 address. Write one without a prefix, such as \"192.168.228.140\"."
              .formatted(vip.address()));
      return;
    }
    Optional<String> host = vip.hostAddress();
    if (host.filter(vip.address()::equals).isPresent() || vip.peers().contains(vip.address())) {
      error(
          "vip-is-host-address",
          path,
          "The floating address is a host's own",
          "%s is the address of %s. It must be a free address in the same subnet."
              .formatted(
                  vip.address(),
                  host.filter(vip.address()::equals).isPresent() ? vip.hostName() : "a peer"));
      return;
    }
    long prefix = values.integer("prefix").orElse(USUAL_PREFIX);
    List<String> members = new ArrayList<>(vip.peers());
    host.ifPresent(members::add);
    members.stream()
        .distinct()
        .flatMap(each -> Ipv4.of(each).stream())
        .filter(each -> !each.isInNetworkOf(floating.get(), prefix))
        .findFirst()
        .ifPresent(outside ->
            error(
                "vip-outside-subnet",
                path,
                "The floating address is outside the hosts' subnet",
                "%s is not in %s, where one of the hosts is, so that clients there would not"
                        .formatted(vip.address(), outside.network(prefix))
                    + " find it. Choose an address in that subnet"
                    + (values.integer("prefix").isPresent()
                        ? "."
                        : ", or set prefix where the subnet is larger than /24.")));
  }

  private void peers() {
    if (!values.isKnown("peers")) {
      return;
    }
    AttributePath path = AttributePath.of("peers");
    List<String> peers = vip.peers();
    Set<String> seen = new TreeSet<>();
    for (int index = 0; index < peers.size(); index++) {
      if (Ipv4.of(peers.get(index)).isEmpty()) {
        error(
            "invalid-address",
            path.index(index),
            "Not an IPv4 address",
            "\"%s\" is no IPv4 address, and Keepalived takes no names."
                .formatted(peers.get(index)));
      } else if (!seen.add(peers.get(index))) {
        error(
            "duplicate-peer",
            path.index(index),
            "Peer named twice",
            peers.get(index) + " is in the list already. Name each host once.");
      }
    }
    Optional<String> own = vip.hostAddress().filter(each -> Ipv4.of(each).isPresent());
    if (own.isPresent() && !peers.contains(own.get())) {
      error(
          "host-not-a-peer",
          path,
          "The host is not among its peers",
          "%s has the address %s, which is not in peers. List the addresses of all hosts that may"
                  .formatted(vip.hostName(), own.get())
              + " hold the floating address, this one among them.");
    } else if (seen.size() < 2) {
      warning(
          "single-peer",
          path,
          "Only one host may hold the address",
          "When that host fails the address is gone. List at least two hosts.");
    }
  }

  private void secret() {
    AttributePath path = AttributePath.of("auth_pass");
    if (!values.isKnown("auth_pass")) {
      return;
    }
    Optional<String> secret = values.string("auth_pass");
    if (secret.isEmpty()) {
      warning(
          "no-auth-pass",
          path,
          "Members don't prove themselves",
          "Without auth_pass any machine in the subnet that speaks VRRP by mistake with the same"
              + " virtual_router_id takes the address. Add auth_pass with up to 8 characters.");
    } else if (secret.get().length() > LONGEST_SECRET) {
      error(
          "long-auth-pass",
          path,
          "auth_pass is longer than 8 characters",
          "It has %d. Keepalived uses the first 8 and drops the rest without a word, so that a"
                  .formatted(secret.get().length())
              + " longer one only looks safer. Shorten it to 8.");
    } else if (!secret.get().matches("[A-Za-z0-9_.,:;@%+=/^*~&$-]+")) {
      error(
          "invalid-text",
          path,
          "A character that Keepalived's file can't hold",
          "Use letters, digits and _ . , : ; @ % + = / ^ * ~ & $ - only.");
    }
  }

  private void preemption() {
    boolean preempts = vip.preempts();
    if (values.integer("weight").isPresent() && !preempts) {
      error(
          "weight-without-preempt",
          AttributePath.of("weight"),
          "A weight never moves the address here",
          "Without preempt no host takes the address from one that is alive, whatever its priority:"
              + " with a weight the address would stay where the process is gone. Leave weight out,"
              + " so that the host gives the address up; or set preempt = true.");
    }
    if (preempts) {
      warning(
          "preempt",
          AttributePath.of("preempt"),
          "The address moves back by itself",
          "With preempt = true each return of the host with the higher priority cuts all"
              + " connections once more, and a host that keeps failing does it again and again."
              + " Write preempt = false, unless one host must be preferred.");
    }
  }

  private void words() {
    String by = values.string("track_by").orElse("auto");
    if (!Set.of("auto", "process", "script").contains(by)) {
      error(
          "unknown-track-by",
          AttributePath.of("track_by"),
          "Unknown way to watch a process",
          "\"%s\" is none. Use auto, process or script.".formatted(by));
    }
    word("track_process", "[A-Za-z0-9_.-]{0,15}", "letters, digits and _ . -, at most 15");
    word("instance_name", "[A-Za-z0-9_.-]+", "letters, digits and _ . -");
    word("interface", "[A-Za-z0-9_.:@-]{1,15}", "letters, digits and _ . : @ -, at most 15");
  }

  private void word(String name, String pattern, String words) {
    Optional<String> text = values.string(name);
    if (text.filter(each -> !each.matches(pattern)).isPresent()) {
      error(
          "invalid-text",
          AttributePath.of(name),
          "Not a name",
          "\"%s\" can't be used here: %s.".formatted(text.get(), words));
    }
  }
}
