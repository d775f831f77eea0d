package io.pgha.core.drift;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Str;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code ignore} blocks of a file; every error found is reported. */
final class IgnoreBlocks {
  private static final BodySchema FILE = BodySchema.EMPTY.block("ignore");
  private static final BodySchema BLOCK =
      BodySchema.EMPTY.required("address", "reason", "expires").optional("attribute", "host");
  private static final int LONGEST = 1000;

  private final LocalDate today;
  private final Diagnostics diagnostics;
  private final Map<String, IgnoreEntry> entries = new LinkedHashMap<>();

  private IgnoreBlocks(LocalDate today, Diagnostics diagnostics) {
    this.today = today;
    this.diagnostics = diagnostics;
  }

  /** The entries of a file that have no error, in their order. */
  static List<IgnoreEntry> read(SourceFile file, LocalDate today, Diagnostics diagnostics) {
    IgnoreBlocks blocks = new IgnoreBlocks(today, diagnostics);
    Parser.parseFile(file, diagnostics).content(FILE, diagnostics).blocks().forEach(blocks::add);
    return List.copyOf(blocks.entries.values());
  }

  private void add(Block block) {
    BodyContent content = block.body().content(BLOCK, diagnostics);
    Optional<IgnoreAddress> address = content.attribute("address").flatMap(this::address);
    Optional<IgnorePattern> attribute =
        content.attribute("attribute").flatMap(each -> pattern(each, '/'));
    Optional<IgnorePattern> host =
        content.attribute("host").flatMap(each -> pattern(each, IgnorePattern.NONE));
    Optional<String> reason = content.attribute("reason").flatMap(this::reason);
    Optional<LocalDate> expires = content.attribute("expires").flatMap(this::date);
    boolean narrowed =
        attribute.isPresent() == content.attribute("attribute").isPresent()
            && host.isPresent() == content.attribute("host").isPresent();
    if (address.isEmpty() || reason.isEmpty() || expires.isEmpty() || !narrowed) {
      return;
    }
    IgnoreEntry entry =
        new IgnoreEntry(
            address.get(), attribute, host, reason.get(), expires.get(), block.headerRange());
    IgnoreEntry other = entries.putIfAbsent(entry.text(), entry);
    if (other != null) {
      error(
          "Ignored twice",
          "The entry at %s is about %s too. Keep one of them."
              .formatted(other.range(), entry.text()),
          block.headerRange());
    }
  }

  private Optional<IgnoreAddress> address(Attribute attribute) {
    return text(attribute, true)
        .flatMap(text -> {
          try {
            return Optional.of(IgnoreAddress.parse(text));
          } catch (IllegalArgumentException e) {
            error(
                "Invalid address", String.valueOf(e.getMessage()), attribute.expression().range());
            return Optional.empty();
          }
        });
  }

  private Optional<IgnorePattern> pattern(Attribute attribute, char separator) {
    Optional<IgnorePattern> pattern =
        text(attribute, attribute.name().equals("attribute"))
            .map(text -> new IgnorePattern(text, separator));
    if (pattern.isPresent() && (pattern.get().isAnything() || pattern.get().text().isBlank())) {
      error(
          "A pattern that says nothing",
          "Leave \"%s\" out where an entry is about any.".formatted(attribute.name()),
          attribute.expression().range());
      return Optional.empty();
    }
    return pattern;
  }

  private Optional<String> reason(Attribute attribute) {
    Optional<String> reason =
        text(attribute, false).map(text -> text.strip().replaceAll("\\s+", " "));
    if (reason.isPresent() && reason.get().isEmpty()) {
      error(
          "No reason",
          "Say why nobody needs to be told, so that others can judge whether it still holds.",
          attribute.expression().range());
      return Optional.empty();
    }
    return reason;
  }

  private Optional<LocalDate> date(Attribute attribute) {
    Optional<String> text = text(attribute, false);
    SourceRange range = attribute.expression().range();
    LocalDate date;
    try {
      date = text.map(LocalDate::parse).orElse(null);
    } catch (DateTimeParseException e) {
      error(
          "Invalid date",
          "\"%s\" is no day such as \"%s\": year, month and day in digits."
              .formatted(text.orElse(""), today.plusMonths(1)),
          range);
      return Optional.empty();
    }
    if (date != null && date.isAfter(today.plusYears(1))) {
      error(
          "Ignored for too long",
          ("The last day may be %s, a year ahead, so that somebody looks at each entry once a year."
                  + " What shall stay as it is belongs into the configuration.")
              .formatted(today.plusYears(1)),
          range);
      return Optional.empty();
    }
    return Optional.ofNullable(date);
  }

  /** A quoted text, or a reference as it is written. */
  private Optional<String> text(Attribute attribute, boolean reference) {
    Expression expression = attribute.expression();
    Optional<String> text =
        switch (expression) {
          case Literal(Str(String literal), _) -> Optional.of(literal);
          case ScopeTraversal traversal when reference -> Optional.of(traversal.toString());
          default -> Optional.empty();
        };
    if (text.isEmpty() && !(expression instanceof Expression.Invalid)) {
      error(
          "Not a plain string",
          "\"%s\" must be a quoted string without interpolation here.%s"
              .formatted(
                  attribute.name(), reference ? " One with a * in it needs the quotes too." : ""),
          expression.range());
    }
    if (text.isPresent() && text.get().length() > LONGEST) {
      error(
          "Too long",
          "\"%s\" may have %d characters.".formatted(attribute.name(), LONGEST),
          expression.range());
      return Optional.empty();
    }
    return text;
  }

  private void error(String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error("invalid-ignore", summary, detail, range));
  }
}
