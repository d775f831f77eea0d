package io.pgha.language.value;

/** What the engine remembers about a value besides its content; every operation carries it on. */
public enum Mark {
  /** The value is not to be shown. */
  SENSITIVE,
  /** The value must not outlive the run: never in state or a saved plan. */
  EPHEMERAL
}
