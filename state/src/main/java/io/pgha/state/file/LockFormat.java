package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.state.LockInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * What a lock file says.
 *
 * @param info the holder
 * @param file the identity that the file system gives the file, to tell it from a later one of the
 *     same name
 */
record LockFormat(LockInfo info, String file) {

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonInput.FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("id", info.id());
      out.writeStringField("operation", info.operation());
      out.writeStringField("who", info.who());
      out.writeNumberField("pid", info.pid());
      out.writeStringField("process_start", info.processStart());
      out.writeStringField("boot_id", info.bootId());
      out.writeStringField("created", info.created());
      out.writeStringField("tool_version", info.toolVersion());
      out.writeStringField("file", file);
      out.writeEndObject();
      out.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  static LockFormat read(byte[] bytes) throws IOException {
    try (JsonInput in = JsonInput.of(bytes, 0, bytes.length)) {
      Map<String, String> texts = new java.util.TreeMap<>();
      long[] pid = {0};
      in.object(name -> {
        if (name.equals("pid")) {
          pid[0] = in.integer();
        } else {
          texts.put(name, in.text());
        }
      });
      return new LockFormat(
          new LockInfo(
              text(texts, "id"),
              text(texts, "operation"),
              text(texts, "who"),
              pid[0],
              text(texts, "process_start"),
              text(texts, "boot_id"),
              text(texts, "created"),
              text(texts, "tool_version")),
          text(texts, "file"));
    }
  }

  private static String text(Map<String, String> texts, String name) {
    return Objects.requireNonNullElse(texts.get(name), "");
  }
}
