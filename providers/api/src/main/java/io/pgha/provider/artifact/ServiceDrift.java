package io.pgha.provider.artifact;

import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is told of a service on one host, which is a package, a file and a unit: what merely follows
 * from another difference is left out, and permissions are graded by who gained what.
 *
 * @param host the address of the host
 * @param program the package that brings the service
 * @param unit the unit's name, with its suffix
 * @param file the path of the file that it reads
 */
public record ServiceDrift(String host, String program, String unit, String file) {
  /** The process goes by what its file said before. */
  public static final String OLDER_CONFIGURATION = "older-configuration";

  /** Something that nobody declares changes how the unit is started. */
  public static final String UNIT_OVERRIDE = "unit-override";

  /** The code of a program that is not there, so that something could not be looked at. */
  public static final String COMMAND_MISSING = "command-missing";

  private static final String UNREACHABLE_PORTS = "unreachable-ports";
  private static final int WRITABLE = 0022;

  /** The questions of {@link #overrides}. */
  public List<PlacedProbe> probes() {
    return List.of(new PlacedProbe(host, folder()), new PlacedProbe(host, unitFile()));
  }

  private Probe.OfFile folder() {
    return new Probe.OfFile("/etc/systemd/system/" + unit + ".d", Probe.Content.NONE);
  }

  private Probe.OfFile unitFile() {
    return new Probe.OfFile("/etc/systemd/system/" + unit, Probe.Content.NONE);
  }

  /**
   * What an administrator laid over the package's unit, where the host does not declare it.
   *
   * @param machine the host's instance
   */
  public List<Difference> overrides(Optional<Instance> machine, ProbeResults answers) {
    Set<String> declared =
        machine.map(each -> Values.of(each).map("files").keySet()).orElse(Set.of());
    List<String> changed = new ArrayList<>();
    Since since = Since.UNKNOWN;
    long own = declared.stream().filter(path -> path.startsWith(folder().path() + "/")).count();
    ProbeResult<FileFacts> folder = answers.get(host, folder());
    if (folder
        .found()
        .filter(facts -> facts.kind() == FileFacts.Kind.DIRECTORY && facts.size() > own)
        .isPresent()) {
      changed.add(folder().path());
      // Written when a name came into it or went.
      since = Since.written(folder);
    }
    ProbeResult<FileFacts> file = answers.get(host, unitFile());
    if (!declared.contains(unitFile().path())
        && file.found().filter(facts -> facts.kind() == FileFacts.Kind.FILE).isPresent()) {
      changed.add(unitFile().path());
      since = Since.written(file);
    }
    unit(answers).map(UnitFacts::overrides).orElse(List.of()).stream()
        .filter(path -> !declared.contains(path) && !path.startsWith(folder().path() + "/"))
        .filter(path -> !changed.contains(path) && !path.equals(unitFile().path()))
        .forEach(changed::add);
    return changed.isEmpty()
        ? List.of()
        : List.of(override(String.join(" and ", changed)).since(since));
  }

  /**
   * A program is not there without which nobody can see how something is doing: what it would have
   * told is not known, and must not be called clean.
   *
   * @param host the address of the host
   * @param name the program's name
   */
  public static Difference commandMissing(String host, String name) {
    return Difference.of(
            COMMAND_MISSING, "command:" + name, host, Grade.DEGRADED, "there", "not there")
        .because(
            "Without %s nobody can look at what runs there. Its package says that it is installed: put it back, or install the package again."
                .formatted(name));
  }

  private Difference override(String path) {
    return Difference.of(
            UNIT_OVERRIDE,
            "unit:" + unit,
            host,
            Grade.DEGRADED,
            "the package's unit",
            "changed by " + path)
        .because(
            "Somebody changed how it is started: systemctl cat "
                + unit
                + " shows it. Take it away, or declare it in the files of the host.");
  }

  /** Whether the unit does not run. */
  public boolean isDown(ProbeResults answers) {
    return unit(answers).filter(UnitFacts::isActive).isEmpty();
  }

  private Optional<UnitFacts> unit(ProbeResults answers) {
    return answers.get(host, new Probe.OfUnit(unit)).found();
  }

