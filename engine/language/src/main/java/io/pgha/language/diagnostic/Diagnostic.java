package io.pgha.language.diagnostic;

import io.pgha.language.value.AttributePath;
import java.util.List;
import java.util.Optional;

/**
 * Something that the user must or should know: what is wrong, where, why, and what to do.
 *
 * @param severity how bad it is
 * @param code a stable name that code and tests can rely on, such as {@code unknown-argument}
 * @param summary one line, without a full stop
 * @param detail sentences that say why and what to do; may be empty
 * @param subject what it is about in the source
 * @param context a wider range of source to show, such as the whole expression
 * @param address the resource instance it is about, in text form
 * @param path the attribute within that instance
 * @param host the host it happened on, by name
 * @param values what the expressions involved evaluated to, as {@code name is value} lines
 */
public record Diagnostic(
    Severity severity,
    String code,
    String summary,
    String detail,
    Optional<SourceRange> subject,
    Optional<SourceRange> context,
    Optional<String> address,
    Optional<AttributePath> path,
    Optional<String> host,
    List<String> values) {

  public Diagnostic {
    values = List.copyOf(values);
  }

  /** An error at a place of the source. */
  public static Diagnostic error(String code, String summary, String detail, SourceRange subject) {
    return error(code, summary, detail).at(subject);
  }

  /** An error without a place. */
  public static Diagnostic error(String code, String summary, String detail) {
    return plain(Severity.ERROR, code, summary, detail);
  }

  /** A warning without a place. */
  public static Diagnostic warning(String code, String summary, String detail) {
    return plain(Severity.WARNING, code, summary, detail);
  }

  /** The same as a warning. */
  public Diagnostic asWarning() {
    return new Diagnostic(
        Severity.WARNING, code, summary, detail, subject, context, address, path, host, values);
  }

  /** The same as an error. */
  public Diagnostic asError() {
    return new Diagnostic(
        Severity.ERROR, code, summary, detail, subject, context, address, path, host, values);
  }

  private static Diagnostic plain(Severity severity, String code, String summary, String detail) {
    return new Diagnostic(
        severity,
        code,
        summary,
        detail,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * This diagnostic with a further sentence, on a line of its own if it begins with a line feed.
   */
  public Diagnostic explained(String more) {
    return new Diagnostic(
        severity,
        code,
        summary,
        detail.isEmpty() ? more : sentence(detail) + (more.startsWith("\n") ? "" : " ") + more,
        subject,
        context,
        address,
        path,
        host,
        values);
  }

  /** Somebody else's words may end without an end. */
  private static String sentence(String words) {
    return words.endsWith(".") || words.endsWith("!") || words.endsWith("?") ? words : words + ".";
  }

  /** This diagnostic at a place of the source. */
  public Diagnostic at(SourceRange range) {
    return new Diagnostic(
        severity, code, summary, detail, Optional.of(range), context, address, path, host, values);
  }

  /** This diagnostic with a wider range of source to show. */
  public Diagnostic within(SourceRange range) {
    return new Diagnostic(
        severity, code, summary, detail, subject, Optional.of(range), address, path, host, values);
  }

  /** This diagnostic about a resource instance. */
  public Diagnostic about(String instance) {
    return new Diagnostic(
        severity,
        code,
        summary,
        detail,
        subject,
        context,
        Optional.of(instance),
        path,
        host,
        values);
  }

  /** This diagnostic about an attribute; the engine finds its place in the source. */
  public Diagnostic of(AttributePath attribute) {
    return new Diagnostic(
        severity,
        code,
        summary,
        detail,
        subject,
        context,
        address,
        Optional.of(attribute),
        host,
        values);
  }

  /** This diagnostic about something that happened on a host. */
  public Diagnostic on(String hostName) {
    return new Diagnostic(
        severity,
        code,
        summary,
        detail,
        subject,
        context,
        address,
        path,
        Optional.of(hostName),
        values);
  }

  /** This diagnostic with what the expressions involved evaluated to. */
  public Diagnostic with(List<String> evaluated) {
    return new Diagnostic(
        severity, code, summary, detail, subject, context, address, path, host, evaluated);
  }

  /** Whether the run can't go on. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
