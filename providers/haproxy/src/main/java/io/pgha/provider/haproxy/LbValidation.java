package io.pgha.provider.haproxy;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.haproxy.LbConfig.Listener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a load balancer, before any connection is opened. */
final class LbValidation {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(us|ms|s|m|h|d)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");
  private static final Pattern LAG = Pattern.compile("\\d+(B|kB|MB|GB|TB)?");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private final LbConfig lb;
  private final List<Diagnostic> found = new ArrayList<>();

  LbValidation(LbConfig lb) {
    this.lb = lb;
  }

  List<Diagnostic> diagnostics() {
    nodes();
    listeners();
    ports();
    times();
    check();
    words();
    stats();
    maxconn();
    return List.copyOf(found);
  }

  private void error(String code, AttributePath path, String summary, String detail) {
    found.add(Diagnostic.error(code, summary, detail).of(path));
  }

  private void warning(String code, AttributePath path, String summary, String detail) {
    found.add(Diagnostic.warning(code, summary, detail).of(path));
  }

  private void nodes() {
    if (!lb.values().isKnown("nodes")) {
      return;
    }
    List<String> ids = lb.values().strings("nodes");
    AttributePath path = AttributePath.of("nodes");
    if (ids.isEmpty()) {
      error("no-nodes", path, "No nodes", "A load balancer needs at least one node to send to.");
    }
    Set<String> seen = new TreeSet<>();
    for (int index = 0; index < ids.size(); index++) {
      if (!seen.add(ids.get(index))) {
        error(
            "duplicate-node",
            path.index(index),
            "Node named twice",
            ids.get(index) + " is in the list already. Name each node once.");
      }
    }
  }

  private void listeners() {
    AttributePath path = AttributePath.of("listeners");
    for (Listener listener : lb.listeners()) {
      AttributePath own = path.key(listener.name());
      if (!NAME.matcher(listener.name()).matches() || listener.name().equals("stats")) {
        error(
            "invalid-listener-name",
            own,
            "Not a listener's name",
            "\"%s\" can't be used: a name has letters, digits and _ . : - only, and \"stats\" is the"
                    .formatted(listener.name())
                + " statistics page's own.");
      }
      if (listener.values().isKnown("role") && !LbConfig.PATHS.containsKey(listener.role())) {
        error(
            "unknown-role",
            own.name("role"),
            "Unknown role",
            listener.role().equals("master")
                ? "\"master\" is the old name, which Patroni's check answers only by accident. Write"
                    + " role = \"primary\"."
                : "\"%s\" is no role. Use one of: %s."
                    .formatted(
                        listener.role(),
                        String.join(", ", new TreeSet<>(LbConfig.PATHS.keySet()))));
      }
      Optional<String> lag = listener.values().string("max_lag");
      if (lag.isPresent() && listener.isPrimary()) {
        error(
            "lag-of-primary",
            own.name("max_lag"),
            "max_lag on a primary's listener",
            "The primary lags behind nobody. Leave max_lag out, or set role to \"replica\".");
      }
      if (lag.filter(text -> !LAG.matcher(text).matches()).isPresent()) {
        error(
            "invalid-size",
            own.name("max_lag"),
            "Not a size",
            "\"%s\" is no size. Write bytes, or a number with kB, MB, GB or TB, such as \"16MB\"."
                .formatted(lag.get()));
      }
      if (listener.values().integer("server_maxconn").filter(each -> each < 1).isPresent()) {
        error(
            "invalid-number",
            own.name("server_maxconn"),
            "Too few connections",
            "server_maxconn must be at least 1.");
      }
    }
  }

  private void ports() {
    Map<Long, String> taken = new TreeMap<>();
    Map<AttributePath, Map.Entry<String, Optional<Long>>> ports = new LinkedHashMap<>();
    lb.listeners()
        .forEach(each ->
            ports.put(
                AttributePath.of("listeners").key(each.name()).name("port"),
                Map.entry("listener " + each.name(), each.values().integer("port"))));
    lb.stats()
        .ifPresent(stats ->
            ports.put(
                AttributePath.of("stats").name("port"),
                Map.entry("the statistics page", stats.integer("port"))));
    ports.forEach((path, entry) ->
        entry
            .getValue()
            .ifPresent(port -> {
              if (port < 1 || port > 65535) {
                error(
                    "invalid-port",
                    path,
                    "Not a port",
                    port + " is no port: ports are 1 to 65535.");
                return;
              }
              String other = taken.putIfAbsent(port, entry.getKey());
              if (other != null) {
                error(
                    "port-taken",
                    path,
                    "Port used twice",
                    "Port %d is that of %s already.".formatted(port, other));
              }
              portOfNode(path, port);
            }));
  }

  /** A node on the same host listens there itself. */
  private void portOfNode(AttributePath path, long port) {
    for (Instance node : lb.nodeInstances()) {
      Values values = Values.of(node);
      boolean here = values.string("host").filter(lb.host()::equals).isPresent();
      boolean postgres = values.integer("port").orElse(5432L) == port;
      boolean rest = values.integer("rest_port").orElse(8008L) == port;
      if (here && (postgres || rest)) {
        error(
            "port-taken",
            path,
            "Port used twice",
            "On %s port %d is that of %s of %s already. Choose another."
                .formatted(
                    lb.hostName(), port, postgres ? "PostgreSQL" : "the REST API", node.address()));
      }
    }
  }

  private void times() {
    times("timeouts", lb.timeouts(), List.of("client", "server", "connect", "check", "queue"));
    times("check", lb.check(), List.of("inter", "fastinter"));
    lb.stats().ifPresent(stats -> times("stats", stats, List.of("refresh")));
  }

