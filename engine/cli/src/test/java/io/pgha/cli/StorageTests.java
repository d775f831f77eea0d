package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where state is kept, and how: what {@code backend} and {@code encryption} blocks say. */
class StorageTests {
  private static final String PASSPHRASE = "a passphrase that is long";

  private static final String NOTE =
      """
      variable "passphrase" {
        type      = string
        sensitive = true
        default   = null
      }
      resource "terraform_data" "note" { input = "buttercup" }
      output "note" { value = terraform_data.note.output }
      """;

  private static final String KEYS =
      """
      key_provider "pbkdf2" "main" {
        passphrase = var.passphrase
        iterations = 200000
      }
      method "aes_gcm" "main" {
        keys = key_provider.pbkdf2.main
      }
      """;

  private static final String ENCRYPTED =
      KEYS
          + """
          state {
            method   = method.aes_gcm.main
            enforced = true
          }
          plan {
            method = method.aes_gcm.main
          }
          """;

  @TempDir private Path folder;

  private Cli given(String passphrase) {
    return new Cli(folder, Map.of("PGHA_VAR_passphrase", passphrase));
  }

  private static String encryption(String text) {
    return NOTE + "pgha {\n encryption {\n" + text + "}\n}\n";
  }

  private static void succeeded(Cli.Said said) {
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
  }

