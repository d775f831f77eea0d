package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import java.util.List;

/**
 * A block of a body: <code>type "label" { ... }</code>.
 *
 * @param type its type
 * @param typeRange where the type is written
 * @param labels its labels in order
 * @param body what is in it
 * @param headerRange the type and the labels, which is what errors about the block point at
 * @param range the whole of it
 */
public record Block(
    String type,
    SourceRange typeRange,
    List<Label> labels,
    Body body,
    SourceRange headerRange,
    SourceRange range) {
  public Block {
    labels = List.copyOf(labels);
  }

  /**
   * A label of a block.
   *
   * @param text the label
   * @param range where it is written, with its quotes
   */
  public record Label(String text, SourceRange range) {
    /** Whether it can be referred to as a name. */
    public boolean isIdentifier() {
      return Parser.isIdentifier(text);
    }
  }

  /** The text of the label at an index. */
  public String label(int index) {
    return labels.get(index).text();
  }
}
