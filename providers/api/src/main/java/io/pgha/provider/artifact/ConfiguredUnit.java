package io.pgha.provider.artifact;

import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import java.util.List;
import java.util.Optional;

/**
 * A unit and the file that it reads when it is started or reloaded. Where pgha was cut off between
 * writing the file and that, or somebody else left it at that, the file is as it should be and the
 * process is not.
 *
 * @param host the address of the host
 * @param unit the unit's name, with its suffix
 * @param file the file's path
 */
public record ConfiguredUnit(String host, String unit, String file) {
  /** What its process does then. */
  static final String OLDER = "runs with an older configuration";

  /** Whether the unit runs and was last started or reloaded before the file was written. */
  public boolean isStale(ProbeResults answers) {
    Optional<FileFacts> facts =
        answers.get(host, new Probe.OfFile(file, Probe.Content.TEXT)).found();
    return answers
        .get(host, new Probe.OfUnit(unit))
        .found()
        .filter(found -> facts.filter(found::isOlderThan).isPresent())
        .isPresent();
  }

  /**
   * What the plan shows of it.
   *
   * @param remedy such as {@code reloaded}
   */
  public ArtifactChange change(String remedy) {
    return new ArtifactChange(
        host,
        "unit:" + unit,
        ArtifactChange.Kind.UPDATE,
        OLDER + " -> " + remedy,
        List.of(),
        "%s was written after %s was last started or reloaded"
            .formatted(file, unit.replaceFirst("\\.service$", "")));
  }
}
