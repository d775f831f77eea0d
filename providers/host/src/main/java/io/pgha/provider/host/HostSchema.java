package io.pgha.provider.host;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** The arguments and attributes of {@code host}. */
final class HostSchema {
  static final String NAME = "name";
  static final String ADDRESS = "address";
  static final String PORT = "port";
  static final String USER = "user";
  static final String KEY_FILE = "private_key_file";
  static final String PASSPHRASE = "private_key_passphrase";
  static final String PASSWORD = "password";
  static final String AGENT = "agent";
  static final String HOST_KEYS = "host_keys";
  static final String KNOWN_HOSTS = "known_hosts_files";
  static final String ACCEPT_NEW = "accept_new_host_key";
  static final String SUDO = "sudo";
  static final String BASTION = "bastion";
  static final String BASTION_HOST = "bastion_host";
  static final String TIMEOUT = "connect_timeout";
  static final String MANAGE_NAME = "manage_host_name";
  static final String TIME = "time_synchronisation";
  static final String PREREQUISITES = "prerequisites";
  static final String SOURCES = "apt_sources";
  static final String PACKAGES = "packages";
  static final String FILES = "files";
  static final String SERVICES = "services";
  static final String MEMORY = "memory_bytes";
  static final String CLOCK_OFFSET = "clock_offset_ms";

  private static final Type STRINGS = Type.list(Type.STRING);
  private static final Value MAIN = new ListValue(Type.STRING, List.of(new Str("main")));

  static final Schema SCHEMA =
      new Schema(
          1,
          """
          A machine that is reached over SSH, and what any machine has: its name, a synchronised clock, apt sources,
          packages, files and services. A host needs sshd, a POSIX shell and systemd; nothing of pgha stays on it.
          Debian 12 and 13 and Ubuntu 22.04 and 24.04 are supported.

          The arguments of the connection must be known before anything is asked. `PGHA_SSH_USER`,
          `PGHA_SSH_KEY_FILE` and `PGHA_SSH_KNOWN_HOSTS` (paths with `:` between them) in the environment stand for
          `user`, `private_key_file` and `known_hosts_files` where these are not given.
          """,
          attributes(),
          """
          resource "host" "db" {
            for_each = { psql-db-1 = "192.168.228.141", psql-db-2 = "192.168.228.142" }
            name     = each.key
            address  = each.value
            apt_sources = {
              pgdg = { uri = "https://apt.postgresql.org/pub/repos/apt", suite = "trixie-pgdg" }
            }
            files = {
              "/etc/sysctl.d/60-postgresql.conf" = { content = "vm.swappiness = 1\\n" }
            }
          }
          """);

  private HostSchema() {}

