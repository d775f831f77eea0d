package io.pgha.provider.haproxy;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.FirstLine;
import io.pgha.provider.haproxy.LbConfig.Listener;
import io.pgha.provider.haproxy.LbConfig.Node;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HAProxy's configuration file. */
final class LbFile {
  static final String PATH = "/etc/haproxy/haproxy.cfg";

  /** The distribution's file, kept from the first time on. */
  static final String ORIGINAL = PATH + ".orig";

  /** The file before the last change. */
  static final String PREVIOUS = PATH + ".previous";

  static final String SOCKET = "/run/haproxy/admin.sock";

  /** What a reloaded process learns of the servers; there only while one is reloaded. */
  static final String SERVER_STATE = "/var/lib/haproxy/server-state";

  private final LbConfig lb;
  private final List<Fragment> content = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private LbFile(LbConfig lb) {
    this.lb = lb;
  }

  /** The file as an artifact; its content is empty while not all of it is known. */
  static Artifact.OfFile artifact(LbConfig lb) {
    return new Artifact.OfFile(
        lb.host(),
        PATH,
        lb.isComplete() ? of(lb) : List.of(),
        0640,
        "root",
        "haproxy",
        Optional.of("/usr/sbin/haproxy -c -q -f \"$FILE\""),
        Optional.of(ORIGINAL));
  }

  /** The whole content. */
  static List<Fragment> of(LbConfig lb) {
    LbFile file = new LbFile(lb);
    file.global();
    file.defaults();
    file.stats();
    lb.listeners().forEach(file::listener);
    file.flush();
    return List.copyOf(file.content);
  }

  private void global() {
    line(FirstLine.TEXT.stripTrailing());
    line("global");
    line("    log " + lb.values().text("log"));
    line("    user haproxy");
    line("    group haproxy");
    line("    chroot /var/lib/haproxy");
    line("    maxconn " + lb.maxconn());
    line("    stats socket " + SOCKET + " mode 660 level admin");
    line("    stats timeout 30s");
    line("    server-state-file " + SERVER_STATE);
  }

  private void defaults() {
    Values timeouts = lb.timeouts();
    line("");
    line("defaults");
    line("    log global");
    line("    mode tcp");
    line("    option tcplog");
    line("    option dontlognull");
    line("    option clitcpka");
    line("    option srvtcpka");
    line("    retries " + lb.values().integer("retries").orElse(2L));
    line("    timeout client " + timeouts.text("client"));
    line("    timeout connect " + timeouts.text("connect"));
    line("    timeout server " + timeouts.text("server"));
    line("    timeout check " + timeouts.text("check"));
    timeouts.string("queue").ifPresent(queue -> line("    timeout queue " + queue));
    line("    load-server-state-from-file global");
  }

  private void stats() {
    if (lb.stats().isEmpty()) {
      return;
    }
    Values stats = lb.stats().get();
    line("");
    line("listen stats");
    line("    mode http");
    line("    option httplog");
    line("    bind " + bind(stats.text("address"), stats.integer("port").orElse(8080L)));
    line("    stats enable");
    line("    stats uri " + stats.text("uri"));
    line("    stats refresh " + stats.text("refresh"));
    line("    stats hide-version");
    stats
        .string("password")
        .ifPresent(password -> {
          text.append("    stats auth ");
          if (lb.instance().isSensitive(AttributePath.of("stats").name("username"))) {
            secret(stats.text("username"));
          } else {
            text.append(stats.text("username"));
          }
          text.append(':');
          secret(quote(password));
          line("");
        });
  }

  private void listener(Listener listener) {
    Values check = lb.check();
    String tls = check.bool("ssl").orElse(false) ? " check-ssl verify none" : "";
    line("");
    line("listen " + listener.name());
    line("    bind " + bind(listener.address(), listener.port()));
    line("    balance " + listener.balance());
    line("    option httpchk");
    line(
        "    http-check send meth OPTIONS uri %s ver HTTP/1.1 hdr Host %s"
            .formatted(listener.path(), lb.hostName()));
    line("    http-check expect status 200");
    line(
        "    default-server inter %s fastinter %s fall %d rise %d maxconn %d"
                .formatted(
                    check.text("inter"),
                    check.text("fastinter"),
                    check.integer("fall").orElse(2L),
                    check.integer("rise").orElse(2L),
                    listener.serverMaxconn())
            + " on-marked-down shutdown-sessions");
    for (Node node : lb.nodes()) {
      line(
          "    server %s %s check port %d%s"
              .formatted(node.name(), node.server(), node.restPort(), tls));
    }
  }

  private static String bind(String address, long port) {
    return address.equals("*") ? "*:" + port : LbConfig.authority(address, port);
  }

  /** A word of the file, whatever it holds but line breaks; HAProxy docs, 2.2. */
  static String quote(String word) {
    return word.matches("[A-Za-z0-9_.,:;@%+=/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void secret(String secret) {
    flush();
    content.add(Fragment.secret(secret));
  }

  private void flush() {
    if (!text.isEmpty()) {
      content.add(Fragment.plain(text.toString()));
      text.setLength(0);
    }
  }
}
