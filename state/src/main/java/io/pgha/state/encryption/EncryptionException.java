package io.pgha.state.encryption;

/**
 * Something can't be encrypted or decrypted. Its message is sentences that follow a colon: why, and
 * what to do. It never has a key or a passphrase in it.
 */
public final class EncryptionException extends Exception {
  private static final long serialVersionUID = 1;

  /** A failure with the sentences that the user reads. */
  public EncryptionException(String message) {
    super(message);
  }

  /** A failure with the sentences that the user reads and where it came from. */
  public EncryptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
