package io.pgha.state.encryption;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** How one kind of file is kept. Thread-safe. */
public final class Encryption {
  /** As it is, and what is encrypted can't be read. */
  public static final Encryption NONE = new Encryption(Method.UNENCRYPTED, List.of());

  private final Method method;
  private final List<Method> fallbacks;
  private final AtomicBoolean others = new AtomicBoolean();

  /**
   * A way to keep files.
   *
   * @param method how they are written
   * @param fallbacks how they may have been written before
   */
  public Encryption(Method method, List<Method> fallbacks) {
    this.method = method;
    this.fallbacks = List.copyOf(fallbacks);
  }

  /** Whether what is written can be read by anybody. */
  public boolean isOff() {
    return method instanceof Method.Unencrypted;
  }

  /** How many of its first bytes tell whether something is encrypted. */
  public static int markLength() {
    return Envelope.startLength();
  }

  /** Whether something, of which the first bytes are enough, is encrypted. */
  public static boolean isEncrypted(byte[] stored) {
    return Envelope.isAt(stored);
  }

  /** Whether something is encrypted, and of the given kind; 200 bytes are enough. */
  public static boolean isEncrypted(byte[] stored, Content content) {
    return Envelope.isOf(stored, content);
  }

  /**
   * Whether something was read that is not kept as it would be now: it was not encrypted, or its
   * method is a fallback.
   */
  public boolean hasReadOthers() {
    return others.get();
  }

  /** What is to be kept, as it is to be kept: text on one line, where it is encrypted. */
  public byte[] encrypted(byte[] plain, Content content) throws EncryptionException {
    return switch (method) {
      case Method.Unencrypted _ -> plain;
      case AesGcm aes -> aes.encrypt(plain, content).bytes();
    };
  }

  /** What was kept, as it was given. */
  public byte[] decrypted(byte[] stored, Content content) throws EncryptionException {
    return isEncrypted(stored) ? opened(Envelope.of(stored), content) : plain(stored);
  }

  /**
   * Refuses what is not encrypted where it was to be: it may be somebody else's, who has no key.
   *
   * @throws EncryptionException says how to encrypt it
   */
  public void checkPlain() throws EncryptionException {
    if (!isOff() && fallbacks.stream().noneMatch(Method.Unencrypted.class::isInstance)) {
      throw new EncryptionException(
          "it is not encrypted, and the encryption block says that it is. To encrypt what is there,"
              + " add method \"unencrypted\" \"before\" {} and fallback { method ="
              + " method.unencrypted.before }, run pgha apply, and take them away.");
    }
    if (!isOff()) {
      others.set(true);
    }
  }

  private byte[] plain(byte[] stored) throws EncryptionException {
    checkPlain();
    return stored;
  }

  private byte[] opened(Envelope envelope, Content content) throws EncryptionException {
    EncryptionException first = null;
    if (method instanceof AesGcm aes) {
      try {
        return aes.decrypt(envelope, content);
      } catch (EncryptionException e) {
        first = e;
      }
    }
    for (Method fallback : fallbacks) {
      if (fallback instanceof AesGcm aes) {
        try {
          byte[] plain = aes.decrypt(envelope, content);
          others.set(true);
          return plain;
        } catch (EncryptionException e) {
          if (first == null) {
            first = e;
          }
        }
      }
    }
    throw first != null
        ? first
        : new EncryptionException(
            "it is encrypted, and nothing here says how. Put back the encryption block, or give it"
                + " in the environment as PGHA_ENCRYPTION.");
  }
}
