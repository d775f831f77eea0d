package io.pgha.provider.patroni;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * PostgreSQL's SCRAM-SHA-256 verifiers: made here, so that a password itself never reaches a
 * server, and checked against the one a server has. Source: RFC 5802, RFC 7677, PostgreSQL 17 docs,
 * 51.8 (pg_authid).
 */
final class ScramVerifier {
  private static final Pattern FORM =
      Pattern.compile("SCRAM-SHA-256\\$(\\d{1,7}):([^$]+)\\$([^:]+):(.+)");
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;

  private ScramVerifier() {}

  /** A verifier of a password, with a salt of its own each time. */
  static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return of(password, salt, ITERATIONS);
  }

  static String of(String password, byte[] salt, int iterations) {
    try {
      byte[] salted = salted(password, salt, iterations);
      byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      Base64.Encoder base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              iterations,
              base64.encodeToString(salt),
              base64.encodeToString(stored),
              base64.encodeToString(hmac(salted, "Server Key")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether a server's verifier is one of the password; false for any other kind of verifier. */
  static boolean matches(String verifier, String password) {
    Matcher matcher = FORM.matcher(verifier);
    if (!matcher.matches()) {
      return false;
    }
    byte[] salt;
    try {
      salt = Base64.getDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      return false;
    }
    String made = of(password, salt, Integer.parseInt(matcher.group(1)));
    return MessageDigest.isEqual(
        made.getBytes(StandardCharsets.UTF_8), verifier.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] salted(String password, byte[] salt, int iterations)
      throws GeneralSecurityException {
    // SASLprep, as far as passwords need it: spaces become spaces, then form KC.
    String prepared =
        Normalizer.normalize(
            password.replaceAll("[\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]", " "),
            Normalizer.Form.NFKC);
    PBEKeySpec key = new PBEKeySpec(prepared.toCharArray(), salt, iterations, 256);
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