  /** All files but the configuration. */
  private String kept() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".hcl")) {
          all.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
        }
      }
    }
    return all.toString();
  }

  @Nested
  class Encryption {
    @Test
    void neitherStateNorPlanIsReadableWithoutTheKey() throws Exception {
      Cli cli = given(PASSPHRASE).configure(encryption(ENCRYPTED));
      succeeded(cli.run("plan", "-out=p"));
      succeeded(cli.run("apply", "p"));
      succeeded(cli.run("apply", "-auto-approve", "-replace=terraform_data.note"));
      assertThat(kept()).isNotEmpty().doesNotContain("buttercup", "terraform_data", PASSPHRASE);

      assertThat(cli.run("output", "-raw", "note").out()).isEqualTo("buttercup");
      assertThat(cli.run("state", "list").out()).isEqualTo("terraform_data.note\n");
      assertThat(cli.run("state", "pull").out()).contains("buttercup");
      assertThat(cli.run("show", "p").out()).contains("terraform_data.note");
      assertThat(cli.runWith("terraform_data.note.output\n", "console").out())
          .isEqualTo("\"buttercup\"\n");
      assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();
      assertThat(cli.run("drift").status()).isZero();
    }

    @Test
    void theKeyMayComeOfAnOption() throws Exception {
      Cli cli = new Cli(folder).configure(encryption(ENCRYPTED));
      String option = "-var=passphrase=" + PASSPHRASE;
      succeeded(cli.run("plan", option, "-out=p"));
      succeeded(cli.run("apply", option, "p"));
      assertThat(cli.run("plan", option, "-detailed-exitcode").status()).isZero();
      assertThat(cli.run("plan").errors())
          .contains("on main.pgha.hcl:", "It is null, and has to be a text.")
          .doesNotContain(PASSPHRASE);
    }

    @Test
    void anotherPassphraseReadsNothingAndChangesNothing() throws Exception {
      succeeded(given(PASSPHRASE).configure(encryption(ENCRYPTED)).run("apply", "-auto-approve"));
      String before = kept();
      Cli other = given("some other passphrase");
      for (List<String> words :
          List.of(
              List.of("plan"),
              List.of("apply", "-auto-approve"),
              List.of("output"),
              List.of("state", "list"),
              List.of("state", "rm", "terraform_data.note"),
              List.of("drift"))) {
        Cli.Said said = other.run(words.toArray(String[]::new));
        assertThat(said.status()).as("%s", words).isEqualTo(1);
        assertThat(said.out() + said.errors())
            .containsIgnoringWhitespaces("the key is not the one that it was encrypted with")
            .doesNotContain("some other passphrase");
      }
      assertThat(kept()).isEqualTo(before);
    }

    @Test
    void withoutTheBlockWhatIsEncryptedIsLeftAlone() throws Exception {
      succeeded(given(PASSPHRASE).configure(encryption(ENCRYPTED)).run("apply", "-auto-approve"));
      String before = kept();
      Cli.Said said = new Cli(folder).configure(NOTE).run("apply", "-auto-approve");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors())
          .contains("PGHA_ENCRYPTION")
          .containsIgnoringWhitespaces("It was left untouched");
      assertThat(kept()).isEqualTo(before);
    }

    @Test
    void withoutAPassphraseNothingIsWritten() throws Exception {
      Cli cli = new Cli(folder).configure(encryption(ENCRYPTED));
      for (String[] words : new String[][] {{"apply", "-auto-approve"}, {"plan", "-out=p"}}) {
        assertThat(cli.run(words).status()).isEqualTo(1);
      }
      assertThat(kept()).isEmpty();
    }

    @Test
    void aPassphraseThatIsNoSecretIsRefused() {
      Cli.Said said =
          given(PASSPHRASE)
              .configure(encryption(ENCRYPTED).replace("sensitive = true", "sensitive = false"))
              .run("plan");
      assertThat(said.errors()).contains("sensitive = true").doesNotContain(PASSPHRASE);
      Cli.Said failing =
          given(PASSPHRASE)
              .configure(
                  encryption(
                          ENCRYPTED.replace("= var.passphrase", "= base64decode(var.passphrase)"))
                      .replace("sensitive = true", "sensitive = false"))
              .run("plan");
      assertThat(failing.status()).isEqualTo(1);
      assertThat(failing.errors()).doesNotContain(PASSPHRASE);
    }

    @Test
    void aPlanIsNotPutInThePlaceOfAnEncryptedState() throws Exception {
      Cli cli = given(PASSPHRASE).configure(encryption(ENCRYPTED));
      succeeded(cli.run("apply", "-auto-approve"));
      succeeded(cli.run("apply", "-auto-approve", "-replace=terraform_data.note"));
      String before = kept();
      for (String file : List.of("pgha.state.json", "pgha.state.json.backup")) {
        Cli.Said said = cli.run("plan", "-out=" + file);
        assertThat(said.errors()).contains("is there and is no plan");
      }
      assertThat(kept()).isEqualTo(before);
      succeeded(cli.run("plan", "-out=p"));
      succeeded(cli.run("plan", "-out=p"));
    }

    @Test
    void theEnvironmentCanNotTakeEnforcedAway() throws Exception {
      succeeded(given(PASSPHRASE).configure(encryption(ENCRYPTED)).run("apply", "-auto-approve"));
      String before = kept();
      Cli.Said said =
          new Cli(
                  folder,
                  Map.of(
                      "PGHA_VAR_passphrase",
                      PASSPHRASE,
                      "PGHA_ENCRYPTION",
                      """
                      method "unencrypted" "x" {}
                      state {
                        method = method.unencrypted.x
                        fallback {
                          method = method.aes_gcm.main
                        }
                      }
                      """))
              .run("apply", "-auto-approve");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).contains("The state would not be encrypted");
      assertThat(kept()).isEqualTo(before);
    }

    @Test
    void enforcedTakesNoFallbackWithoutEncryption() {
      Cli.Said said =
          given(PASSPHRASE)
              .configure(
                  encryption(
                      ENCRYPTED.replace(
                              "enforced = true",
                              "enforced = true\nfallback {\n method = method.unencrypted.x\n}")
                          + "method \"unencrypted\" \"x\" {}\n"))
              .run("plan");
      assertThat(said.errors()).contains("The state would not be encrypted");
    }

    @Test
    void aRunThatChangesNothingEncryptsWhatIsThere() throws Exception {
      Cli cli = given(PASSPHRASE).configure(NOTE);
      succeeded(cli.run("apply", "-auto-approve"));
      succeeded(cli.run("apply", "-auto-approve", "-replace=terraform_data.note"));
      cli.configure(encryption(MIGRATING));
      succeeded(cli.run("apply", "-auto-approve"));
      assertThat(kept()).doesNotContain("buttercup");
      cli.configure(encryption(ENCRYPTED));
      succeeded(cli.run("apply", "-auto-approve"));
    }

    @Test
    void aNewPassphraseIsUsedAtOnceForTheBackupToo() throws Exception {
      succeeded(given(PASSPHRASE).configure(encryption(ENCRYPTED)).run("apply", "-auto-approve"));
      String renewed =
          KEYS
              + KEYS.replace("\"main\"", "\"old\"")
                  .replace("pbkdf2.main", "pbkdf2.old")
                  .replace("var.passphrase", "var.old")
              + """
              state {
                method = method.aes_gcm.main
                fallback {
                  method = method.aes_gcm.old
                }
              }
              """;
      Cli cli =
          new Cli(
                  folder,
                  Map.of(
                      "PGHA_VAR_passphrase",
                      "the passphrase from now on",
                      "PGHA_VAR_old",
                      PASSPHRASE))
              .configure(
                  encryption(renewed)
                      + "variable \"old\" {\n type = string\n sensitive = true\n}\n");
      succeeded(cli.run("apply", "-auto-approve"));
      Cli later = given("the passphrase from now on").configure(encryption(ENCRYPTED));
      assertThat(later.run("output", "-raw", "note").out()).isEqualTo("buttercup");
      Files.move(
          folder.resolve("pgha.state.json.backup"),
          folder.resolve("pgha.state.json"),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(later.run("output", "-raw", "note").out()).isEqualTo("buttercup");
    }

    private static final String MIGRATING =
        KEYS
            + """
            method "unencrypted" "before" {}
            state {
              method = method.aes_gcm.main
              fallback {
                method = method.unencrypted.before
              }
            }
            """;

    @Test
    void whatWasThereIsEncryptedByAFallbackAndDecryptedByOne() throws Exception {
      Cli cli = given(PASSPHRASE).configure(NOTE);
      succeeded(cli.run("apply", "-auto-approve"));
      cli.configure(encryption(ENCRYPTED));
      assertThat(cli.run("plan").errors()).contains("it is not encrypted", "fallback");

      cli.configure(encryption(MIGRATING));
      succeeded(cli.run("apply", "-auto-approve", "-replace=terraform_data.note"));
      assertThat(kept()).doesNotContain("buttercup");
      cli.configure(encryption(ENCRYPTED));
      succeeded(cli.run("plan"));

      String leaving =
          KEYS
              + """
              method "unencrypted" "after" {}
              state {
                method = method.unencrypted.after
                fallback {
                  method = method.aes_gcm.main
                }
              }
              """;
      cli.configure(encryption(leaving));
      succeeded(cli.run("apply", "-auto-approve", "-replace=terraform_data.note"));
      succeeded(cli.configure(NOTE).run("plan"));
    }

    @Test
    void aPlanThatAnybodyCouldHaveWrittenIsNotApplied() throws Exception {
      Cli cli = given(PASSPHRASE).configure(NOTE);
      succeeded(cli.run("plan", "-out=p"));
      cli.configure(encryption(ENCRYPTED));
      Cli.Said said = cli.run("apply", "p");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).contains("A plan can't be used", "it is not encrypted");
    }

    @Test
    void theEnvironmentMaySayIt() throws Exception {
      String words = "words from the environment";
      Cli cli =
          new Cli(
              folder,
              Map.of(
                  "PGHA_ENCRYPTION",
                  ENCRYPTED.replace("var.passphrase", "\"%s\"".formatted(words))));
      succeeded(cli.configure(NOTE).run("apply", "-auto-approve"));
      assertThat(kept()).doesNotContain("buttercup");
      assertThat(cli.run("output", "-raw", "note").out()).isEqualTo("buttercup");
      assertThat(new Cli(folder).run("output").status()).isEqualTo(1);

      Cli json =
          new Cli(
              folder,
              Map.of(
                  "PGHA_ENCRYPTION",
                  """
                  {"key_provider": {"pbkdf2": {"main": {"passphrase": "%s"}}},
                   "method": {"aes_gcm": {"main": {"keys": "key_provider.pbkdf2.main"}}},
                   "state": {"method": "method.aes_gcm.main"}}
                  """
                      .formatted(words)));
      assertThat(json.run("output", "-raw", "note").out()).isEqualTo("buttercup");
    }

    @Test
    void whatIsWrongInTheEnvironmentIsToldWithoutItsWords() throws Exception {
      Cli cli =
          new Cli(
              folder,
              Map.of(
                  "PGHA_ENCRYPTION", ENCRYPTED.replace("var.passphrase", "\"open sesame\" oops")));
      Cli.Said said = cli.configure(NOTE).run("plan");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors())
          .contains("PGHA_ENCRYPTION can't be understood")
          .doesNotContain("open sesame");
      Cli bare =
          new Cli(
              folder,
              Map.of(
                  "PGHA_ENCRYPTION", ENCRYPTED.replace("var.passphrase", "correct-horse-battery")));
      assertThat(bare.run("plan").errors()).contains("Error").doesNotContain("horse");
    }

    @Test
    void theEnvironmentGoesOverWhatTheConfigurationSays() throws Exception {
      succeeded(given(PASSPHRASE).configure(encryption(ENCRYPTED)).run("apply", "-auto-approve"));
      Cli cli =
          new Cli(
              folder,
              Map.of(
                  "PGHA_ENCRYPTION",
                  "key_provider \"pbkdf2\" \"main\" { passphrase = \"" + PASSPHRASE + "\" }"));
      assertThat(cli.run("output", "-raw", "note").out()).isEqualTo("buttercup");
    }

    @Test
    void aProgramMayGiveTheKey() throws Exception {
      program(
          """
          echo '{"magic":"OpenTofu-External-Key-Provider","version":1}'
          question=$(cat)
          echo "$question" >> asked
          case $question in
            null) echo '{"keys":{"encryption_key":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="},"meta":{"external_data":{"generation":3}}}' ;;
            *'"generation":3'*) echo '{"keys":{"encryption_key":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=","decryption_key":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="},"meta":{}}' ;;
          esac
          """);
      Cli cli = new Cli(folder).configure(encryption(EXTERNAL));
      succeeded(cli.run("apply", "-auto-approve"));
      assertThat(Files.readString(folder.resolve("asked"))).isEqualTo("null\n");
      assertThat(cli.run("output", "-raw", "note").out()).isEqualTo("buttercup");
      assertThat(Files.readString(folder.resolve("asked")))
          .isEqualTo("null\n{\"external_data\":{\"generation\":3}}\n");
      assertThat(Files.readString(folder.resolve("pgha.state.json"))).doesNotContain("buttercup");
    }

    private static final String EXTERNAL =
        """
        key_provider "external" "main" {
          command = ["./key", "main"]
        }
        method "aes_gcm" "main" {
          keys = key_provider.external.main
        }
        state {
          method = method.aes_gcm.main
        }
        """;

    @ParameterizedTest
    @CsvSource(
        delimiterString = " -> ",
        quoteCharacter = '^',
        textBlock =
            """
            exit 3 -> It ended with status 3
            echo hello -> its first line is not
            echo '{"magic":"OpenTofu-External-Key-Provider","version":1}'; echo 'c2VzYW1l' -> what it says is no JSON
            echo '{"magic":"OpenTofu-External-Key-Provider","version":1}'; echo '{"keys":{"encryption_key":"c2VzYW1l"}}' -> keys.encryption_key is not 16, 24 or 32 bytes
            echo '{"magic":"OpenTofu-External-Key-Provider","version":1}'; echo '{"keys":{"encryption_key":"c2VzYW1l!"}}' -> keys.encryption_key is no base64
            """)
    void aProgramThatGivesNoneIsToldOf(String script, String error) throws Exception {
      program(script + "\n");
      Cli.Said said = new Cli(folder).configure(encryption(EXTERNAL)).run("apply", "-auto-approve");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors().replaceAll("\\s+", " ")).contains(error);
      assertThat(said.errors()).doesNotContain("c2VzYW1l");
    }

    private void program(String script) throws IOException {
      Path file = folder.resolve("key");
      Files.writeString(file, "#!/bin/sh\n" + script);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiterString = " -> ",
        quoteCharacter = '^',
        textBlock =
            """
            passphrase = var.passphrase -> passphrase = "short" -> It has 16 characters at least.
            iterations = 200000 -> iterations = 1000 -> They are 200000 to 100000000
            iterations = 200000 -> iterations = 2.5 -> It is a whole number
            iterations = 200000 -> key_length = 31 -> Keys have 16, 24 or 32 bytes.
            iterations = 200000 -> hash_function = "md5" -> It is "sha256" or "sha512".
            iterations = 200000 -> iteration = 200000 -> Did you mean "iterations"?
            key_provider "pbkdf2" -> key_provider "aws_kms" -> Unknown key_provider "aws_kms"
            keys = key_provider.pbkdf2.main -> keys = key_provider.pbkdf2.mian -> Did you mean key_provider.pbkdf2.main?
            keys = key_provider.pbkdf2.main -> keys = "x" -> It names a block: key_provider.TYPE.NAME
            method   = method.aes_gcm.main -> method = method.aes_gcm.other -> There is no method.aes_gcm.other.
            method   = method.aes_gcm.main -> # nothing -> The state would not be encrypted
            passphrase = var.passphrase -> passphrase = terraform_data.note.id -> It is needed to read the state, and is not known before (it comes of terraform_data.note.id)
            method "aes_gcm" "main" -> method "rot13" "main" -> Unknown method "rot13"
            """)
    void whatIsWrongIsToldAtItsPlace(String right, String wrong, String error) {
      assertThat(ENCRYPTED).contains(right);
      Cli.Said said =
          given(PASSPHRASE)
              .configure(encryption(ENCRYPTED.replaceFirst(Pattern.quote(right), wrong)))
              .run("plan");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).contains("on main.pgha.hcl:");
      assertThat(said.errors().replaceAll("\\s+", " ")).contains(error);
    }

    @Test
    void whoValidatesNeedsNoKey() {
      Cli cli =
          new Cli(folder)
              .configure(encryption(ENCRYPTED).replace("default   = null", "nullable = false"));
      Cli.Said said = cli.run("validate");
      assertThat(said.errors()).isEmpty();
      assertThat(said.status()).isZero();
      assertThat(cli.run("output").errors()).contains("is not known before");
    }
  }

  @Nested
  class Backend {
    private static final String ELSEWHERE =
        NOTE
            + "locals { name = \"prod\" }\npgha {\n backend \"local\" { path = \"states/${local.name}.json\" }\n}\n";

    @Test
    void stateIsWhereTheBackendSays() throws Exception {
      Cli cli = new Cli(folder).configure(ELSEWHERE);
      succeeded(cli.run("plan"));
      assertThat(folder.resolve("states")).doesNotExist();
      succeeded(cli.run("apply", "-auto-approve"));
      assertThat(folder.resolve("states/prod.json")).exists();
      assertThat(folder.resolve("pgha.state.json")).doesNotExist();
      assertThat(cli.run("output", "-raw", "note").out()).isEqualTo("buttercup");
      assertThat(cli.run("state", "list").out()).isEqualTo("terraform_data.note\n");
      assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();
      succeeded(cli.run("destroy", "-auto-approve"));
    }

    @Test
    void aStateThatWasLeftBehindIsNotForgotten() throws Exception {
      Cli cli = new Cli(folder).configure(NOTE);
      succeeded(cli.run("apply", "-auto-approve"));
      Cli.Said said = cli.configure(ELSEWHERE).run("plan");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).contains("The state is not where the backend says");
      Files.createDirectory(folder.resolve("states"));
      Files.move(folder.resolve("pgha.state.json"), folder.resolve("states/prod.json"));
      assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();
    }

    @Test
    void aJournalThatWasLeftBehindIsNotForgotten() throws Exception {
      Cli cli = new Cli(folder).configure(NOTE);
      succeeded(cli.run("apply", "-auto-approve"));
      Files.move(folder.resolve("pgha.state.json"), folder.resolve("pgha.state.journal"));
      assertThat(cli.configure(ELSEWHERE).run("plan").errors())
          .contains("The state is not where the backend says");
    }

    @Test
    void aFileThatCanNotBeReadMayBeTheOneThatSaysIt() throws Exception {
      succeeded(new Cli(folder).configure(ELSEWHERE).run("apply", "-auto-approve"));
      Files.writeString(
          folder.resolve("main.pgha.hcl"), ELSEWHERE.replace("locals {", "locals {{"));
      for (String words : List.of("output", "state list", "state pull")) {
        Cli.Said said = new Cli(folder).run(words.split(" "));
        assertThat(said.status()).as(words).isEqualTo(1);
        assertThat(said.errors()).contains("on main.pgha.hcl:");
      }
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '^',
        delimiter = '|',
        textBlock =
            """
            ""        | It names a file.
            "a\\u0000b" | It names a file.
            "."       | There is a folder of this name
            """)
    void aPathThatNamesNoFileIsRefused(String path, String error) {
      Cli.Said said =
          new Cli(folder)
              .configure(NOTE + "pgha {\n backend \"local\" { path = %s }\n}\n".formatted(path))
              .run("plan");
      assertThat(said.errors()).contains("on main.pgha.hcl:", error);
    }

    @Test
    void othersAreToldOf() {
      Cli.Said said =
          new Cli(folder)
              .configure(NOTE + "terraform {\n backend \"s3\" {\n bucket = \"b\"\n }\n}\n")
              .run("plan");
      assertThat(said.errors()).contains("Unknown backend \"s3\"", "on main.pgha.hcl:9,10");
    }

    @Test
    void thatOfAModuleDoesNothing() throws Exception {
      Path module = Files.createDirectory(folder.resolve("m"));
      Files.writeString(
          module.resolve("m.pgha.hcl"), "pgha {\n backend \"local\" { path = \"x.json\" }\n}\n");
      Cli.Said said =
          new Cli(folder)
              .configure(NOTE + "module \"m\" {\n source = \"./m\"\n}\n")
              .run("apply", "-auto-approve");
      assertThat(said.status()).isZero();
      assertThat(said.errors()).contains("Warning: The backend block does nothing here");
      assertThat(folder.resolve("pgha.state.json")).exists();
    }

    @Test
    void anOverrideFileReplacesIt() throws Exception {
      Files.writeString(
          folder.resolve("override.pgha.hcl"),
          "pgha {\n backend \"local\" { path = \"over.json\" }\n}\n");
      succeeded(new Cli(folder).configure(ELSEWHERE).run("apply", "-auto-approve"));
      assertThat(folder.resolve("over.json")).exists();
      assertThat(folder.resolve("states")).doesNotExist();
    }

    @Test
    void thereIsOne() {
      Cli.Said said =
          new Cli(folder)
              .configure(ELSEWHERE + "pgha {\n backend \"local\" {}\n}\n")
              .run("validate");
      assertThat(said.errors())
          .contains("Duplicate backend configuration", "main.pgha.hcl:10,2 already");
    }
  }
}
