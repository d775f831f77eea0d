package io.pgha.core.drift;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.provider.drift.Grade;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An {@code ignore} block of {@code .pghaignore}.
 *
 * @param address the instances that it is about
 * @param attribute the attribute or artifact that it is about; empty for all
 * @param host the hosts that it is about, by name; empty for all
 * @param reason why nobody needs to be told
 * @param expires its last day
 * @param range where it is written
 */
record IgnoreEntry(
    IgnoreAddress address,
    Optional<IgnorePattern> attribute,
    Optional<IgnorePattern> host,
    String reason,
    LocalDate expires,
    SourceRange range) {
  private static final Pattern ARTIFACT = Pattern.compile("[a-z_]+:.*", Pattern.DOTALL);

  /** Whether it is about what was found at a place, whatever the day and the grade. */
  boolean concerns(Finding finding, Finding.Place place) {
    return address.matches(place.address())
        && attribute.map(pattern -> covers(pattern, finding.subject())).orElse(true)
        && host.map(pattern -> pattern.matches(place.host())).orElse(true);
  }

  /**
   * Whether it may keep quiet about what it is about at a place.
   *
   * <p>Danger to data is kept quiet only by an entry that names the instance in full. A pattern was
   * written with something else in mind, and would hide the second VIP holder among what is
   * harmless on the same machines; somebody who names the very instance has looked at it.
   */
  boolean mayHide(Finding finding, Finding.Place place) {
    return finding.grade() != Grade.DANGER || address.isExactly(place.address());
  }

  /** Whether its last day is over. */
  boolean hasExpired(LocalDate today) {
    return expires.isBefore(today);
  }

  /** Whether it may be about something that could not be looked at. */
  boolean mayConcern(Silence silence) {
    boolean there =
        host.isEmpty() || silence.host().isEmpty() || host.get().matches(silence.host());
    return there
        && (silence.addresses().isEmpty()
            || silence.addresses().stream().anyMatch(address::matches));
  }

  /** What it is about, in one line. */
  String text() {
    return address.text()
        + attribute.map(pattern -> " " + pattern.text()).orElse("")
        + host.map(pattern -> " on " + pattern.text()).orElse("");
  }

  /** An attribute covers what is in it: {@code parameters} also {@code parameters["work_mem"]}. */
  private static boolean covers(IgnorePattern pattern, String subject) {
    if (pattern.matches(subject)) {
      return true;
    }
    if (ARTIFACT.matcher(subject).matches()) {
      return false;
    }
    for (int i = 1; i < subject.length(); i++) {
      char c = subject.charAt(i);
      if ((c == '.' || c == '[') && pattern.matches(subject.substring(0, i))) {
        return true;
      }
    }
    return false;
  }
}
