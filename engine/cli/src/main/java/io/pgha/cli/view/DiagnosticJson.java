package io.pgha.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.ValueText;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Diagnostics as JSON, in the shape that Terraform's have. It remembers the blocks of the files
 * that it wrote of. Not thread-safe.
 */
public final class DiagnosticJson {
  private final IdentityHashMap<SourceFile, NavigableMap<Integer, Block>> outlines =
      new IdentityHashMap<>();

  /**
   * Writes a diagnostic as an object.
   *
   * @param sources where its lines are found; empty to leave out what the source says
   */
  public void write(JsonGenerator out, Diagnostic diagnostic, Optional<SourceFiles> sources)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("severity", diagnostic.isError() ? "error" : "warning");
    out.writeStringField("code", diagnostic.code());
    out.writeStringField("summary", diagnostic.summary());
    out.writeStringField("detail", diagnostic.detail());
    if (diagnostic.address().isPresent()) {
      out.writeStringField("address", diagnostic.address().get());
    }
    if (diagnostic.path().isPresent()) {
      out.writeStringField("path", diagnostic.path().get().toString());
    }
    if (diagnostic.host().isPresent()) {
      out.writeStringField("host", diagnostic.host().get());
    }
    if (diagnostic.subject().isPresent()) {
      SourceRange range = diagnostic.subject().get();
      Optional<SourceFile> file = sources.flatMap(all -> all.find(range.file()));
      range(out, range, file);
      if (file.isPresent() && range.start().line() <= file.get().lines()) {
        snippet(out, diagnostic, range, file.get());
      }
    }
    out.writeEndObject();
  }

  private static void range(JsonGenerator out, SourceRange range, Optional<SourceFile> file)
      throws IOException {
    out.writeObjectFieldStart("range");
    out.writeStringField("filename", range.file());
    position(out, "start", range.start(), file);
    position(out, "end", range.end(), file);
    out.writeEndObject();
  }

  private static void position(
      JsonGenerator out, String name, SourcePosition position, Optional<SourceFile> file)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeNumberField("line", position.line());
    out.writeNumberField("column", position.column());
    if (file.isPresent()) {
      out.writeNumberField("byte", file.get().bytesBefore(position.offset()));
    }
    out.writeEndObject();
  }

  private void snippet(JsonGenerator out, Diagnostic diagnostic, SourceRange range, SourceFile file)
      throws IOException {
    String text = file.text();
    int start = text.lastIndexOf('\n', range.start().offset() - 1) + 1;
    int end = text.indexOf('\n', Math.max(range.start().offset(), range.end().offset() - 1));
    String code = text.substring(start, end < 0 ? text.length() : end);
    out.writeObjectFieldStart("snippet");
    Optional<String> context = context(range, file);
    if (context.isPresent()) {
      out.writeStringField("context", context.get());
    } else {
      out.writeNullField("context");
    }
    out.writeStringField("code", code);
    out.writeNumberField("start_line", range.start().line());
    int before = file.bytesBefore(start);
    out.writeNumberField(
        "highlight_start_offset", file.bytesBefore(range.start().offset()) - before);
    out.writeNumberField("highlight_end_offset", file.bytesBefore(range.end().offset()) - before);
    out.writeArrayFieldStart("values");
    for (String value : diagnostic.values()) {
      // A key may have spaces in it.
      String[] parts = value.split(" (?=is )", 2);
      out.writeStartObject();
      out.writeStringField("traversal", parts[0]);
      out.writeStringField("statement", parts.length > 1 ? parts[1] : "");
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** The head of the outermost block that a range begins in; none for JSON. */
  private Optional<String> context(SourceRange range, SourceFile file) {
    if (range.file().endsWith(".json")) {
      return Optional.empty();
    }
    int offset = range.start().offset();
    return Optional.ofNullable(
            outlines.computeIfAbsent(file, DiagnosticJson::outline).floorEntry(offset))
        .map(Map.Entry::getValue)
        .filter(block -> offset < block.range().end().offset())
        .map(block ->
            block.labels().stream()
                .map(label -> " " + ValueText.quote(label.text()))
                .collect(Collectors.joining("", block.type(), "")));
  }

  /** The outermost blocks of a file, by where they begin. */
  private static NavigableMap<Integer, Block> outline(SourceFile file) {
    NavigableMap<Integer, Block> blocks = new TreeMap<>();
    for (Block block : Parser.parseFile(file, new Diagnostics()).blocks()) {
      blocks.put(block.range().start().offset(), block);
    }
    return blocks;
  }
}