  private void times(String object, Values values, List<String> names) {
    for (String name : names) {
      Optional<String> time = values.string(name);
      if (time.filter(text -> !TIME.matcher(text).matches()).isPresent()) {
        error(
            "invalid-time",
            AttributePath.of(object).name(name),
            "Not a time",
            "\"%s\" is no time. Write a number with us, ms, s, m, h or d, such as \"4s\"."
                .formatted(time.get()));
      }
    }
  }

  /** Milliseconds, which is also what a number without a unit means to HAProxy. */
  private static Optional<Long> millis(Optional<String> time) {
    Matcher matcher = TIME.matcher(time.orElse(""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = Optional.ofNullable(matcher.group(2)).orElse("ms");
    return Optional.of(unit.equals("us") ? number / 1000 : number * MILLIS.getOrDefault(unit, 1L));
  }

  private void check() {
    AttributePath path = AttributePath.of("check");
    for (String name : List.of("fall", "rise")) {
      if (lb.check().integer(name).filter(each -> each < 1).isPresent()) {
        error("invalid-number", path.name(name), "Too few checks", name + " must be at least 1.");
      }
    }
    Optional<Long> inter = millis(lb.check().string("inter"));
    Optional<Long> fall = lb.check().integer("fall");
    if (inter.isPresent() && fall.isPresent() && inter.get() * fall.get() > 3000) {
      warning(
          "slow-checks",
          path,
          "Checks this slow send writers to a replica",
          "With inter %s and fall %d the old leader stays up for some %d s after a switchover, beside"
                  .formatted(lb.check().text("inter"), fall.get(), inter.get() * fall.get() / 1000)
              + " the new one: clients get read-only errors meanwhile (20 to 30 of them and 7 to 9 s"
              + " without a write were measured with 3s and 3). Write { inter = \"1s\", fastinter ="
              + " \"500ms\", fall = 2, rise = 2 }: 2.5 s and none.");
    }
  }

  /** What goes into a line of the file as it is must not break out of it. */
  private void words() {
    line(AttributePath.of("log"), lb.values().get("log"));
    lb.stats()
        .ifPresent(stats -> {
          for (String name : List.of("uri", "address", "username", "password")) {
            line(AttributePath.of("stats").name(name), stats.get(name));
          }
          for (String name : List.of("uri", "address", "username")) {
            word(AttributePath.of("stats").name(name), stats.string(name));
          }
        });
    for (Listener listener : lb.listeners()) {
      AttributePath own = AttributePath.of("listeners").key(listener.name());
      word(own.name("address"), listener.values().string("address"));
      line(own.name("balance"), listener.values().get("balance"));
    }
  }

  private void line(AttributePath path, Value value) {
    if (value instanceof io.pgha.language.value.Str(String text)
        && text.chars().anyMatch(Character::isISOControl)) {
      error(
          "invalid-text",
          path,
          "A line break or control character",
          path + " is written into one line of the file and can't hold such a character.");
    }
  }

  private void word(AttributePath path, Optional<String> value) {
    if (value.filter(text -> !text.matches("[^\\s'\"\\\\#$]+")).isPresent()) {
      error(
          "invalid-text",
          path,
          "Not one word",
          "\"%s\" can't be used here: no spaces, quotes, backslashes, # or $."
              .formatted(value.get()));
    }
  }

  private void stats() {
    if (lb.stats().isEmpty() || !lb.values().isKnown("stats")) {
      return;
    }
    Values stats = lb.stats().get();
    if (stats.string("username").filter(name -> name.contains(":")).isPresent()) {
      error(
          "invalid-text",
          AttributePath.of("stats").name("username"),
          "A colon in a user's name",
          "In HTTP's basic authentication the colon ends the name. Leave it out.");
    }
    if (stats.string("password").filter(password -> !password.isEmpty()).isEmpty()) {
      warning(
          "open-stats",
          AttributePath.of("stats"),
          "Everybody can see the statistics page",
          "Without a password whoever reaches the port learns all addresses, names and loads. Add"
              + " password = var.stats_password, or leave stats out.");
    }
  }

  private void maxconn() {
    Optional<Long> maxconn = lb.values().integer("maxconn");
    if (maxconn.isEmpty() || !lb.values().isKnown("listeners") || !lb.values().isKnown("nodes")) {
      return;
    }
    AttributePath path = AttributePath.of("maxconn");
    if (maxconn.get() < 1) {
      error("invalid-number", path, "Too few connections", "maxconn must be at least 1.");
    } else if (maxconn.get() < lb.capacity()) {
      warning(
          "small-maxconn",
          path,
          "maxconn is smaller than what the servers can take",
          "maxconn is for all listeners together, the statistics page too. The servers behind them"
              + " take %d connections, so %d is used up first and one busy listener shuts out the"
                  .formatted(lb.capacity(), maxconn.get())
              + " others. Write maxconn = %d, or leave it out.".formatted(lb.capacity()));
    }
  }

  /** Two on one host would fight for one file. */
  static List<Diagnostic> between(List<LbConfig> all) {
    List<Diagnostic> found = new ArrayList<>();
    Map<String, LbConfig> byHost = new TreeMap<>();
    for (LbConfig lb : all) {
      if (lb.host().isEmpty()) {
        continue;
      }
      LbConfig other = byHost.putIfAbsent(lb.host(), lb);
      if (other != null) {
        found.add(
            Diagnostic.error(
                    "host-taken",
                    "Two load balancers on one host",
                    "%s is on %s already, and both would write %s. Give one of them all listeners."
                        .formatted(other.instance().address(), lb.hostName(), LbFile.PATH))
                .about(lb.instance().address())
                .of(AttributePath.of("host")));
      }
    }
    return found;
  }
}
