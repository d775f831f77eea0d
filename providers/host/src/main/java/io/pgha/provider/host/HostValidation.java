package io.pgha.provider.host;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What can be wrong with hosts before any of them is asked. */
final class HostValidation {
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*");
  private static final Pattern HOST_KEY =
      Pattern.compile("[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}( .*)?");
  private static final Pattern PACKAGE =
      Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?(=[A-Za-z0-9.+~:-]+)?");
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.@\\\\-]+");

  private final Instance instance;
  private final Values values;
  private final List<Diagnostic> found = new ArrayList<>();

  HostValidation(Instance instance) {
    this.instance = instance;
    this.values = Values.of(instance);
  }

  List<Diagnostic> diagnostics() {
    values
        .string(HostSchema.NAME)
        .filter(name -> !NAME.matcher(name).matches())
        .ifPresent(name ->
            error(
                "bad-host-name",
                AttributePath.of(HostSchema.NAME),
                "Not a host name",
                "\"%s\" can't be a machine's name: letters, digits and hyphens, with dots between."
                    .formatted(name)));
    connection(values, AttributePath.ROOT);
    values
        .nested(HostSchema.BASTION)
        .ifPresent(bastion -> connection(bastion, AttributePath.of(HostSchema.BASTION)));
    if (values.nested(HostSchema.BASTION).isPresent()
        && values.string(HostSchema.BASTION_HOST).isPresent()) {
      error(
          "two-bastions",
          AttributePath.of(HostSchema.BASTION_HOST),
          "Two bastions",
          "The machine is reached through `bastion` or through `bastion_host`, not both.");
    }
    if (values.string(HostSchema.BASTION_HOST).filter(instance.address()::equals).isPresent()) {
      error(
          "own-bastion",
          AttributePath.of(HostSchema.BASTION_HOST),
          "A machine as its own bastion",
          "A machine can't be reached through itself.");
    }
    packages();
    values.map(HostSchema.SOURCES).forEach(this::source);
    values.map(HostSchema.FILES).forEach(this::file);
    for (String unit : values.map(HostSchema.SERVICES).keySet()) {
      if (!UNIT.matcher(unit).matches()) {
        error(
            "bad-unit-name",
            AttributePath.of(HostSchema.SERVICES).key(unit),
            "Not a unit's name",
            "\"%s\" can't be the name of a systemd unit.".formatted(unit));
      }
    }
    return found;
  }

  private void connection(Values connection, AttributePath where) {
    connection
        .string(HostSchema.ADDRESS)
        .filter(address -> address.isBlank() || !address.matches("[A-Za-z0-9._:%-]+"))
        .ifPresent(address ->
            error(
                "bad-address",
                where.name(HostSchema.ADDRESS),
                "Not an address",
                "\"%s\" is neither an IP address nor a DNS name.".formatted(address)));
    if (connection.integer(HostSchema.PORT).filter(port -> port < 1 || port > 65535).isPresent()) {
      error(
          "bad-port",
          where.name(HostSchema.PORT),
          "Not a TCP port",
          "A port is a whole number from 1 to 65535.");
    }
    if (connection.integer(HostSchema.TIMEOUT).filter(seconds -> seconds < 1).isPresent()) {
      error(
          "bad-timeout",
          where.name(HostSchema.TIMEOUT),
          "Not a time to wait",
          "The time is in whole seconds, at least 1.");
    }
    List<String> keys = connection.strings(HostSchema.HOST_KEYS);
    for (int index = 0; index < keys.size(); index++) {
      if (!HOST_KEY.matcher(keys.get(index)).matches()) {
        error(
            "bad-host-key",
            where.name(HostSchema.HOST_KEYS).index(index),
            "Not a host key",
            "A host key is written as in /etc/ssh/ssh_host_ed25519_key.pub: `ssh-ed25519 AAAA…`.");
      }
    }
  }

  private void packages() {
    List<String> packages = values.strings(HostSchema.PACKAGES);
    for (int index = 0; index < packages.size(); index++) {
      if (!PACKAGE.matcher(packages.get(index)).matches()) {
        error(
            "bad-package",
            AttributePath.of(HostSchema.PACKAGES).index(index),
            "Not a Debian package",
            "\"%s\" is neither `name` nor `name=version`.".formatted(packages.get(index)));
      }
    }
  }

  private void source(String name, Value value) {
    AttributePath path = AttributePath.of(HostSchema.SOURCES).key(name);
    if (!SOURCE.matcher(name).matches()) {
      error(
          "bad-source-name",
          path,
          "Not a name for an apt source",
          "\"%s\" becomes a file's name, and apt reads only letters, digits, hyphens, underscores and dots."
              .formatted(name));
    }
    if (!(value.unmarked() instanceof ObjectValue source)) {
      return;
    }
    Values given = new Values(source);
    for (String attribute : List.of("uri", "suite")) {
      given
          .string(attribute)
          .filter(text -> !text.matches("\\S+"))
          .ifPresent(text ->
              error(
                  "bad-source",
                  path.name(attribute),
                  "Not one word",
                  "\"%s\" is empty or holds white space.".formatted(text)));
    }
    given
        .string("key")
        .filter(key -> !key.contains("-----BEGIN PGP PUBLIC KEY BLOCK-----"))
        .ifPresent(key ->
            error(
                "bad-source-key",
                path.name("key"),
                "Not an armoured public key",
                "The key is the text that begins with -----BEGIN PGP PUBLIC KEY BLOCK-----, as file(\"key.asc\") gives it. `gpg --enarmor` makes one of a binary key ring."));
  }

  private void file(String path, Value value) {
    AttributePath where = AttributePath.of(HostSchema.FILES).key(path);
    if (!path.startsWith("/") || path.endsWith("/") || path.contains("/../")) {
      error(
          "bad-path",
          where,
          "Not the path of a file",
          "\"%s\" is no absolute path of a file.".formatted(path));
    }
    if (value.unmarked() instanceof ObjectValue file) {
      new Values(file)
          .string("mode")
          .filter(mode -> !mode.matches("[0-7]{3,4}"))
          .ifPresent(mode ->
              error(
                  "bad-mode",
                  where.name("mode"),
                  "Not permission bits",
                  "\"%s\" is not octal, such as \"0640\".".formatted(mode)));
    }
  }

  /** One machine has one name and one address. */
  static List<Diagnostic> between(List<Instance> instances) {
    List<Diagnostic> found = new ArrayList<>();
    Map<String, Instance> byName = new HashMap<>();
    Map<String, Instance> byAddress = new HashMap<>();
    for (Instance instance : instances) {
      Values values = Values.of(instance);
      values
          .string(HostSchema.NAME)
          .ifPresent(name -> {
            Instance other = byName.putIfAbsent(name.toLowerCase(Locale.ROOT), instance);
            if (other != null) {
              found.add(
                  Diagnostic.error(
                          "duplicate-host-name",
                          "Two hosts of one name",
                          "%s is named \"%s\" too. Each machine has a name of its own."
                              .formatted(other.address(), name))
                      .about(instance.address())
                      .of(AttributePath.of(HostSchema.NAME)));
            }
          });
      values
          .string(HostSchema.ADDRESS)
          .ifPresent(address -> {
            String place =
                address.toLowerCase(Locale.ROOT)
                    + " "
                    + values.integer(HostSchema.PORT).orElse(22L)
                    + " "
                    + bastion(values);
            Instance other = byAddress.putIfAbsent(place, instance);
            if (other != null) {
              found.add(
                  Diagnostic.error(
                          "two-names-for-one-machine",
                          "Two names for one machine",
                          "%s has the address %s too: it is the same machine. Declare it once and refer to it by its id."
                              .formatted(other.address(), address))
                      .about(instance.address())
                      .of(AttributePath.of(HostSchema.ADDRESS)));
            }
          });
    }
    return found;
  }

  /** Behind another bastion the same address is another machine. */
  private static String bastion(Values values) {
    return values
        .nested(HostSchema.BASTION)
        .map(bastion -> bastion.text(HostSchema.ADDRESS))
        .or(() -> values.string(HostSchema.BASTION_HOST))
        .orElse("");
  }

  private void error(String code, AttributePath path, String summary, String detail) {
    found.add(Diagnostic.error(code, summary, detail).about(instance.address()).of(path));
  }
}
