package io.pgha.language.format;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.NativeBody;
import io.pgha.language.syntax.Parser;
import io.pgha.language.syntax.Tokens;
import java.util.Optional;

/**
 * Writes a configuration or values file in its canonical form, byte for byte that of {@code
 * terraform fmt} 1.11.4, except where that would lose or break something:
 *
 * <ul>
 *   <li>comments among a block's labels stay;
 *   <li>labels with a dollar or a percent sign stay as they are written;
 *   <li>an interpolation over several lines gets parentheses wherever it would not be one
 *       expression without them.
 * </ul>
 *
 * <p>Literal text, comments, heredocs and the line feeds between tokens stay as they are; a byte
 * order mark goes. Nothing is thrown for any text, and the time is linear in it.
 */
public final class CanonicalForm {
  private CanonicalForm() {}

  /**
   * The text of a file in its canonical form; empty, with the reasons added to the diagnostics,
   * where it has errors of syntax.
   */
  public static Optional<String> of(SourceFile file, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    NativeBody body = Parser.parseFile(file, found);
    diagnostics.addAll(found.all());
    if (found.hasErrors() || file.hasEncodingErrors()) {
      return Optional.empty();
    }
    Tokens tokens = Tokens.of(file, new Diagnostics());
    String text = new Rewriting(file.text(), tokens).of(body);
    if (!text.equals(file.text())) {
      tokens = Tokens.of(SourceFile.of(file.name(), text), new Diagnostics());
    }
    return Optional.of(new Layout(text, tokens).text());
  }
}
