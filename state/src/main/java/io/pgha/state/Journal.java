package io.pgha.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What happened since the snapshot: a line for each record, with a checksum, on disk before its
 * append returns. Concurrent appends share one sync. Belongs to one serial of one lineage; one that
 * belongs to another was folded into a snapshot already and is left out.
 */
final class Journal implements AutoCloseable {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes a record's fields. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private final Path file;
  private @Nullable FileChannel channel;
  private long written;
  private long synced;
  private boolean syncing;

  Journal(Path file) {
    this.file = file;
  }

  /** What a journal holds. */
  record Content(List<JsonNode> records, boolean damagedTail) {}

  /** Reads the records of the given snapshot; a tail that is torn or garbage is left out. */
  Content read(String lineage, long serial) throws StateException {
    List<JsonNode> records = new ArrayList<>();
    boolean damaged = false;
    try {
      if (!Files.exists(file)) {
        return new Content(List.of(), false);
      }
      byte[] bytes = Files.readAllBytes(file);
      int start = 0;
      while (start < bytes.length && !damaged) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
          end++;
        }
        JsonNode node = end < bytes.length ? record(bytes, start, end) : null;
        if (node == null) {
          damaged = true;
        } else {
          records.add(node);
        }
        start = end + 1;
      }
    } catch (IOException e) {
      throw new StateException(
          "Can't read the journal " + file + " (" + e.getMessage() + "). Check that you may.");
    }
    if (records.isEmpty()
        || !records.getFirst().path("lineage").asText().equals(lineage)
        || records.getFirst().path("serial").asLong() != serial) {
      return new Content(List.of(), false);
    }
    return new Content(records, damaged);
  }

  private static @Nullable JsonNode record(byte[] bytes, int start, int end) {
    if (end - start < 10) {
      return null;
    }
    String checksum = new String(bytes, start, 8, StandardCharsets.US_ASCII);
    if (!checksum.equals(checksum(bytes, start + 9, end - start - 9))) {
      return null;
    }
    try {
      return StateJson.MAPPER.readTree(bytes, start + 9, end - start - 9);
    } catch (IOException e) {
      // A line with a right checksum that is no JSON was never written by a journal.
      return null;
    }
  }

  private static String checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Starts an empty journal for a snapshot. */
  synchronized void begin(String lineage, long serial) throws StateException {
    try {
      close();
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      written = 0;
      synced = 0;
      Disk.syncFolderOf(file);
    } catch (IOException e) {
      throw unwritable(e);
    }
    append(out -> {
      out.writeStringField("kind", "begin");
      out.writeStringField("lineage", lineage);
      out.writeNumberField("serial", serial);
    });
  }

  /** Goes on with a journal whose records were read; a damaged tail is cut off. */
  synchronized void resume(List<JsonNode> kept) throws StateException {
    try {
      close();
      Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
      Files.deleteIfExists(temporary);
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel fresh = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        for (JsonNode node : kept) {
          write(fresh, line(StateJson.MAPPER.writeValueAsBytes(node)));
        }
        fresh.force(true);
      }
      Files.move(temporary, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      Disk.syncFolderOf(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Appends a record; when this returns it is on disk. */
  void append(Fields fields) throws StateException {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
        out.writeStartObject();
        fields.write(out);
        out.writeEndObject();
      }
      byte[] line = line(bytes.toByteArray());
      long mine;
      synchronized (this) {
        write(open(), line);
        mine = ++written;
      }
      sync(mine);
    } catch (IOException e) {
      throw unwritable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateException("Interrupted while the journal " + file + " was written.");
    }
  }

  /** Waits until a record is on disk; one thread syncs for all that wait. */
  private void sync(long mine) throws IOException, InterruptedException {
    FileChannel target;
    long upTo;
    synchronized (this) {
      while (syncing && synced < mine) {
        wait();
      }
      if (synced >= mine) {
        return;
      }
      syncing = true;
      upTo = written;
      target = open();
    }
    boolean done = false;
    try {
      target.force(false);
      done = true;
    } finally {
      synchronized (this) {
        syncing = false;
        if (done) {
          synced = Math.max(synced, upTo);
        }
        notifyAll();
      }
    }
  }

  private FileChannel open() throws IOException {
    FileChannel current = channel;
    if (current == null) {
      throw new IOException("the journal is closed");
    }
    return current;
  }

  private static byte[] line(byte[] json) {
    byte[] head = (checksum(json, 0, json.length) + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[head.length + json.length + 1];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(json, 0, line, head.length, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  private static void write(FileChannel target, byte[] line) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      target.write(buffer);
    }
  }

  /** Removes the journal: the snapshot has all of it. */
  synchronized void remove() throws StateException {
    try {
      close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private StateException unwritable(IOException e) {
    return new StateException(
        "Can't write the journal "
            + file
            + " ("
            + e
            + "). Nothing more is done without it. Make room or give the right to write, and run"
            + " again.");
  }

  @Override
  public synchronized void close() throws StateException {
    FileChannel current = channel;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        throw unwritable(e);
      }
      channel = null;
    }
  }
}
