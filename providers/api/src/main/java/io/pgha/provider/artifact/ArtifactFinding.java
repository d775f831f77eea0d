package io.pgha.provider.artifact;

import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import java.util.List;

/** The kinds of difference that files, packages and units of any resource may have. */
public final class ArtifactFinding {
  /** All of them. */
  public static final List<FindingKind> ALL =
      List.of(
          FindingKind.staying(
              "gone", Grade.DEGRADED, "Nothing of the instance is left on its machine."),
          FindingKind.staying(
              "attribute", Grade.DEGRADED, "An attribute has another value than was applied."),
          FindingKind.staying("file-content", Grade.DEGRADED, "A file says something else."),
          FindingKind.staying(
              "file-permissions", Grade.SECURITY, "A file has another mode, owner or group."),
          FindingKind.staying("file-missing", Grade.DEGRADED, "A file is not there."),
          FindingKind.staying(
              "directory-permissions",
              Grade.SECURITY,
              "A directory has another mode, owner or group."),
          FindingKind.staying("directory-missing", Grade.DEGRADED, "A directory is not there."),
          FindingKind.staying("package-missing", Grade.DEGRADED, "A package is not installed."),
          FindingKind.staying(
              "package-version", Grade.DEGRADED, "A package has another version than asked for."),
          FindingKind.staying(
              "package-hold", Grade.COSMETIC, "A package is held, or no longer held, by apt."),
          FindingKind.staying(
              ArtifactDrift.UNIT_STATE,
              Grade.DEGRADED,
              "A unit does not run, runs although it should not, or starts otherwise at boot."),
          FindingKind.staying(
                  ServiceDrift.UNIT_OVERRIDE,
                  Grade.DEGRADED,
                  "Something that nobody declares changes how a unit is started.")
              .repairedByHand(),
          FindingKind.staying(
              ServiceDrift.OLDER_CONFIGURATION,
              Grade.DEGRADED,
              "A process goes by what its file said before."),
          FindingKind.staying(
              ArtifactDrift.RUNTIME,
              Grade.DEGRADED,
              "A process was told something by hand that no file shows."),
          FindingKind.staying(
                  ServiceDrift.COMMAND_MISSING,
                  Grade.DEGRADED,
                  "A program is not there without which nobody can look at what runs.")
              .repairedByHand(),
          FindingKind.staying(
                  CertificateDrift.CODE,
                  Grade.COSMETIC,
                  "A certificate ends within 30 days; from 7 days on it is degraded.")
              .repairedByHand());

  private ArtifactFinding() {}
}
