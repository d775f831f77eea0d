package io.pgha.core.drift;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One cause of drift, wherever it was found. Holds no secret.
 *
 * @param code what kind it is, a stable name such as {@code file-content}
 * @param subject what differs: an attribute's path, an artifact's key, or empty for the instance as
 *     a whole
 * @param grade how grave it is
 * @param expected how it was last applied, in one line; empty where that can't be said
 * @param found how it is, in one line
 * @param detail why it is told, or what to do, in whole sentences; may be empty
 * @param diff the lines of a unified diff from what was found back to what is expected; often empty
 * @param places where it was found, by address and host; never empty
 * @param repair the command that repairs exactly this; empty where none of pgha's does
 * @param fingerprint what stays the same from night to night while this is the same drift, whatever
 *     exactly was found, on which hosts and on how many: 16 hexadecimal digits; no other finding of
 *     the root has it. Where the same thing drifted otherwise on different hosts, it also follows
 *     from where it did
 */
public record Finding(
    String code,
    String subject,
    Grade grade,
    String expected,
    String found,
    String detail,
    List<String> diff,
    List<Place> places,
    String repair,
    String fingerprint) {
  public Finding {
    diff = List.copyOf(diff);
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a finding is found somewhere");
    }
  }

  /**
   * Where something was found.
   *
   * @param address the resource instance
   * @param host the host's name; empty where it is on no single host
   * @param declared the line that declares it, its file relative to the root's folder; empty where
   *     configuration no longer has it
   * @param since when it became so there, if known
   */
  public record Place(String address, String host, Optional<SourceRange> declared, Since since) {}

  /** What tells this place of the drift from its others, from night to night. */
  public String fingerprint(Place place) {
    return digest(code, subject, place.address(), place.host());
  }

  /** 16 hexadecimal digits of the parts. */
  static String digest(String... parts) {
    String text = String.join("\n", parts);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The hosts it was found on, each once. */
  public List<String> hosts() {
    return places.stream().map(Place::host).filter(host -> !host.isEmpty()).distinct().toList();
  }

  /** The instances it is about, each once. */
  public List<String> addresses() {
    return places.stream().map(Place::address).distinct().toList();
  }

  /** The same with the command that repairs exactly this. */
  public Finding repairedBy(String command) {
    return new Finding(
        code, subject, grade, expected, found, detail, diff, places, command, fingerprint);
  }

  /** The same at some of its places. */
  public Finding at(List<Place> some) {
    return new Finding(
        code, subject, grade, expected, found, detail, diff, some, repair, fingerprint);
  }

  /** The same without the lines of its difference. */
  public Finding withoutDiff() {
    return new Finding(
        code, subject, grade, expected, found, detail, List.of(), places, repair, fingerprint);
  }

  /** What is wrong, in one line. */
  public String summary() {
    String what = subject.isEmpty() ? addresses().getFirst() : subject;
    if (expected.isEmpty()) {
      return subject.isEmpty() ? found : what + ": " + found;
    }
    return "%s: %s, expected %s".formatted(what, found.isEmpty() ? "nothing" : found, expected);
  }
}
