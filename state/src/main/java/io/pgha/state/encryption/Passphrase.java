package io.pgha.state.encryption;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/** Keys that are derived from a passphrase, by PBKDF2 (RFC 8018). */
public final class Passphrase implements KeyProvider {
  /** The kind of this provider. */
  public static final String TYPE = "pbkdf2";

  /** More would keep a command from ever ending, which a file that somebody made could ask for. */
  public static final int MOST_ITERATIONS = 100_000_000;

  /** The longest salt, in bytes. */
  public static final int MOST_SALT = 1024;

  /** Deriving is slow: a file that somebody made must not ask for it over and over. */
  private static final int MOST_KEYS = 8;

  private final byte[] passphrase;
  private final Parameters parameters;

  /** What was derived already: it is slow on purpose. */
  private final Map<Map<String, String>, byte[]> derived = new HashMap<>();

  private @Nullable Map<String, String> last;

  /** Derives keys from a text. */
  public Passphrase(String passphrase, Parameters parameters) {
    this.passphrase = passphrase.getBytes(StandardCharsets.UTF_8);
    this.parameters = parameters;
  }

  /** A hash function that keys are derived by. */
  public enum Hash {
    /** SHA-256. */
    SHA256("sha256"),
    /** SHA-512. */
    SHA512("sha512");

    private final String text;

    Hash(String text) {
      this.text = text;
    }

    private Digest digest() {
      return this == SHA256 ? new SHA256Digest() : new SHA512Digest();
    }

    /** As the configuration calls it. */
    public String text() {
      return text;
    }

    /** The one that the configuration calls so. */
    public static Optional<Hash> of(String text) {
      return Stream.of(values()).filter(hash -> hash.text.equals(text)).findFirst();
    }
  }

  /**
   * How keys are derived.
   *
   * @param iterations how often the hash is taken: what a guess costs
   * @param keyLength in bytes: 16, 24 or 32
   * @param saltLength in bytes
   */
  public record Parameters(int iterations, int keyLength, int saltLength, Hash hash) {
    /**
     * What is used where nothing else is asked for. The iterations are what OWASP asks for with
     * SHA-512 (Password Storage Cheat Sheet, 2023).
     */
    public static final Parameters DEFAULT = new Parameters(210_000, 32, 32, Hash.SHA512);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public synchronized Key forEncryption() throws EncryptionException {
    // What was read is written again with the same key: deriving another takes as long again.
    Map<String, String> hints = last != null && fits(last) ? last : fresh();
    return new Key(forDecryption(hints), hints);
  }

  private boolean fits(Map<String, String> hints) {
    return withoutSalt(hints).equals(withoutSalt(hints(new byte[0])))
        && Base64.getDecoder().decode(hints.getOrDefault("salt", "")).length
            == parameters.saltLength();
  }

  private static Map<String, String> withoutSalt(Map<String, String> hints) {
    Map<String, String> others = new HashMap<>(hints);
    others.remove("salt");
    return others;
  }

  private Map<String, String> fresh() {
    byte[] salt = new byte[parameters.saltLength()];
    new SecureRandom().nextBytes(salt);
    return hints(salt);
  }

  private Map<String, String> hints(byte[] salt) {
    return Map.of(
        "salt", Base64.getEncoder().encodeToString(salt),
        "iterations", String.valueOf(parameters.iterations()),
        "key_length", String.valueOf(parameters.keyLength()),
        "hash_function", parameters.hash().text());
  }

  @Override
  public synchronized byte[] forDecryption(Map<String, String> hints) throws EncryptionException {
    byte[] key = derived.get(hints);
    if (key == null) {
      if (derived.size() == MOST_KEYS) {
        throw new EncryptionException(
            "it has more different keys than pgha ever uses. Put back a copy of it.");
      }
      key = derive(hints);
      derived.put(hints, key);
    }
    last = hints;
    return key.clone();
  }

  private byte[] derive(Map<String, String> hints) throws EncryptionException {
    try {
      byte[] salt = Base64.getDecoder().decode(hints.getOrDefault("salt", ""));
      int iterations = Integer.parseInt(hints.getOrDefault("iterations", ""));
      int length = Integer.parseInt(hints.getOrDefault("key_length", ""));
      Hash hash =
          Hash.of(hints.getOrDefault("hash_function", ""))
              .orElseThrow(() -> new IllegalArgumentException("no such hash function"));
      if (iterations < 1
          || iterations > MOST_ITERATIONS
          || salt.length > MOST_SALT
          || !AesGcm.isKeyLength(length)) {
        throw new IllegalArgumentException("out of range");
      }
      PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(hash.digest());
      generator.init(passphrase, salt, iterations);
      KeyParameter key = (KeyParameter) generator.generateDerivedParameters(length * 8);
      return key.getKey();
    } catch (IllegalArgumentException e) {
      throw new EncryptionException(
          "what it says of its key is not what pgha writes. Put back a copy of it.", e);
    }
  }
}
