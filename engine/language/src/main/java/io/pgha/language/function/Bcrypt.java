package io.pgha.language.function;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** The bcrypt password hash of Provos and Mazières (USENIX 1999), version 2a. */
final class Bcrypt {
  static final int DEFAULT_COST = 10;
  static final int LEAST_COST = 4;
  static final int HIGHEST_COST = 31;
  static final int LONGEST_PASSWORD = 72;

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ROUNDS = 16;
  private static final int SUBKEYS = ROUNDS + 2;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int[] subkeys = new int[SUBKEYS];
  private final int[] boxes = new int[4 * 256];

  private Bcrypt() {
    int[] digits = PiDigits.WORDS;
    System.arraycopy(digits, 0, subkeys, 0, SUBKEYS);
    System.arraycopy(digits, SUBKEYS, boxes, 0, boxes.length);
  }

  /** Blowfish starts from the fraction of pi, which is computed here rather than listed. */
  private static final class PiDigits {
    private static final int COUNT = SUBKEYS + 4 * 256;
    private static final int[] WORDS = words();

    private static int[] words() {
      int bits = COUNT * 32;
      int spare = 64;
      // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239).
      BigInteger pi =
          arctan(5, bits + spare).shiftLeft(4).subtract(arctan(239, bits + spare).shiftLeft(2));
      BigInteger fraction = pi.shiftRight(spare).mod(BigInteger.ONE.shiftLeft(bits));
      int[] words = new int[COUNT];
      for (int i = COUNT - 1; i >= 0; i--) {
        words[i] = fraction.intValue();
        fraction = fraction.shiftRight(32);
      }
      return words;
    }

    private static BigInteger arctan(int inverse, int bits) {
      BigInteger square = BigInteger.valueOf((long) inverse * inverse);
      BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(inverse));
      BigInteger sum = power;
      for (int n = 3; power.signum() != 0; n += 2) {
        power = power.divide(square);
        BigInteger term = power.divide(BigInteger.valueOf(n));
        sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
      }
      return sum;
    }
  }

  static String hash(byte[] password, int cost) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return hash(password, cost, salt);
  }

  static String hash(byte[] password, int cost, byte[] salt) {
    byte[] key = Arrays.copyOf(password, Math.min(password.length + 1, LONGEST_PASSWORD));
    byte[] raw = new Bcrypt().raw(key, cost, salt);
    return "$2a$"
        + (cost < 10 ? "0" : "")
        + cost
        + "$"
        + base64(salt, SALT_BYTES)
        + base64(raw, raw.length - 1);
  }

  private byte[] raw(byte[] key, int cost, byte[] salt) {
    expand(key, salt);
    byte[] none = new byte[SALT_BYTES];
    for (long i = 0; i < 1L << cost; i++) {
      expand(key, none);
      expand(salt, none);
    }
    int[] text = words("OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < text.length; i += 2) {
      for (int j = 0; j < 64; j++) {
        encrypt(text, i);
      }
    }
    byte[] bytes = new byte[4 * text.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (text[i / 4] >>> (24 - 8 * (i % 4)));
    }
    return bytes;
  }

  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    for (int i = 0; i < bytes.length; i++) {
      words[i / 4] = (words[i / 4] << 8) | (bytes[i] & 0xff);
    }
    return words;
  }

  private void expand(byte[] key, byte[] salt) {
    int offset = 0;
    for (int i = 0; i < SUBKEYS; i++) {
      int word = 0;
      for (int j = 0; j < 4; j++) {
        word = (word << 8) | (key[offset] & 0xff);
        offset = (offset + 1) % key.length;
      }
      subkeys[i] ^= word;
    }
    int[] saltWords = words(salt);
    int[] block = new int[2];
    int position = 0;
    for (int[] target : new int[][] {subkeys, boxes}) {
      for (int i = 0; i < target.length; i += 2) {
        block[0] ^= saltWords[position];
        block[1] ^= saltWords[position + 1];
        position = (position + 2) % saltWords.length;
        encrypt(block, 0);
        target[i] = block[0];
        target[i + 1] = block[1];
      }
    }
  }

  private void encrypt(int[] block, int at) {
    int left = block[at];
    int right = block[at + 1];
    for (int i = 0; i < ROUNDS; i++) {
      left ^= subkeys[i];
      right ^= mix(left);
      int swapped = left;
      left = right;
      right = swapped;
    }
    block[at] = right ^ subkeys[ROUNDS + 1];
    block[at + 1] = left ^ subkeys[ROUNDS];
  }

  private int mix(int word) {
    int sum = boxes[word >>> 24] + boxes[256 + ((word >>> 16) & 0xff)];
    return (sum ^ boxes[512 + ((word >>> 8) & 0xff)]) + boxes[768 + (word & 0xff)];
  }

  /** bcrypt's own alphabet and bit order, without padding. */
  private static String base64(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < length; i++) {
      buffer = (buffer << 8) | (bytes[i] & 0xff);
      bits += 8;
      while (bits >= 6) {
        bits -= 6;
        text.append(ALPHABET.charAt((buffer >>> bits) & 0x3f));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((buffer << (6 - bits)) & 0x3f));
    }
    return text.toString();
  }
}
