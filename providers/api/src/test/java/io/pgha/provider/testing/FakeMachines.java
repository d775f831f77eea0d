package io.pgha.provider.testing;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.LastChange;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Machines that answer probes from memory and do the simple steps: files, directories, packages and
 * units. What was never told is absent; every machine is a Debian 13.
 *
 * <p>Scripts, HTTP and SQL are not done: a test tells the answers that they lead to.
 */
public final class FakeMachines implements ProbeResults {
  private final Map<PlacedProbe, ProbeResult<?>> answers = new HashMap<>();
  private final Map<String, MachineFacts> machines = new HashMap<>();
  private final Map<String, String> available = new HashMap<>();

  /** What was told is of then; each step that is run takes a second. */
  private static final long BEFORE = 1_700_000_000L;

  private long now = BEFORE;

  /** Facts of a fresh Debian 13 of a name. */
  public static MachineFacts debian13(String name) {
    return new MachineFacts(
        sha256(name).substring(0, 32),
        name,
        "debian",
        "13",
        "trixie",
        "6.12.0",
        "amd64",
        4,
        8L << 30,
        List.of("eth0 192.168.228.141/24"),
        0,
        "boot");
  }

  /** Tells the facts of a host. */
  public FakeMachines machine(String host, MachineFacts facts) {
    machines.put(host, facts);
    return this;
  }

  /** Puts a file on a host. */
  public FakeMachines file(
      String host, String path, String text, int mode, String owner, String group) {
    return tell(host, path, file(text, mode, owner, group, false));
  }

  /** Puts a file on a host that a package brought and nobody changed. */
  public FakeMachines packageDefault(String host, String path, String text) {
    return tell(host, path, file(text, 0644, "root", "root", true));
  }

  /** Puts a directory on a host. */
  public FakeMachines directory(String host, String path, int mode, String owner, String group) {
    return tell(
        host,
        path,
        new FileFacts(
            FileFacts.Kind.DIRECTORY,
            mode,
            owner,
            group,
            0,
            Optional.empty(),
            Optional.empty(),
            false));
  }

  /** Takes away what is at a path. */
  public FakeMachines noFile(String host, String path) {
    answers
        .keySet()
        .removeIf(asked ->
            asked.host().equals(host)
                && asked.probe() instanceof Probe.OfFile file
                && file.path().equals(path));
    return this;
  }

  /** Installs a package. */
  public FakeMachines software(String host, String name, String version, boolean held) {
    return answer(
        host, new Probe.OfPackage(name), new ProbeResult.Found<>(new PackageFacts(version, held)));
  }

  /** Tells the version that an installation brings; 1.0 where it is not told. */
  public FakeMachines available(String name, String version) {
    available.put(name, version);
    return this;
  }

  /** Removes a package. */
  public FakeMachines noSoftware(String host, String name) {
    answers.remove(new PlacedProbe(host, new Probe.OfPackage(name)));
    return this;
  }

  /** Tells of a unit. */
  public FakeMachines unit(String host, String name, boolean enabled, boolean running) {
    return unit(host, name, facts(enabled, running, new LastChange(now, Long.MAX_VALUE, 0)));
  }

  private UnitFacts facts(boolean enabled, boolean running, LastChange changed) {
    return new UnitFacts(
        running ? "active" : "inactive",
        running ? "running" : "dead",
        enabled ? "enabled" : "disabled",
        running ? 100 : 0,
        running ? now : 0,
        false,
        changed,
        List.of());
  }

  /** Tells of a unit. */
  public FakeMachines unit(String host, String name, UnitFacts facts) {
    return answer(host, new Probe.OfUnit(name), new ProbeResult.Found<>(facts));
  }

  /** Tells when a running unit was last started or reloaded, in seconds since 1970. */
  public FakeMachines loaded(String host, String name, long changedAt) {
    return unit(
        host,
        name,
        new UnitFacts(
            "active",
            "running",
            "enabled",
            100,
            changedAt,
            false,
            new LastChange(changedAt, Math.max(now, changedAt) + 3600, 0),
            List.of()));
  }

  /** Tells when the file that is there was last written, in seconds since 1970. */
  public FakeMachines written(String host, String path, long modified) {
    return timed(host, path, facts -> modified, modified);
  }

  /** Tells when the file that is there was last changed in anything, in seconds since 1970. */
  public FakeMachines changed(String host, String path, long changed) {
    return timed(host, path, FileFacts::modified, changed);
  }

  private FakeMachines timed(
      String host, String path, ToLongFunction<FileFacts> modified, long changed) {
    FileFacts facts = get(host, new Probe.OfFile(path, Probe.Content.TEXT)).found().orElseThrow();
    return tell(
        host,
        path,
        new FileFacts(
            facts.kind(),
            facts.mode(),
            facts.owner(),
            facts.group(),
            facts.size(),
            facts.sha256(),
            facts.text(),
            facts.packageDefault(),
            modified.applyAsLong(facts),
            changed));
  }

  /** Tells how a script ends and what it prints. */
  public FakeMachines command(String host, Probe.OfCommand probe, int exitStatus, String output) {
    return answer(host, probe, new ProbeResult.Found<>(new CommandOutput(exitStatus, output, "")));
  }

  /** Tells an HTTP answer. */
  public FakeMachines http(String host, Probe.OfHttp probe, int status, String body) {
    return answer(host, probe, new ProbeResult.Found<>(new HttpAnswer(status, body)));
  }

