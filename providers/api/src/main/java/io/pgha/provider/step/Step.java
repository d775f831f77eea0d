package io.pgha.provider.step;

import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One thing to do on a machine. Every step but a POST is safe to run again: run twice it leaves
 * what once leaves. The family is closed; providers compose steps and never add kinds.
 */
public sealed interface Step {
  /** Whether it may be run again where nobody knows whether it was done; RFC 9110, 9.2.2. */
  default boolean isRepeatable() {
    return !(this instanceof SendHttp http && http.method().equals("POST"));
  }

  /** What it will do, in one line that starts with a verb and shows no secret. */
  String describe();

  /**
   * Writes a file by way of a temporary file beside it, synced and renamed, so that a reader sees
   * the old or the new content and never half of it.
   *
   * @param path absolute path; the folder must be there
   * @param content the content
   * @param mode permission bits
   * @param owner the owner's name
   * @param group the group's name
   * @param validation a shell command that must succeed before the file takes its place, with
   *     {@code $FILE} as the temporary file; its output is reported where it fails
   * @param backup where the previous content is kept, if anywhere; an existing backup is replaced
   */
  record WriteFile(
      String path,
      List<Fragment> content,
      int mode,
      String owner,
      String group,
      Optional<String> validation,
      Optional<String> backup)
      implements Step {
    public WriteFile {
      content = List.copyOf(content);
    }

    @Override
    public String describe() {
      return "write " + path;
    }
  }

  /** Makes a directory with its parents, or corrects the mode and owner of one that is there. */
  record MakeDirectory(String path, int mode, String owner, String group) implements Step {
    @Override
    public String describe() {
      return "make directory " + path;
    }
  }

  /** Corrects mode and owner of what is at a path. */
  record SetPermissions(String path, int mode, String owner, String group) implements Step {
    @Override
    public String describe() {
      return "set %s to %04o %s:%s".formatted(path, mode, owner, group);
    }
  }

  /**
   * Removes a file, or a directory.
   *
   * @param recursive whether a directory goes with all it holds; else it must be empty
   */
  record RemovePath(String path, boolean recursive) implements Step {
    @Override
    public String describe() {
      return (recursive ? "remove directory " : "remove ") + path;
    }
  }

  /** Reads the package lists anew. */
  record RefreshPackageLists() implements Step {
    @Override
    public String describe() {
      return "apt-get update";
    }
  }

  /**
   * Installs packages in one transaction, without recommended packages; their services are not
   * started. Package lists are read anew where a package is not known yet.
   *
   * @param packages {@code name} or {@code name=version}
   */
  record InstallPackages(List<String> packages) implements Step {
    public InstallPackages {
      packages = List.copyOf(packages);
    }

    @Override
    public String describe() {
      return "install " + String.join(", ", packages);
    }
  }

  /** Puts packages on hold, or takes them off. */
  record HoldPackages(List<String> packages, boolean hold) implements Step {
    public HoldPackages {
      packages = List.copyOf(packages);
    }

    @Override
    public String describe() {
      return (hold ? "hold " : "unhold ") + String.join(", ", packages);
    }
  }

  /** What can be done with a unit. */
  enum UnitVerb {
    START("start"),
    /** Starts without waiting until it is up. */
    START_NO_BLOCK("start --no-block"),
    STOP("stop"),
    RESTART("restart"),
    RELOAD("reload"),
    ENABLE("enable"),
    DISABLE("disable"),
    UNMASK("unmask"),
    RESET_FAILED("reset-failed");

    private final String words;

    UnitVerb(String words) {
      this.words = words;
    }

    /** The arguments of systemctl. */
    public String words() {
      return words;
    }
  }

  /** Acts on a systemd unit; unit files are read anew before where they changed. */
  record UnitAction(UnitVerb verb, String unit) implements Step {
    @Override
    public String describe() {
      return "systemctl " + verb.words() + " " + unit;
    }
  }

  /**
   * Runs a POSIX shell script as root; it must end with status 0.
   *
   * @param description what it does, starting with a verb
   * @param script the script, shown in the plan: secrets only through {@code input}
   * @param input what the script reads on standard input
   * @param timeout how long it may take
   */
  record RunScript(String description, String script, List<Fragment> input, Duration timeout)
      implements Step {
    public RunScript {
      input = List.copyOf(input);
    }

    @Override
    public String describe() {
      return description;
    }
  }

  /**
   * Sends an HTTP request from the machine itself, by curl.
   *
   * @param description what it does, starting with a verb
   * @param body the body, JSON
   * @param accepted the statuses that mean success
   */
  record SendHttp(
      String description,
      String method,
      String url,
      List<Fragment> body,
      Optional<Credentials> credentials,
      Set<Integer> accepted,
      Duration timeout)
      implements Step {
    public SendHttp {
      body = List.copyOf(body);
      accepted = Set.copyOf(accepted);
    }

    @Override
    public String describe() {
      return description;
    }
  }

  /**
   * Runs SQL as the operating system's user postgres over the local socket, on standard input of
   * psql, stopping at the first error.
   *
   * @param description what it does, starting with a verb
   * @param sql the statements
   * @param transaction whether all of them are one transaction
   */
  record RunSql(
      String description,
      int port,
      String socketDirectory,
      String database,
      List<Fragment> sql,
      boolean transaction,
      Duration timeout)
      implements Step {
    public RunSql {
      sql = List.copyOf(sql);
    }

    @Override
    public String describe() {
      return description;
    }
  }

  /**
   * Waits until a condition holds, asking the probes again and again; holds no slot meanwhile.
   *
   * @param description what it waits for, such as {@code wait until etcd-1 is healthy}
   * @param probes what to ask, on any hosts
   * @param condition what must hold
   * @param timeout how long to wait before the step fails with the last reason
   */
  record Await(
      String description,
      List<PlacedProbe> probes,
      Function<ProbeResults, Verdict> condition,
      Duration timeout)
      implements Step {
    public Await {
      probes = List.copyOf(probes);
    }

    @Override
    public String describe() {
      return description;
    }
  }
}
