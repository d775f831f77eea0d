package io.pgha.cli;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Tells whether a value is the same as before without holding it: a salted hash that is slow, since
 * what is hashed are passwords and whoever has a plan may try some.
 */
final class Fingerprint {
  private static final HexFormat HEX = HexFormat.of();
  private static final int SALT_BYTES = 16;

  /**
   * A fifth of what OWASP's Password Storage Cheat Sheet has for PBKDF2 with SHA-256: what is
   * hashed are all secrets of a plan together, in a file that only its owner can read, for an hour
   * or two.
   */
  private static final int ITERATIONS = 120_000;

  private Fingerprint() {}

  /**
   * A fingerprint of a value without marks, with a salt of its own; empty where nothing is in it.
   */
  static String of(Value value) {
    if (value.equals(ObjectValue.EMPTY)) {
      return "";
    }
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return of(value, salt);
  }

  /** Whether a fingerprint is one of a value without marks. */
  static boolean matches(String fingerprint, Value value) {
    if (fingerprint.isEmpty()) {
      return value.equals(ObjectValue.EMPTY);
    }
    int end = fingerprint.indexOf('$');
    if (end != SALT_BYTES * 2) {
      return false;
    }
    byte[] salt;
    try {
      salt = HEX.parseHex(fingerprint, 0, end);
    } catch (IllegalArgumentException notHex) {
      return false;
    }
    return MessageDigest.isEqual(
        of(value, salt).getBytes(StandardCharsets.UTF_8),
        fingerprint.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(Value value, byte[] salt) {
    PBEKeySpec secret =
        new PBEKeySpec(ValueJson.encode(value).toCharArray(), salt, ITERATIONS, 256);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(secret).getEncoded();
      return HEX.formatHex(salt) + "$" + HEX.formatHex(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java 25 platform has PBKDF2", impossible);
    } finally {
      secret.clearPassword();
    }
  }
}
