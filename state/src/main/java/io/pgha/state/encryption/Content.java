package io.pgha.state.encryption;

import java.util.Locale;

/** What is encrypted. One can't be passed off as another. */
public enum Content {
  /** A snapshot of the state. */
  STATE,
  /** A record of the journal. */
  JOURNAL,
  /** A saved plan. */
  PLAN;

  /** As it stands beside what is encrypted. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