  /** Tells the rows of a query. */
  public FakeMachines sql(String host, Probe.OfSql probe, SqlRows rows) {
    return answer(host, probe, new ProbeResult.Found<>(rows));
  }

  /** Tells any answer. */
  public <F> FakeMachines answer(String host, Probe<F> probe, ProbeResult<F> result) {
    answers.put(new PlacedProbe(host, probe), result);
    return this;
  }

  @Override
  @SuppressWarnings("unchecked") // an answer is told with a probe of the same facts
  public <F> ProbeResult<F> get(String host, Probe<F> probe) {
    if (probe instanceof Probe.OfMachine) {
      MachineFacts facts = machines.getOrDefault(host, debian13(host));
      return (ProbeResult<F>) new ProbeResult.Found<>(facts);
    }
    ProbeResult<?> told = answers.get(new PlacedProbe(host, probe));
    return told == null ? new ProbeResult.Absent<>() : (ProbeResult<F>) told;
  }

  /** These machines, answering nothing but what the probes ask, as the engine does. */
  public ProbeResults askedOnly(List<PlacedProbe> asked) {
    return new ProbeResults() {
      @Override
      public <F> ProbeResult<F> get(String host, Probe<F> probe) {
        if (!asked.contains(new PlacedProbe(host, probe))) {
          throw new IllegalArgumentException(probe + " was never asked of " + host);
        }
        return FakeMachines.this.get(host, probe);
      }
    };
  }

  /** Does the steps that are simple; returns the others, which the test must answer for. */
  public List<PlacedStep> run(List<PlacedStep> steps) {
    return steps.stream().filter(placed -> !done(placed)).toList();
  }

  private boolean done(PlacedStep placed) {
    if (!(placed.target() instanceof Target.Host(String host))) {
      return false;
    }
    now++;
    switch (placed.step()) {
      case Step.WriteFile write -> {
        file(
            host,
            write.path(),
            Fragment.reveal(write.content()),
            write.mode(),
            write.owner(),
            write.group());
        written(host, write.path(), now);
      }
      case Step.MakeDirectory make ->
          directory(host, make.path(), make.mode(), make.owner(), make.group());
      case Step.SetPermissions set -> setPermissions(host, set);
      case Step.RemovePath remove -> noFile(host, remove.path());
      case Step.InstallPackages install -> install.packages().forEach(each -> install(host, each));
      case Step.HoldPackages hold ->
          hold.packages()
              .forEach(each -> {
                String version =
                    get(host, new Probe.OfPackage(each))
                        .found()
                        .map(PackageFacts::version)
                        .orElse("1");
                software(host, each, version, hold.hold());
              });
      case Step.UnitAction action -> act(host, action);
      case Step.RefreshPackageLists refresh -> {}
      case Step.RunScript script -> {
        return false;
      }
      case Step.SendHttp send -> {
        return false;
      }
      case Step.RunSql sql -> {
        return false;
      }
      case Step.Await await -> {
        return false;
      }
    }
    return true;
  }

  private void install(String host, String wanted) {
    int at = wanted.indexOf('=');
    software(
        host,
        at < 0 ? wanted : wanted.substring(0, at),
        at < 0 ? available.getOrDefault(wanted, "1.0") : wanted.substring(at + 1),
        false);
  }

  private void setPermissions(String host, Step.SetPermissions set) {
    get(host, new Probe.OfFile(set.path(), Probe.Content.TEXT))
        .found()
        .ifPresent(facts ->
            tell(
                host,
                set.path(),
                new FileFacts(
                    facts.kind(),
                    set.mode(),
                    set.owner(),
                    set.group(),
                    facts.size(),
                    facts.sha256(),
                    facts.text(),
                    facts.packageDefault(),
                    facts.modified(),
                    facts.changed())));
  }

  private void act(String host, Step.UnitAction action) {
    UnitFacts before =
        get(host, new Probe.OfUnit(action.unit()))
            .found()
            .orElse(
                new UnitFacts(
                    "inactive", "dead", "disabled", 0, 0, false, LastChange.UNKNOWN, List.of()));
    boolean enabled = before.isEnabled();
    boolean running = before.isActive();
    switch (action.verb()) {
      case START, START_NO_BLOCK, RESTART -> running = true;
      case STOP -> running = false;
      case ENABLE -> enabled = true;
      case DISABLE, UNMASK -> enabled = false;
      case RELOAD, RESET_FAILED -> {}
    }
    LastChange changed =
        switch (action.verb()) {
          case ENABLE, DISABLE, UNMASK, RESET_FAILED -> before.lastChange();
          default -> new LastChange(now, Long.MAX_VALUE, 0);
        };
    unit(host, action.unit(), facts(enabled, running, changed));
  }

  private FakeMachines tell(String host, String path, FileFacts facts) {
    for (Probe.Content content : Probe.Content.values()) {
      answer(host, new Probe.OfFile(path, content), new ProbeResult.Found<>(facts));
    }
    return this;
  }

  private static FileFacts file(
      String text, int mode, String owner, String group, boolean packageDefault) {
    return new FileFacts(
        FileFacts.Kind.FILE,
        mode,
        owner,
        group,
        text.getBytes(StandardCharsets.UTF_8).length,
        Optional.of(sha256(text)),
        Optional.of(text),
        packageDefault,
        BEFORE);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
