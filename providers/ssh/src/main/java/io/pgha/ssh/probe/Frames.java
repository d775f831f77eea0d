package io.pgha.ssh.probe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a probe script printed, cut at its headers: lines of a number that nobody can guess, a tag,
 * an index, and what else is to be told. What lies between two headers is taken as it is, so no
 * content can pass for a header.
 */
final class Frames {
  private final Map<String, Frame> frames = new HashMap<>();
  private final boolean complete;

  /**
   * A header and what followed it.
   *
   * @param note what the header said after tag and index
   * @param data the bytes up to the next header
   */
  record Frame(String note, byte[] data) {
    /** The data as text; what is not UTF-8 is replaced. */
    String text() {
      return new String(data, StandardCharsets.UTF_8);
    }

    /** The data as text where all of it is UTF-8. */
    Optional<String> strictText() {
      return Frames.strictText(data);
    }
  }

  private Frames(byte[] output, String nonce) {
    String text = new String(output, StandardCharsets.ISO_8859_1);
    String mark = "\n" + nonce + " ";
    boolean ended = false;
    int header = text.indexOf(mark);
    while (header >= 0) {
      int line = header + mark.length();
      int end = text.indexOf('\n', line);
      if (end < 0) {
        break;
      }
      int next = text.indexOf(mark, end);
      String[] words = new String(output, line, end - line, StandardCharsets.UTF_8).split(" ", 3);
      byte[] data =
          Arrays.copyOfRange(
              output,
              Math.min(end + 1, output.length),
              next < 0 ? output.length : Math.max(next, end + 1));
      ended |= words[0].equals("end");
      frames.put(
          words.length > 1 ? words[0] + " " + words[1] : words[0],
          new Frame(words.length > 2 ? words[2] : "", data));
      header = next;
    }
    complete = ended;
  }

  static Frames read(byte[] output, String nonce) {
    return new Frames(output, nonce);
  }

  /** Whether the script came to its end. */
  boolean complete() {
    return complete;
  }

  Optional<Frame> find(String tag) {
    return Optional.ofNullable(frames.get(tag));
  }

  Optional<Frame> find(String tag, int index) {
    return find(tag + " " + index);
  }

  static Optional<String> strictText(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }
}
