package io.pgha.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** The snapshot: one JSON document with one instance a line, replaced as a whole or not at all. */
final class StateFile {
  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path file;

  StateFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /** Reads the snapshot; the empty state where there is none. */
  State read() throws StateException {
    byte[] bytes;
    try {
      if (!Files.exists(file)) {
        return State.EMPTY;
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StateException(
          "Can't read the state file " + file + " (" + e.getMessage() + "). Check that you may.");
    }
    try {
      return parse(StateJson.MAPPER.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw damaged(
          "line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private State parse(JsonNode root) throws IOException, StateException {
    int version = StateJson.required(root, "version").asInt();
    if (version > VERSION) {
      throw new StateException(
          "The state file "
              + file
              + " was written by a newer pgha ("
              + root.path("tool_version").asText()
              + ", state version "
              + version
              + "). Use that pgha or a newer one; this one left the file untouched.");
    }
    Map<String, InstanceState> instances = new TreeMap<>();
    for (JsonNode node : StateJson.required(root, "instances")) {
      InstanceState instance = StateJson.instance(node);
      instances.put(instance.address().text(), instance);
    }
    Map<String, OutputState> outputs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("outputs").properties()) {
      outputs.put(entry.getKey(), StateJson.output(entry.getValue()));
    }
    return new State(
        StateJson.required(root, "lineage").asText(),
        StateJson.required(root, "serial").asLong(),
        new TreeMap<>(instances),
        new TreeMap<>(outputs));
  }

  private StateException damaged(String what) {
    return new StateException(
        "The state file "
            + file
            + " is damaged: "
            + what
            + ". It was left untouched. Put back a copy: the state before the last write is in "
            + backup().getFileName()
            + " beside it.");
  }

  private Path backup() {
    return file.resolveSibling(file.getFileName() + ".backup");
  }

  /** Replaces the snapshot; the one before is kept beside it. */
  void write(State state) throws StateException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      byte[] bytes = render(state);
      Files.deleteIfExists(temporary);
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      if (Files.exists(file)) {
        Files.copy(
            file,
            backup(),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      Disk.syncFolderOf(file);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw new StateException(
          "Can't write the state file "
              + file
              + " ("
              + e
              + "). What was done is in the journal beside it and is not lost; make room or give"
              + " the right to write, and run again.");
    }
  }

  private static byte[] render(State state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    print(bytes, "{\n\"version\": " + VERSION + ",\n");
    print(bytes, "\"tool_version\": " + StateJson.MAPPER.writeValueAsString("0.1.0") + ",\n");
    print(bytes, "\"serial\": " + state.serial() + ",\n");
    print(bytes, "\"lineage\": " + StateJson.MAPPER.writeValueAsString(state.lineage()) + ",\n");
    print(bytes, "\"outputs\": {");
    String separator = "\n";
    for (Map.Entry<String, OutputState> output : state.outputs().entrySet()) {
      print(bytes, separator + StateJson.MAPPER.writeValueAsString(output.getKey()) + ": ");
      try (JsonGenerator out = generator(bytes)) {
        StateJson.write(out, output.getValue());
      }
      separator = ",\n";
    }
    print(bytes, "\n},\n\"instances\": [");
    separator = "\n";
    for (InstanceState instance : state.instances().values()) {
      print(bytes, separator);
      try (JsonGenerator out = generator(bytes)) {
        StateJson.write(out, instance);
      }
      separator = ",\n";
    }
    print(bytes, "\n]\n}\n");
    return bytes.toByteArray();
  }

  private static JsonGenerator generator(ByteArrayOutputStream bytes) throws IOException {
    return FACTORY.createGenerator(bytes).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  private static void print(ByteArrayOutputStream bytes, String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
