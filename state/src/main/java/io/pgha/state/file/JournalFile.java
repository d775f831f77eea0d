package io.pgha.state.file;

import io.pgha.state.JournalRecord;
import io.pgha.state.StateException;
import io.pgha.state.encryption.Content;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.EncryptionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The journal's lines: a CRC32C of the rest in eight hexadecimal digits, a space, a record, which
 * may be encrypted.
 */
final class JournalFile {
  private static final int CHECKSUM = 8;

  private JournalFile() {}

  /**
   * What a journal's file holds.
   *
   * @param records the whole and valid records
   * @param torn whether the last line was not written whole, as a crash leaves it
   * @param damaged how many other lines are not what was written
   */
  record Records(List<JournalRecord> records, boolean torn, int damaged) {}

  static byte[] lines(List<JournalRecord> records, Encryption encryption)
      throws EncryptionException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (JournalRecord entry : records) {
      byte[] json = encryption.encrypted(RecordFormat.write(entry), Content.JOURNAL);
      lines.writeBytes(checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII));
      lines.write(' ');
      lines.writeBytes(json);
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static String checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  static Records read(Path file, Encryption encryption) throws StateException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new Records(List.of(), false, 0);
    } catch (IOException e) {
      throw Failures.reading(file, e);
    }
    List<JournalRecord> records = new ArrayList<>();
    int damaged = 0;
    int start = 0;
    int line = 1;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        if (isWhole(bytes, start, end)) {
          records.add(
              parse(
                  file, line, decrypted(file, line, bytes, start + CHECKSUM + 1, end, encryption)));
        } else {
          damaged++;
        }
        start = end + 1;
        line++;
      }
    }
    return new Records(records, start < bytes.length, damaged);
  }

  private static boolean isWhole(byte[] bytes, int start, int end) {
    int json = start + CHECKSUM + 1;
    return end > json
        && bytes[json - 1] == ' '
        && new String(bytes, start, CHECKSUM, StandardCharsets.ISO_8859_1)
            .equals(checksum(bytes, json, end - json));
  }

  private static byte[] decrypted(
      Path file, int line, byte[] bytes, int start, int end, Encryption encryption)
      throws StateException {
    try {
      return encryption.decrypted(Arrays.copyOfRange(bytes, start, end), Content.JOURNAL);
    } catch (EncryptionException e) {
      throw new StateException(
          StateException.Reason.ENCRYPTED,
          "The journal %s can't be used, for its record at line %d: %s It was left untouched."
              .formatted(file, line, e.getMessage()),
          e);
    }
  }

  private static JournalRecord parse(Path file, int line, byte[] json) throws StateException {
    try {
      return RecordFormat.read(json, 0, json.length);
    } catch (IOException e) {
      // The checksum holds, so this is what was written: by a pgha that knows more than this one.
      throw new StateException(
          StateException.Reason.NEWER,
          "The journal "
              + file
              + " has a record at line "
              + line
              + " that this pgha doesn't understand ("
              + Failures.problem(e)
              + "). It was left untouched. Go on with the pgha that wrote it, or a newer one.",
          e);
    }
  }
}