  private static List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>();
    all.add(
        Attribute.required(
            NAME,
            Type.STRING,
            "The machine's host name. Each machine has one name, and each name one machine."));
    all.addAll(connection());
    all.add(
        Attribute.object(
            BASTION,
            bastion(),
            "The machine through which this one is reached. It is only passed through."));
    all.add(
        Attribute.optional(
                BASTION_HOST,
                Type.STRING,
                "The `id` of a `host` through which this one is reached, instead of `bastion`.")
            .referringTo("host"));
    all.addAll(contents());
    all.addAll(facts());
    return all;
  }

  private static List<Attribute> bastion() {
    List<Attribute> all = new ArrayList<>(connection());
    all.removeIf(attribute -> attribute.name().equals(SUDO));
    return all;
  }

  private static List<Attribute> connection() {
    return List.of(
        Attribute.required(ADDRESS, Type.STRING, "Its IP address or DNS name."),
        Attribute.optional(PORT, Num.of(22), "The TCP port of its SSH server."),
        Attribute.optional(
            USER,
            Type.STRING,
            "Whom to log in as. Default: `PGHA_SSH_USER` in the environment, else `root`."),
        Attribute.optional(
            KEY_FILE,
            Type.STRING,
            "The file of the private key on the operator's machine; `~` is the home folder."
                + " Default: `PGHA_SSH_KEY_FILE`, else the standard files of OpenSSH."),
        Attribute.optional(
                PASSPHRASE, Type.STRING, "The passphrase of the private key. Never stored.")
            .secret(),
        Attribute.optional(
                PASSWORD, Type.STRING, "The password, where keys are not enough. Never stored.")
            .secret(),
        Attribute.optional(
            AGENT, Bool.TRUE, "Whether the keys of the SSH agent (`SSH_AUTH_SOCK`) are tried."),
        Attribute.optional(
            HOST_KEYS,
            STRINGS,
            "The host's public keys, as `ssh-ed25519 AAAA…`. Where given only these count."),
        Attribute.optional(
            KNOWN_HOSTS,
            STRINGS,
            "Files with known host keys. Default: `PGHA_SSH_KNOWN_HOSTS`, else those of OpenSSH."
                + " An unknown key is refused."),
        Attribute.optional(
            ACCEPT_NEW,
            Bool.FALSE,
            "Whether an unknown host key is taken and remembered in the first of"
                + " `known_hosts_files`. A changed one never is."),
        Attribute.object(
            SUDO,
            List.of(
                Attribute.optional(PASSWORD, Type.STRING, "What sudo asks for. Never stored.")
                    .secret()),
            "How the user becomes root. Default: sudo without a password, for every user but"
                + " root."),
        Attribute.optional(
            TIMEOUT, Num.of(10), "Seconds to wait for the connection before giving up."));
  }

  private static List<Attribute> contents() {
    return List.of(
        Attribute.optional(
            MANAGE_NAME,
            Bool.TRUE,
            "Whether the machine is given the name in `name`. Without it another name is only a"
                + " warning."),
        Attribute.optional(
            TIME,
            Bool.TRUE,
            "Whether the clock is kept synchronised: a time service that is there is enabled and"
                + " started, else chrony is installed. In a container, which can't set the clock,"
                + " only its offset is measured."),
        Attribute.optional(
            PREREQUISITES,
            Bool.TRUE,
            "Whether `curl` and `ca-certificates` are installed: pgha asks services on the machine"
                + " by curl."),
        Attribute.objectMap(
            SOURCES,
            List.of(
                Attribute.required("uri", Type.STRING, "Where the repository is."),
                Attribute.required(
                    "suite",
                    Type.STRING,
                    "The suite, such as `trixie-pgdg`; it must be for the release of the machine."),
                Attribute.optional("components", MAIN, "The components."),
                Attribute.optional(
                    "key",
                    Type.STRING,
                    "The armoured public key that signs the repository, and only this one:"
                        + " `signed-by`. It is kept in /etc/apt/keyrings. Without it apt takes its"
                        + " own trusted keys."),
                Attribute.optional(
                    "architectures", STRINGS, "The architectures, such as `amd64`; default: all.")),
            "apt sources by name: /etc/apt/sources.list.d/NAME.sources. After a change the package"
                + " lists are read anew."),
        Attribute.optional(
            PACKAGES,
            STRINGS,
            "Debian packages that must be installed: `name`, or `name=version` for that very"
                + " version. Their services are not started. Packages stay when the host is"
                + " destroyed."),
        Attribute.objectMap(
            FILES,
            List.of(
                Attribute.required(
                    "content", Type.STRING, "The whole content. A sensitive value stays hidden."),
                Attribute.optional("mode", new Str("0644"), "Permission bits in octal."),
                Attribute.optional("owner", new Str("root"), "The owner's name."),
                Attribute.optional("group", new Str("root"), "The group's name.")),
            "Files by absolute path; the folder must be there. A file that is there and is no"
                + " package's untouched default is never overwritten. What leaves the"
                + " configuration is removed."),
        Attribute.objectMap(
            SERVICES,
            List.of(
                Attribute.optional("enabled", Bool.TRUE, "Whether it starts at boot."),
                Attribute.optional("running", Bool.TRUE, "Whether it runs now.")),
            "systemd units by name; without a suffix `.service` is meant."));
  }

  private static List<Attribute> facts() {
    return List.of(
        Attribute.computed("os", Type.STRING, "Such as `debian` or `ubuntu`."),
        Attribute.computed("os_version", Type.STRING, "Such as `13` or `24.04`."),
        Attribute.computed("codename", Type.STRING, "Such as `trixie`."),
        Attribute.computed("architecture", Type.STRING, "Debian's name, such as `amd64`."),
        Attribute.computed("processors", Type.NUMBER, "Online processors."),
        Attribute.computed(
            MEMORY,
            Type.NUMBER,
            "Physical memory in bytes, rounded down by at most 3 %: what a kernel keeps for itself"
                + " varies a little from one to the next."),
        Attribute.computed("machine_id", Type.STRING, "The content of /etc/machine-id."),
        Attribute.computed("kernel", Type.STRING, "The kernel's release.").with(Flag.VOLATILE),
        Attribute.computed(
                CLOCK_OFFSET,
                Type.NUMBER,
                "The machine's clock minus the operator's, in milliseconds.")
            .with(Flag.VOLATILE));
  }
}
