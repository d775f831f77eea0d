package io.pgha.provider.host;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostConnection.Sudo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes connections of arguments and the operator's environment.
 *
 * @param environment variables that stand for arguments which are not given
 */
record Connections(Map<String, String> environment) {
  static final String USER = "PGHA_SSH_USER";
  static final String KEY_FILE = "PGHA_SSH_KEY_FILE";
  static final String KNOWN_HOSTS = "PGHA_SSH_KNOWN_HOSTS";

  private static final List<String> STANDARD =
      List.of("~/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts");
  private static final int MOST_BASTIONS = 4;

  /** The connection to an instance; empty while its address is unknown. */
  Optional<HostConnection> of(Instance instance) {
    return of(instance, 0);
  }

  private Optional<HostConnection> of(Instance instance, int depth) {
    Values values = Values.of(instance);
    Optional<HostConnection> bastion = Optional.empty();
    Optional<Values> described = values.nested(HostSchema.BASTION);
    if (described.isPresent()) {
      bastion = connection(instance.address(), described.get(), "bastion", Optional.empty());
    } else if (depth < MOST_BASTIONS) {
      bastion =
          instance
              .reference(AttributePath.of(HostSchema.BASTION_HOST))
              .flatMap(host -> of(host, depth + 1));
    }
    return connection(
        instance.address(),
        values,
        values.string(HostSchema.NAME).orElse(instance.address()),
        bastion);
  }

  private Optional<HostConnection> connection(
      String host, Values values, String name, Optional<HostConnection> bastion) {
    if (values.string(HostSchema.ADDRESS).isEmpty()) {
      return Optional.empty();
    }
    String user = values.string(HostSchema.USER).or(() -> variable(USER)).orElse("root");
    return Optional.of(
        new HostConnection(
            host,
            name,
            values.text(HostSchema.ADDRESS),
            values.integer(HostSchema.PORT).orElse(22L).intValue(),
            user,
            values.string(HostSchema.KEY_FILE).or(() -> variable(KEY_FILE)),
            values.string(HostSchema.PASSPHRASE),
            values.string(HostSchema.PASSWORD),
            values.bool(HostSchema.AGENT).orElse(true),
            values.strings(HostSchema.HOST_KEYS),
            knownHosts(values),
            values.bool(HostSchema.ACCEPT_NEW).orElse(false),
            sudo(user, values),
            bastion,
            Duration.ofSeconds(values.integer(HostSchema.TIMEOUT).orElse(10L))));
  }

  private List<String> knownHosts(Values values) {
    List<String> given = values.strings(HostSchema.KNOWN_HOSTS);
    return given.isEmpty()
        ? variable(KNOWN_HOSTS).map(paths -> List.of(paths.split(":"))).orElse(STANDARD)
        : given;
  }

  private static Sudo sudo(String user, Values values) {
    if (user.equals("root")) {
      return new Sudo.None();
    }
    return values
        .nested(HostSchema.SUDO)
        .flatMap(sudo -> sudo.string(HostSchema.PASSWORD))
        .<Sudo>map(Sudo.WithPassword::new)
        .orElse(new Sudo.WithoutPassword());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
