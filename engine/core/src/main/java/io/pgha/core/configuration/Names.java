package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Parser;

/** Checks what configuration calls things: only what is a name can be referred to. */
final class Names {
  private Names() {}

  /** Whether the label of a block is a name; what is none is reported. */
  static boolean check(Block.Label label, String what, Diagnostics diagnostics) {
    return check(label.text(), label.range(), what, diagnostics);
  }

  /** Whether a text is a name; what is none is reported. */
  static boolean check(String text, SourceRange range, String what, Diagnostics diagnostics) {
    if (Parser.isIdentifier(text)) {
      return true;
    }
    diagnostics.add(
        Diagnostic.error(
            "invalid-name",
            "Invalid " + what,
            "A name starts with a letter or underscore, and holds letters, digits, underscores and"
                + " dashes only.",
            range));
    return false;
  }
}
