package io.pgha.provider.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question to a machine that changes nothing on it. Equal probes to one host are asked once.
 *
 * @param <F> the facts that answer it
 */
public sealed interface Probe<F> {

  /**
   * What is at a path.
   *
   * @param path an absolute path
   * @param content how much of a regular file's content is wanted
   */
  record OfFile(String path, Content content) implements Probe<FileFacts> {
    public OfFile {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("a probed path is absolute: " + path);
      }
    }
  }

  /** How much of a file is wanted. */
  enum Content {
    /** Type, mode and owner only. */
    NONE,
    /** The SHA-256 digest too. */
    DIGEST,
    /** The text too, up to 1 MiB. */
    TEXT
  }

  /** Whether a Debian package is installed, in which version, held or not. */
  record OfPackage(String name) implements Probe<PackageFacts> {}

  /** How a systemd unit is doing; {@code name} with its suffix, such as {@code etcd.service}. */
  record OfUnit(String name) implements Probe<UnitFacts> {}

  /**
   * What a read-only POSIX shell script prints.
   *
   * @param script the script, run as root under {@code sh}; what goes into it from configuration is
   *     quoted by {@link io.pgha.provider.step.Shell#quote}
   * @param environment secrets and values that the script reads as variables
   * @param shortcut requests that spare the script: where every one of them is answered, their
   *     answers, one after the other and each in one line, count as what it printed, and it does
   *     not run. Starting curl costs more than most questions, and so one asks for all commands.
   *     Where one request fails, the script is run as if there were none
   */
  record OfCommand(String script, Map<String, String> environment, List<Fetch> shortcut)
      implements Probe<CommandOutput> {
    public OfCommand {
      environment = Map.copyOf(environment);
      shortcut = List.copyOf(shortcut);
    }

    /** A script that is always run. */
    public OfCommand(String script, Map<String, String> environment) {
      this(script, environment, List.of());
    }

    /** A script that needs no variables. */
    public static OfCommand of(String script) {
      return new OfCommand(script, Map.of());
    }

    /** The same, with requests that spare the script. */
    public OfCommand unless(List<Fetch> answered) {
      return new OfCommand(script, environment, answered);
    }

    /** Names the variables but never their values. */
    @Override
    public String toString() {
      return "OfCommand[" + script + ", variables " + environment.keySet() + "]";
    }
  }

  /**
   * What an HTTP server answers, asked from the machine itself by curl.
   *
   * @param method such as GET or OPTIONS
   * @param url the URL, without credentials
   * @param credentials for basic authentication
   */
  record OfHttp(String method, String url, Optional<Credentials> credentials)
      implements Probe<HttpAnswer> {
    /** A GET without credentials. */
    public static OfHttp get(String url) {
      return new OfHttp("GET", url, Optional.empty());
    }
  }

  /**
   * The rows of a read-only query, asked as the operating system's user postgres over the local
   * socket. Absent where no server answers there.
   *
   * @param port the server's port
   * @param socketDirectory the folder of the server's socket
   * @param database the database to connect to
   * @param query one SELECT
   */
  record OfSql(int port, String socketDirectory, String database, String query)
      implements Probe<SqlRows> {}

  /** Facts of the machine itself; the answer to every batch of probes holds them. */
  record OfMachine() implements Probe<MachineFacts> {}
}
