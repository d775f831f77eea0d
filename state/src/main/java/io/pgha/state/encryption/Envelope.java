package io.pgha.state.encryption;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is encrypted, with what is needed to decrypt it: a JSON object on one line.
 *
 * @param content what it is
 * @param provider the kind of the provider of its key
 * @param hints how that finds the key
 * @param data the nonce, and what is encrypted with its tag
 */
record Envelope(String content, String provider, Map<String, String> hints, byte[] data) {
  /** What every one begins with, and nothing else that pgha writes. */
  private static final String START = "{\"pgha_encryption\":";

  private static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  /** Whether bytes, of which the first are enough, are those of an envelope. */
  static boolean isAt(byte[] bytes) {
    return begins(bytes, START);
  }

  /** Whether they are those of an envelope of some content. */
  static boolean isOf(byte[] bytes, Content content) {
    return begins(bytes, START + VERSION + ",\"content\":\"" + content.text() + "\"");
  }

  private static boolean begins(byte[] bytes, String start) {
    return bytes.length >= start.length()
        && new String(bytes, 0, start.length(), StandardCharsets.ISO_8859_1).equals(start);
  }

  /** How many bytes are enough to tell. */
  static int startLength() {
    return START.length();
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(data.length / 3 * 4 + 512);
    try (JsonGenerator out = MAPPER.getFactory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("pgha_encryption", VERSION);
      out.writeStringField("content", content);
      out.writeStringField("key_provider", provider);
      out.writeObjectFieldStart("key");
      for (Map.Entry<String, String> hint : new TreeMap<>(hints).entrySet()) {
        out.writeStringField(hint.getKey(), hint.getValue());
      }
      out.writeEndObject();
      out.writeBinaryField("data", data);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Envelope of(byte[] bytes) throws EncryptionException {
    try {
      JsonNode root = MAPPER.readTree(bytes);
      int version = root.path("pgha_encryption").asInt();
      if (version > VERSION) {
        throw new EncryptionException(
            "a newer pgha has encrypted it. Use that version, or a newer one.");
      }
      Map<String, String> hints = new LinkedHashMap<>();
      root.path("key")
          .properties()
          .forEach(each -> hints.put(each.getKey(), each.getValue().asText()));
      return new Envelope(
          root.path("content").asText(),
          root.path("key_provider").asText(),
          hints,
          root.path("data").binaryValue() == null ? new byte[0] : root.path("data").binaryValue());
    } catch (IOException e) {
      throw new EncryptionException("it is not whole. Put back a copy of it.", e);
    }
  }
}
