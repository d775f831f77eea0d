package io.pgha.state.encryption;

import java.util.Map;

/** Where keys come from. Thread-safe. */
public interface KeyProvider {
  /** What kind it is, as the configuration calls it, such as {@code pbkdf2}. */
  String type();

  /** A key to encrypt with. The same one as long as it is safe to use it. */
  Key forEncryption() throws EncryptionException;

  /**
   * The key that something was encrypted with.
   *
   * @param hints what {@link Key#hints} were
   */
  byte[] forDecryption(Map<String, String> hints) throws EncryptionException;

  /**
   * A key.
   *
   * @param bytes the key itself: 16, 24 or 32 bytes
   * @param hints what is kept in the clear beside what it encrypts, so that it is found again
   */
  record Key(byte[] bytes, Map<String, String> hints) {
    public Key {
      bytes = bytes.clone();
      hints = Map.copyOf(hints);
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }
  }
}
