package io.pgha.state.encryption;

/** A way to keep something. Thread-safe. */
public sealed interface Method permits Method.Unencrypted, AesGcm {
  /** Keeps it as it is. */
  Method UNENCRYPTED = new Unencrypted();

  /** Keeps it as it is. */
  record Unencrypted() implements Method {}
}
