package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Optional;

/** Evaluates the sources of modules. What may hold a password is never shown. */
final class SourceText {
  private final Diagnostics diagnostics;

  SourceText(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The text that a source is; empty where it is none, which is reported. */
  Optional<String> of(Attribute source, EarlyScope scope) {
    Optional<String> constant = Meta.constant(source.expression());
    return constant.isPresent() ? constant : evaluated(source, scope);
  }

  private Optional<String> evaluated(Attribute source, EarlyScope scope) {
    Expression written = source.expression();
    Diagnostics found = new Diagnostics();
    Value value = scope.evaluate(source, found);
    if (found.hasErrors()) {
      found.all().forEach(each -> diagnostics.add(hidden(each, written)));
      return Optional.empty();
    }
    if (Marks.has(value, Mark.SENSITIVE) || Marks.has(value, Mark.EPHEMERAL)) {
      refuse(
          "Source of a module is a secret",
          "It comes of a sensitive or ephemeral value, but it is shown, and .pgha.lock.hcl keeps it."
              + " Use nonsensitive() on a sensitive value that is no secret.",
          source,
          scope);
      return Optional.empty();
    }
    if (value instanceof Str(String text)) {
      return Optional.of(text);
    }
    refuse(
        "Source of a module is not a text",
        value.isKnown()
            ? "It must be a string."
            : "It is not known before modules are found, since it needs something that only a plan"
                + " or an apply tells.",
        source,
        scope);
    return Optional.empty();
  }

  private void refuse(String summary, String detail, Attribute source, EarlyScope scope) {
    Expression written = source.expression();
    Diagnostic error = Diagnostic.error("module-source", summary, detail, written.range());
    diagnostics.add(hidden(scope.explained(error, source), written));
  }

  /** The same without its place and values, where the line may hold a password. */
  private static Diagnostic hidden(Diagnostic found, Expression written) {
    boolean shows =
        found.subject().filter(range -> range.file().equals(written.range().file())).isPresent();
    return (shows && written.toString().contains("@"))
            || found.values().stream().anyMatch(value -> value.contains("@"))
        ? new Diagnostic(
            found.severity(),
            found.code(),
            found.summary(),
            found.detail(),
            Optional.empty(),
            Optional.empty(),
            found.address(),
            found.path(),
            found.host(),
            List.of())
        : found;
  }
}
