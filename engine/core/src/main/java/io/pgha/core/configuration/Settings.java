package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;

/** Reads the {@code pgha} block, and {@code terraform} as the same. */
final class Settings {
  private static final BodySchema SCHEMA =
      BodySchema.EMPTY
          .optional("required_version")
          .block("required_providers")
          .block("backend", "type")
          .block("encryption");

  private Settings() {}

  /** Checks that this version may be used; returns what else the block says. */
  static BodyContent check(Block block, Diagnostics diagnostics) {
    BodyContent content = block.body().content(SCHEMA, diagnostics);
    String required = Meta.text(content, "required_version", diagnostics);
    if (!required.isEmpty() && !VersionConstraint.isOne(required)) {
      diagnostics.add(
          Diagnostic.error(
              "required-version",
              "Invalid version constraint",
              "\"%s\" is none that can be understood. It is such as \">= 0.1, < 2.0\" or \"~> 0.1.2\"."
                  .formatted(required),
              content.attribute("required_version").orElseThrow().expression().range()));
    } else if (!required.isEmpty()
        && !VersionConstraint.holds(required, VersionConstraint.CURRENT)) {
      diagnostics.add(
          Diagnostic.error(
              "required-version",
              "Unsupported pgha version",
              "This configuration needs a pgha of version "
                  + required
                  + ", but this is "
                  + VersionConstraint.CURRENT
                  + ". Use another version, or change required_version.",
              content.attribute("required_version").orElseThrow().expression().range()));
    }
    return content;
  }
}