  /** Whether a difference of the code is told of the artifact with the key. */
  public static boolean tells(List<Difference> differences, String code, String key) {
    return differences.stream()
        .anyMatch(each -> each.code().equals(code) && each.subject().equals(key));
  }

  /** Whether the file is another one, or not there. */
  public boolean changesFile(List<Difference> differences) {
    return tells(differences, "file-content", "file:" + file)
        || tells(differences, "file-missing", "file:" + file);
  }

  /** Whether the program is not installed. */
  public boolean lacksProgram(List<Difference> differences) {
    return tells(differences, "package-missing", "package:" + program);
  }

  /**
   * The differences without those that follow from others.
   *
   * @param artifacts what the service owns, as it should be
   */
  public List<Difference> causes(
      List<Difference> differences, List<Artifact> artifacts, ProbeResults answers) {
    List<Difference> causes = new ArrayList<>();
    for (Difference each : differences) {
      if (!follows(each, differences)) {
        causes.add(told(each, artifacts, answers));
      }
    }
    return causes;
  }

  /** Nothing is left of a package that was purged, and a file that goes takes its time with it. */
  private boolean follows(Difference each, List<Difference> differences) {
    boolean ofUnit = each.subject().equals("unit:" + unit);
    boolean ofFile = each.subject().equals("file:" + file);
    return each.code().equals(UNREACHABLE_PORTS)
        || (lacksProgram(differences) && (ofUnit || (ofFile && each.code().equals("file-missing"))))
        || (isOlder(each) && changesFile(differences));
  }

  private boolean isOlder(Difference each) {
    return each.code().equals(ArtifactDrift.RUNTIME)
        && each.subject().equals("unit:" + unit)
        && each.found().equals(ConfiguredUnit.OLDER);
  }

  private Difference told(Difference each, List<Artifact> artifacts, ProbeResults answers) {
    if (isOlder(each)) {
      Since since = Since.written(answers.get(host, new Probe.OfFile(file, Probe.Content.TEXT)));
      return Difference.of(
              OLDER_CONFIGURATION,
              each.subject(),
              host,
              Grade.DEGRADED,
              "runs with the file as it is",
              each.found())
          .because(
              each.detail() + " What the file says shows at the next start, perhaps in a failover.")
          .since(since);
    }
    if (each.code().equals("file-permissions") || each.code().equals("directory-permissions")) {
      return artifacts.stream()
          .filter(artifact -> artifact.key().equals(each.subject()))
          .findFirst()
          .map(artifact -> permissions(each, artifact, answers))
          .orElse(each);
    }
    return each;
  }

  private static Difference permissions(Difference each, Artifact artifact, ProbeResults answers) {
    return switch (artifact) {
      case Artifact.OfFile file ->
          answers
              .get(file.host(), new Probe.OfFile(file.path(), Probe.Content.TEXT))
              .found()
              .map(facts ->
                  permissions(
                      each,
                      facts,
                      file.mode(),
                      owned(facts, file.owner(), file.group()),
                      file.content().stream().anyMatch(Fragment::secret)))
              .orElse(each);
      case Artifact.OfDirectory directory ->
          answers
              .get(directory.host(), new Probe.OfFile(directory.path(), Probe.Content.NONE))
              .found()
              .map(facts ->
                  permissions(
                      each,
                      facts,
                      directory.mode(),
                      owned(facts, directory.owner(), directory.group()),
                      true))
              .orElse(each);
      case Artifact.OfPackage _ -> each;
      case Artifact.OfUnit _ -> each;
    };
  }

  private static boolean owned(FileFacts facts, String owner, String group) {
    return facts.owner().equals(owner) && facts.group().equals(group);
  }

  private static Difference permissions(
      Difference each, FileFacts facts, int mode, boolean owned, boolean secret) {
    int gained = facts.mode() & ~mode;
    if (!owned) {
      return each.because("It belongs to somebody else, who may change it.");
    }
    if (gained == 0) {
      return each.graded(Grade.DEGRADED)
          .because("Nobody gained by it, but who must read it may no longer be able to.");
    }
    if ((gained & WRITABLE) != 0) {
      return each.because("Others may change it.");
    }
    return secret
        ? each.because("Others may read what is secret in it.")
        : each.graded(Grade.COSMETIC).because("It holds no secret.");
  }
}
