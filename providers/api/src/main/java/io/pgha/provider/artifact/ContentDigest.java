package io.pgha.provider.artifact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Digests of file contents as the state keeps them: plain SHA-256, and for content that holds
 * secrets a salted slow hash of it, so that a stolen state is no means to guess a password.
 */
final class ContentDigest {
  /** The fact with the plain digest. */
  static final String PLAIN = "sha256";

  /** The fact with the salted digest. */
  static final String SALTED = "sha256-salted";

  /** The fact with its salt. */
  static final String SALT = "salt";

  private static final int ITERATIONS = 4096;

  private ContentDigest() {}

  /** The SHA-256 digest of a text's UTF-8 form, lower-case hexadecimal. */
  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The salted slow hash of a plain digest. */
  static String salted(String salt, String sha256) {
    PBEKeySpec secret =
        new PBEKeySpec(
            sha256.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ITERATIONS, 256);
    try {
      return HexFormat.of()
          .formatHex(
              SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                  .generateSecret(secret)
                  .getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java 25 platform has PBKDF2", impossible);
    } finally {
      secret.clearPassword();
    }
  }

  /** The salt of a file on a machine: always the same, so that reading twice gives one digest. */
  static String salt(String machine, String key) {
    return sha256("pgha\n" + machine + "\n" + key).substring(0, 32);
  }

  /** The facts with a salted digest in place of a plain one, where others have a salted one. */
  static Map<String, String> saltedLike(Map<String, String> others, Map<String, String> facts) {
    String salt = others.get(SALT);
    String plain = facts.get(PLAIN);
    if (salt == null || plain == null) {
      return facts;
    }
    Map<String, String> salted = new TreeMap<>(facts);
    salted.remove(PLAIN);
    salted.put(SALT, salt);
    salted.put(SALTED, salted(salt, plain));
    return salted;
  }

  /** Whether the facts of a file tell of a content with the given plain digest. */
  static boolean matches(Map<String, String> facts, String sha256) {
    String salted = facts.get(SALTED);
    return salted == null
        ? sha256.equals(facts.get(PLAIN))
        : salted.equals(salted(facts.getOrDefault(SALT, ""), sha256));
  }

  /** Whether two facts of a file tell of the same content, as far as they can be compared. */
  static boolean same(Map<String, String> left, Map<String, String> right) {
    String plainLeft = left.get(PLAIN);
    String plainRight = right.get(PLAIN);
    if (plainLeft != null && right.containsKey(SALTED)) {
      return matches(right, plainLeft);
    }
    if (plainRight != null) {
      return matches(left, plainRight);
    }
    return left.getOrDefault(SALTED, "").equals(right.getOrDefault(SALTED, ""))
        && left.getOrDefault(SALT, "").equals(right.getOrDefault(SALT, ""))
        && left.containsKey(PLAIN) == right.containsKey(PLAIN);
  }
}
