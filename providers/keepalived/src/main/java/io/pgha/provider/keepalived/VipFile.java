package io.pgha.provider.keepalived;

import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.FirstLine;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keepalived's configuration file. */
final class VipFile {
  static final String PATH = "/etc/keepalived/keepalived.conf";

  /** The file before the last change. */
  static final String PREVIOUS = PATH + ".previous";

  /** What the members must agree on to hear each other. */
  private static final Set<String> AGREED = Set.of("virtual_router_id", "auth_pass", "advert_int");

  private final VipConfig vip;
  private final VipConfig.Place place;
  private final boolean container;
  private final List<Fragment> content = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private VipFile(VipConfig vip, VipConfig.Place place, boolean container) {
    this.vip = vip;
    this.place = place;
    this.container = container;
  }

  static Artifact.OfFile artifact(VipConfig vip, List<Fragment> content) {
    return new Artifact.OfFile(
        vip.host(),
        PATH,
        content,
        0640,
        "root",
        "root",
        Optional.of("/usr/sbin/keepalived -t -f \"$FILE\""),
        Optional.empty());
  }

  /** The whole content. */
  static List<Fragment> of(VipConfig vip, VipConfig.Place place, boolean container) {
    VipFile file = new VipFile(vip, place, container);
    file.global();
    file.tracking();
    file.router();
    file.flush();
    return List.copyOf(file.content);
  }

  private void global() {
    line(FirstLine.TEXT.stripTrailing());
    line("global_defs {");
    line("    router_id " + vip.hostName());
    line("    enable_script_security");
    line("    script_user nobody");
    line("}");
  }

  /**
   * Without a weight the host can't hold the address while the process is gone; with nopreempt a
   * weight would never move it.
   */
  private void tracking() {
    Optional<String> process = vip.trackedProcess();
    if (process.isEmpty()) {
      return;
    }
    line("");
    if (vip.tracksByScript(container)) {
      // A process that has just been started again does not count: it knows nothing yet.
      line("vrrp_script " + trackName() + " {");
      line("    script \"/usr/bin/pgrep -x -O 3 " + process.get() + "\"");
      line("    interval 1");
      line("    timeout 3");
      line("    fall 2");
      line("    rise 1");
    } else {
      line("vrrp_track_process " + trackName() + " {");
      line("    process " + process.get());
    }
    vip.values().integer("weight").ifPresent(weight -> line("    weight -" + weight));
    line("}");
  }

  private String trackName() {
    return "track_" + vip.trackedProcess().orElse("");
  }

  private void router() {
    line("");
    line("vrrp_instance " + vip.instanceName() + " {");
    line("    state BACKUP");
    if (!vip.preempts()) {
      line("    nopreempt");
    }
    line("    interface " + place.device());
    line("    virtual_router_id " + vip.routerId());
    line("    priority " + vip.priority());
    line("    advert_int " + vip.advertSeconds());
    line("    unicast_src_ip " + place.own());
    line("    unicast_peer {");
    vip.peers().stream()
        .filter(peer -> !peer.equals(place.own()))
        .distinct()
        .forEach(peer -> line("        " + peer));
    line("    }");
    vip.values()
        .string("auth_pass")
        .ifPresent(secret -> {
          line("    authentication {");
          line("        auth_type PASS");
          text.append("        auth_pass ");
          flush();
          content.add(Fragment.secret(secret));
          line("");
          line("    }");
        });
    line("    virtual_ipaddress {");
    line("        %s/%d dev %s".formatted(vip.address(), place.prefix(), place.device()));
    line("    }");
    if (vip.trackedProcess().isPresent()) {
      line(vip.tracksByScript(container) ? "    track_script {" : "    track_process {");
      line("        " + trackName());
      line("    }");
    }
    line("}");
  }

  /** Whether two files disagree on what the members must agree on. */
  static boolean disagree(String live, String desired, String address) {
    return !agreed(live, address).equals(agreed(desired, address));
  }

  /** Whether a member with the live file no longer speaks to the peers that the desired one has. */
  static boolean deafens(String live, String desired) {
    return !peers(live).equals(peers(desired));
  }

  private static Set<String> peers(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("unicast_src_ip ") || line.matches("[0-9a-fA-F.:]+"))
        .collect(Collectors.toSet());
  }

  private static Set<String> agreed(String text, String address) {
    return text.lines()
        .map(String::strip)
        .filter(line -> AGREED.contains(line.split("\\s", 2)[0]) || line.startsWith(address + "/"))
        .map(line -> line.startsWith(address + "/") ? address : line)
        .collect(Collectors.toSet());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void flush() {
    if (!text.isEmpty()) {
      content.add(Fragment.plain(text.toString()));
      text.setLength(0);
    }
  }
}
