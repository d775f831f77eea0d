package io.pgha.cli.drift;

import io.pgha.provider.drift.Grade;

/**
 * What CI servers call a grade.
 *
 * @param sarif SARIF's level (2.1.0, 3.27.10)
 * @param score GitHub's {@code security-severity}, from 0 to 10; empty where security is not at
 *     stake, since GitHub would list it under security then
 * @param gitLab the severity in GitLab's code quality reports
 * @param gitHub the command of GitHub Actions that annotates with it
 */
record Severity(String sarif, String score, String gitLab, String gitHub) {
  static Severity of(Grade grade) {
    return switch (grade) {
      case COSMETIC -> new Severity("note", "", "info", "notice");
      case DEGRADED -> new Severity("warning", "", "major", "warning");
      case SECURITY -> new Severity("error", "8.0", "critical", "error");
      case DANGER -> new Severity("error", "9.5", "blocker", "error");
    };
  }
}
