package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import java.util.SequencedMap;

/**
 * What a file or a block holds: arguments and nested blocks.
 *
 * <p>A consumer reads it by a schema, since only a schema tells the two apart in JSON. Native
 * bodies are {@link NativeBody}s, JSON ones come from {@code io.pgha.language.json}; others may
 * wrap a body, as the expansion of {@code dynamic} blocks does.
 */
public interface Body {
  /**
   * Reads the body by a schema; whatever the schema does not know is an error.
   *
   * @return what was found; where errors were added it may lack something
   */
  BodyContent content(BodySchema schema, Diagnostics diagnostics);

  /** Reads what a schema knows and leaves the rest for another schema. */
  Partial partialContent(BodySchema schema, Diagnostics diagnostics);

  /** Reads the body as arguments of any name; a block in it is an error. */
  SequencedMap<String, Attribute> justAttributes(Diagnostics diagnostics);

  /** The whole of the body, with its braces where it has any. */
  SourceRange range();

  /** Where an error about something missing in the body points at. */
  SourceRange missingItemRange();

  /**
   * What a schema knows of a body, and the rest.
   *
   * @param content what the schema knows
   * @param remaining the body without that
   */
  record Partial(BodyContent content, Body remaining) {}
}
