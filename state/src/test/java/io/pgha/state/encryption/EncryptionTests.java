package io.pgha.state.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTests {
  private static final byte[] SECRET = "the row of the crown".getBytes(StandardCharsets.UTF_8);
  private static final Passphrase.Parameters QUICK =
      new Passphrase.Parameters(1000, 32, 32, Passphrase.Hash.SHA512);

  private static Encryption of(String passphrase) {
    return new Encryption(new AesGcm(new Passphrase(passphrase, QUICK)), List.of());
  }

  /** A provider that has its key already. */
  private record Fixed(byte[] bytes) implements KeyProvider {
    @Override
    public String type() {
      return "fixed";
    }

    @Override
    public Key forEncryption() {
      return new Key(bytes, Map.of());
    }

    @Override
    public byte[] forDecryption(Map<String, String> hints) {
      return bytes;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void whatIsEncryptedIsDecryptedByWhoeverHasThePassphrase(int keyLength) throws Exception {
    Passphrase.Parameters parameters =
        new Passphrase.Parameters(1000, keyLength, 16, Passphrase.Hash.SHA256);
    byte[] stored =
        new Encryption(new AesGcm(new Passphrase("pass phrase", parameters)), List.of())
            .encrypted(SECRET, Content.STATE);
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("crown", "phrase");
    assertThat(Encryption.isEncrypted(stored)).isTrue();
    // Another process has another object, and may be configured for other keys from now on.
    assertThat(of("pass phrase").decrypted(stored, Content.STATE)).isEqualTo(SECRET);
  }

  @Test
  void theKeyIsTheOneThatOthersDeriveToo() throws Exception {
    // RFC 7914, section 11: PBKDF2-HMAC-SHA-256 of "passwd" with the salt "salt", 1 iteration.
    byte[] key =
        new Passphrase("passwd", QUICK)
            .forDecryption(
                Map.of(
                    "salt",
                        Base64.getEncoder()
                            .encodeToString("salt".getBytes(StandardCharsets.US_ASCII)),
                    "iterations", "1",
                    "key_length", "32",
                    "hash_function", "sha256"));
    assertThat(key)
        .asHexString()
        .isEqualToIgnoringCase("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
  }

  @Test
  void whatWasReadIsWrittenAgainWithItsKeyAndNeverWithItsNonce() throws Exception {
    byte[] stored = of("secret words").encrypted(SECRET, Content.STATE);
    Encryption later = of("secret words");
    later.decrypted(stored, Content.STATE);
    byte[] again = later.encrypted(SECRET, Content.STATE);
    assertThat(salt(again)).isEqualTo(salt(stored));
    assertThat(again).isNotEqualTo(stored);
    assertThat(salt(of("secret words").encrypted(SECRET, Content.STATE)))
        .isNotEqualTo(salt(stored));
  }

  @Test
  void otherParametersAreUsedFromTheNextWriteOn() throws Exception {
    byte[] stored = of("secret words").encrypted(SECRET, Content.STATE);
    Passphrase.Parameters more = new Passphrase.Parameters(1001, 32, 32, Passphrase.Hash.SHA512);
    Encryption later = new Encryption(new AesGcm(new Passphrase("secret words", more)), List.of());
    assertThat(later.decrypted(stored, Content.STATE)).isEqualTo(SECRET);
    assertThat(new String(later.encrypted(SECRET, Content.STATE), StandardCharsets.UTF_8))
        .contains("\"iterations\":\"1001\"");
  }

  private static String salt(byte[] stored) {
    return new String(stored, StandardCharsets.UTF_8)
        .replaceFirst(".*\"salt\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void anotherPassphraseIsToldOf() throws Exception {
    byte[] stored = of("secret words").encrypted(SECRET, Content.STATE);
    assertThatThrownBy(() -> of("other words").decrypted(stored, Content.STATE))
        .isInstanceOf(EncryptionException.class)
        .hasMessageContaining("the key is not the one that it was encrypted with")
        .hasMessageNotContaining("words");
  }

  @Test
  void noByteCanBeChangedUnseen() throws Exception {
    KeyProvider fixed = new Fixed(new byte[32]);
    Encryption encryption = new Encryption(new AesGcm(fixed), List.of());
    byte[] stored = encryption.encrypted(SECRET, Content.STATE);
    int start = new String(stored, StandardCharsets.US_ASCII).indexOf("\"data\":\"") + 8;
    for (int index = start; index < stored.length - 2; index++) {
      byte[] changed = stored.clone();
      changed[index] = (byte) (changed[index] == 'A' ? 'B' : 'A');
      assertThatThrownBy(() -> encryption.decrypted(changed, Content.STATE))
          .as("byte %d", index)
          .isInstanceOf(EncryptionException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Content.class, names = "STATE", mode = EnumSource.Mode.EXCLUDE)
  void oneThingIsNotTakenForAnother(Content other) throws Exception {
    Encryption encryption = of("secret words");
    byte[] stored = encryption.encrypted(SECRET, Content.STATE);
    assertThatThrownBy(() -> encryption.decrypted(stored, other))
        .isInstanceOf(EncryptionException.class);
  }

  @Test
  void whatIsPlainIsTakenOnlyWhereThatIsSaid() throws Exception {
    AesGcm aes = new AesGcm(new Passphrase("secret words", QUICK));
    assertThatThrownBy(() -> new Encryption(aes, List.of()).decrypted(SECRET, Content.STATE))
        .isInstanceOf(EncryptionException.class)
        .hasMessageContaining("it is not encrypted")
        .hasMessageContaining("fallback");
    assertThat(new Encryption(aes, List.of(Method.UNENCRYPTED)).decrypted(SECRET, Content.STATE))
        .isEqualTo(SECRET);
  }

  @Test
  void whatIsEncryptedNeedsAnEncryptionToBeRead() throws Exception {
    byte[] stored = of("secret words").encrypted(SECRET, Content.STATE);
    assertThatThrownBy(() -> Encryption.NONE.decrypted(stored, Content.STATE))
        .isInstanceOf(EncryptionException.class)
        .hasMessageContaining("PGHA_ENCRYPTION");
  }

  @Test
  void theOldPassphraseIsAFallback() throws Exception {
    byte[] stored = of("the old words").encrypted(SECRET, Content.STATE);
    Encryption renewed =
        new Encryption(
            new AesGcm(new Passphrase("the new words", QUICK)),
            List.of(new AesGcm(new Passphrase("the old words", QUICK))));
    assertThat(renewed.decrypted(stored, Content.STATE)).isEqualTo(SECRET);
    byte[] again = renewed.encrypted(SECRET, Content.STATE);
    assertThat(of("the new words").decrypted(again, Content.STATE)).isEqualTo(SECRET);
  }

  @Test
  void encryptionIsTakenAwayByAFallbackToo() throws Exception {
    byte[] stored = of("the old words").encrypted(SECRET, Content.STATE);
    Encryption none =
        new Encryption(
            Method.UNENCRYPTED, List.of(new AesGcm(new Passphrase("the old words", QUICK))));
    assertThat(none.decrypted(stored, Content.STATE)).isEqualTo(SECRET);
    assertThat(none.encrypted(SECRET, Content.STATE)).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pgha_encryption\":1}",
        "{\"pgha_encryption\":1,\"key_provider\":\"pbkdf2\",\"data\":\"AAAA\"}",
        "{\"pgha_encryption\":1,\"key_provider\":\"pbkdf2\",\"key\":{\"iterations\":\"2000000000\",\"salt\":\"AAAA\",\"key_length\":\"32\",\"hash_function\":\"sha512\"},\"data\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "{\"pgha_encryption\":1,\"key_provider\":\"pbkdf2\",\"key\":{\"iterations\":\"x\"},\"data\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "{\"pgha_encryption\":1,\"key_provider\":\"pbkdf2\",\"key\":7,\"data\":{}}",
        "{\"pgha_encryption\":1,\"data\":\"?\"}",
        "{\"pgha_encryption\":2,\"data\":\"AAAA\"}",
        "{\"pgha_encryption\":1,\"data\":\"AAA",
        "{\"pgha_encryption\":"
      })
  void whatNobodyHasWrittenIsAnErrorAndDoesNotHang(String stored) {
    byte[] bytes = stored.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> of("secret words").decrypted(bytes, Content.STATE))
        .isInstanceOf(EncryptionException.class);
  }

  @Test
  void anotherKindOfProviderIsNamed() throws Exception {
    byte[] stored = of("secret words").encrypted(SECRET, Content.STATE);
    Encryption other = new Encryption(new AesGcm(new Fixed(new byte[32])), List.of());
    assertThatThrownBy(() -> other.decrypted(stored, Content.STATE))
        .hasMessageContaining("its key is one of key_provider \"pbkdf2\"");
  }
}
