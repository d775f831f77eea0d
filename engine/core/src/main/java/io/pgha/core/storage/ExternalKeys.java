package io.pgha.core.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgha.core.local.LocalSources;
import io.pgha.provider.ephemeral.LocalSource;
import io.pgha.state.encryption.AesGcm;
import io.pgha.state.encryption.EncryptionException;
import io.pgha.state.encryption.KeyProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a program gives. It speaks OpenTofu's protocol for external key providers (OpenTofu
 * 1.10, State and Plan Encryption, External key providers): it writes a line that says so, reads
 * what is known of the key, or null, and writes keys and what is to be kept beside what they
 * encrypt.
 */
final class ExternalKeys implements KeyProvider {
  static final String TYPE = "external";

  private static final String MAGIC = "OpenTofu-External-Key-Provider";
  private static final String DATA = "external_data";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<String> command;
  private final LocalSources programs;
  private final Map<Map<String, String>, byte[]> found = new HashMap<>();
  private @Nullable Key last;

  ExternalKeys(List<String> command, LocalSources programs) {
    this.command = List.copyOf(command);
    this.programs = programs;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public synchronized Key forEncryption() throws EncryptionException {
    Key key = last;
    if (key == null) {
      JsonNode answer = answer("null");
      JsonNode data = answer.path("meta").path(DATA);
      key =
          new Key(
              key(answer, "encryption_key"),
              Map.of(DATA, data.isMissingNode() ? "{}" : data.toString()));
      last = key;
    }
    return key;
  }

  @Override
  public synchronized byte[] forDecryption(Map<String, String> hints) throws EncryptionException {
    byte[] key = found.get(hints);
    if (key == null) {
      key = key(answer(question(hints)), "decryption_key");
      found.put(hints, key);
    }
    return key.clone();
  }

  private static String question(Map<String, String> hints) throws EncryptionException {
    try {
      ObjectNode question = MAPPER.createObjectNode();
      question.set(DATA, MAPPER.readTree(hints.getOrDefault(DATA, "{}")));
      return question.toString();
    } catch (IOException e) {
      throw new EncryptionException(
          "what it says of its key is not what pgha writes. Put back a copy of it.", e);
    }
  }

  private JsonNode answer(String question) throws EncryptionException {
    String said;
    try {
      said = programs.answer(new LocalSource.OfProgram(command, PATIENCE), question);
    } catch (LocalSources.Failure e) {
      throw new EncryptionException(
          "the program of its key gives none. "
              + e.diagnostic().summary()
              + ": "
              + e.diagnostic().detail(),
          e);
    }
    int end = said.indexOf('\n');
    if (!isHeader(end < 0 ? "" : said.substring(0, end))) {
      throw wrong("its first line is not {\"magic\":\"" + MAGIC + "\",\"version\":1}");
    }
    try {
      return MAPPER.readTree(said.substring(end + 1));
    } catch (IOException e) {
      // What is wrong with it is not shown: it may be the key.
      throw wrong("what it says is no JSON");
    }
  }

  private static boolean isHeader(String line) {
    try {
      JsonNode header = MAPPER.readTree(line);
      return header.path("magic").asText().equals(MAGIC) && header.path("version").asInt() == 1;
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] key(JsonNode answer, String name) throws EncryptionException {
    try {
      byte[] key = answer.path("keys").path(name).binaryValue();
      if (key == null || !AesGcm.isKeyLength(key.length)) {
        throw wrong("keys." + name + " is not 16, 24 or 32 bytes in base64");
      }
      return key;
    } catch (IOException e) {
      throw wrong("keys." + name + " is no base64");
    }
  }

  private EncryptionException wrong(String what) {
    return new EncryptionException(
        "the program %s gives no key: %s. It is to speak as OpenTofu's external key providers do."
            .formatted(command.getFirst(), what));
  }
}
