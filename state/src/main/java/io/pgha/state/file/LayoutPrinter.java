package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/** Breaks lines between the document's fields and between their entries, and nowhere deeper. */
final class LayoutPrinter implements PrettyPrinter {
  private static final int DEEPEST = 2;

  private int depth;

  @Override
  public void writeRootValueSeparator(JsonGenerator out) {}

  @Override
  public void writeStartObject(JsonGenerator out) throws IOException {
    start(out, '{');
  }

  @Override
  public void beforeObjectEntries(JsonGenerator out) throws IOException {
    line(out);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(depth <= DEEPEST ? ": " : ":");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
    separator(out);
  }

  @Override
  public void writeEndObject(JsonGenerator out, int count) throws IOException {
    end(out, '}', count);
  }

  @Override
  public void writeStartArray(JsonGenerator out) throws IOException {
    start(out, '[');
  }

  @Override
  public void beforeArrayValues(JsonGenerator out) throws IOException {
    line(out);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
    separator(out);
  }

  @Override
  public void writeEndArray(JsonGenerator out, int count) throws IOException {
    end(out, ']', count);
  }

  private void start(JsonGenerator out, char bracket) throws IOException {
    out.writeRaw(bracket);
    depth++;
  }

  private void separator(JsonGenerator out) throws IOException {
    out.writeRaw(',');
    line(out);
  }

  private void end(JsonGenerator out, char bracket, int count) throws IOException {
    depth--;
    if (count > 0 && depth < DEEPEST) {
      newLine(out);
    }
    out.writeRaw(bracket);
  }

  private void line(JsonGenerator out) throws IOException {
    if (depth <= DEEPEST) {
      newLine(out);
    }
  }

  private void newLine(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
    for (int i = 0; i < depth; i++) {
      out.writeRaw("  ");
    }
  }
}
