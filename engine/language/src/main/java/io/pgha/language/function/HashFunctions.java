package io.pgha.language.function;

import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/** Hashes, identifiers and decryption. */
final class HashFunctions {
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final String DASHED = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  /** The forms of a UUID: with dashes, the same in braces or as a URN, and without dashes. */
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "(?:(?i:urn:uuid:))?(?<dashed>"
              + DASHED
              + ")|\\{(?<braced>"
              + DASHED
              + ")}|(?<plain>[0-9a-fA-F]{32})");

  static final List<Function> ALL =
      List.of(
          hex("md5", "MD5"),
          hex("sha1", "SHA-1"),
          hex("sha256", "SHA-256"),
          hex("sha512", "SHA-512"),
          base64("base64sha256", "SHA-256"),
          base64("base64sha512", "SHA-512"),
          Function.named("uuid", "A random UUID, another one at every call.")
              .returns(
                  Type.STRING,
                  call ->
                      call.context().now().isEmpty()
                          ? new Unknown(Type.STRING, Refinement.NOT_NULL)
                          : new Str(UUID.randomUUID().toString())),
          Function.named("uuidv5", "The UUID of a name in a namespace.")
              .takes("namespace", Type.STRING)
              .takes("name", Type.STRING)
              .returns(Type.STRING, HashFunctions::uuid5),
          Function.named(
                  "bcrypt", "The bcrypt hash of a password, with another salt at every call.")
              .takes("str", Type.STRING)
              .takesAny(Parameter.of("cost", Type.NUMBER))
              .returns(Type.STRING, HashFunctions::bcrypt),
          Function.named("rsadecrypt", "Decrypts base64 of RSA PKCS#1 v1.5 with a PEM key.")
              .takes("ciphertext", Type.STRING)
              .takes("privatekey", Type.STRING)
              .returns(Type.STRING, HashFunctions::rsaDecrypt));

  private HashFunctions() {}

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static byte[] digest(String algorithm, String text) {
    return digest(algorithm, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Function hex(String name, String algorithm) {
    return Function.named(name, "The " + algorithm + " hash of a text, in hexadecimal.")
        .takes("str", Type.STRING)
        .returns(
            Type.STRING,
            call -> new Str(HexFormat.of().formatHex(digest(algorithm, call.text(0)))));
  }

  private static Function base64(String name, String algorithm) {
    return Function.named(name, "The " + algorithm + " hash of a text, in base64.")
        .takes("str", Type.STRING)
        .returns(
            Type.STRING,
            call -> new Str(Base64.getEncoder().encodeToString(digest(algorithm, call.text(0)))));
  }

  private static Value uuid5(Call call) throws FunctionException {
    String namespace =
        switch (call.text(0)) {
          case "dns" -> "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
          case "url" -> "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
          case "oid" -> "6ba7b812-9dad-11d1-80b4-00c04fd430c8";
          case "x500" -> "6ba7b814-9dad-11d1-80b4-00c04fd430c8";
          default -> call.text(0);
        };
    Matcher digits = UUID_FORM.matcher(namespace);
    if (!digits.matches()) {
      throw new FunctionException(0, "uuidv5() doesn't support namespace " + call.text(0));
    }
    UUID space =
        digits.group("plain") == null
            ? UUID.fromString(digits.group(digits.group("braced") == null ? "dashed" : "braced"))
            : new UUID(
                Long.parseUnsignedLong(namespace.substring(0, 16), 16),
                Long.parseUnsignedLong(namespace.substring(16), 16));
    byte[] name = call.text(1).getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(16 + name.length);
    input.putLong(space.getMostSignificantBits()).putLong(space.getLeastSignificantBits());
    ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", input.put(name).array()));
    long high = (hash.getLong() & ~0xf000L) | 0x5000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new Str(new UUID(high, low).toString().toLowerCase(Locale.ROOT));
  }

  private static Value bcrypt(Call call) throws FunctionException {
    if (call.arguments().size() > 2) {
      throw new FunctionException("bcrypt() takes no more than two arguments");
    }
    int given = call.arguments().size() == 2 ? call.integer(1) : Bcrypt.DEFAULT_COST;
    if (given > Bcrypt.HIGHEST_COST) {
      throw new FunctionException(1, "the cost must be from 4 to 31");
    }
    // As Go has it: a cost that is too low to be meant is the usual one.
    int cost = given < Bcrypt.LEAST_COST ? Bcrypt.DEFAULT_COST : given;
    byte[] password = call.text(0).getBytes(StandardCharsets.UTF_8);
    if (password.length > Bcrypt.LONGEST_PASSWORD) {
      throw new FunctionException(0, "the password is longer than 72 bytes");
    }
    return call.context().now().isEmpty()
        ? new Unknown(Type.STRING, Refinement.NOT_NULL)
        : new Str(Bcrypt.hash(password, cost));
  }

  private static Value rsaDecrypt(Call call) throws FunctionException {
    byte[] ciphertext =
        EncodingFunctions.decoded(
            call.text(0), "failed to decode input: cipher text must be base64-encoded");
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, privateKey(call.text(1)));
      return new Str(new String(cipher.doFinal(ciphertext), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | InvalidKeySpecException e) {
      throw new FunctionException(1, "the key is not an unencrypted RSA private key in PEM form");
    } catch (GeneralSecurityException e) {
      throw new FunctionException(0, "failed to decrypt: the key does not fit the cipher text");
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    boolean pkcs1 = pem.contains("BEGIN RSA PRIVATE KEY");
    StringBuilder base64 = new StringBuilder();
    pem.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("-----") && !line.isEmpty())
        .forEach(base64::append);
    byte[] der = Base64.getDecoder().decode(base64.toString());
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs1 ? wrapped(der) : der));
  }

  /** A PKCS#1 key as PKCS#8, which is what Java reads. */
  private static byte[] wrapped(byte[] key) {
    byte[] octets = tagged(0x04, key);
    byte[] content = new byte[RSA_ALGORITHM.length + octets.length];
    System.arraycopy(RSA_ALGORITHM, 0, content, 0, RSA_ALGORITHM.length);
    System.arraycopy(octets, 0, content, RSA_ALGORITHM.length, octets.length);
    return tagged(0x30, content);
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteBuffer buffer = ByteBuffer.allocate(content.length + 5);
    buffer.put((byte) tag);
    if (content.length < 0x80) {
      buffer.put((byte) content.length);
    } else if (content.length < 0x100) {
      buffer.put((byte) 0x81).put((byte) content.length);
    } else {
      buffer.put((byte) 0x82).putShort((short) content.length);
    }
    buffer.put(content);
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }
}
