package io.pgha.state.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in Galois/Counter Mode (NIST SP 800-38D) with a random nonce of 96 bits for everything that
 * is encrypted, which is safe for four thousand million of them with one key.
 *
 * @param keys where its keys come from
 */
public record AesGcm(KeyProvider keys) implements Method {
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Whether AES has keys of so many bytes. */
  public static boolean isKeyLength(int bytes) {
    return bytes == 16 || bytes == 24 || bytes == 32;
  }

  Envelope encrypt(byte[] plain, Content content) throws EncryptionException {
    KeyProvider.Key key = keys.forEncryption();
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key.bytes(), nonce, content);
      byte[] data = Arrays.copyOf(nonce, NONCE + plain.length + TAG);
      cipher.doFinal(plain, 0, plain.length, data, NONCE);
      return new Envelope(content.text(), keys.type(), key.hints(), data);
    } catch (GeneralSecurityException e) {
      throw new EncryptionException("it can't be encrypted (" + e.getMessage() + ").", e);
    }
  }

  byte[] decrypt(Envelope envelope, Content content) throws EncryptionException {
    if (!envelope.content().equals(content.text())) {
      throw new EncryptionException(
          "it is a %s, and not a %s.".formatted(envelope.content(), content.text()));
    }
    if (!envelope.provider().equals(keys.type())) {
      throw new EncryptionException(
          "its key is one of key_provider \"%s\", and the one that is configured is a \"%s\". Name the other one in a fallback block."
              .formatted(envelope.provider(), keys.type()));
    }
    byte[] data = envelope.data();
    if (data.length < NONCE + TAG) {
      throw new EncryptionException("it is not whole. Put back a copy of it.");
    }
    byte[] key = keys.forDecryption(envelope.hints());
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(data, NONCE), content);
      return cipher.doFinal(data, NONCE, data.length - NONCE);
    } catch (AEADBadTagException e) {
      throw new EncryptionException(
          "the key is not the one that it was encrypted with, or it was changed since. Give the"
              + " passphrase or key that was used; where that was replaced, name the old one in a"
              + " fallback block.",
          e);
    } catch (GeneralSecurityException e) {
      throw new EncryptionException("it can't be decrypted (" + e.getMessage() + ").", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, Content content)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD(("pgha " + content.text()).getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
