package io.pgha.provider.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.step.Fragment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDiffTests {
  private static final List<Fragment> DESIRED =
      List.of(
          Fragment.plain("listen stats\n  stats uri /\n  stats auth admin:"),
          Fragment.secret("s3cret"),
          Fragment.plain("\n  maxconn 400\n"));

  @Test
  void onlyTheLinesThatDifferAreShown() {
    assertThat(
            TextDiff.of(
                """
                listen stats
                  stats uri /
                  stats auth admin:s3cret
                  maxconn 50
                """,
                DESIRED))
        .containsExactly(
            "@@ -1,4 +1,4 @@",
            " listen stats",
            "   stats uri /",
            "   stats auth admin:(sensitive)",
            "-  maxconn 50",
            "+  maxconn 400");
  }

  @Test
  void anotherSecretInTheSamePlaceIsHiddenToo() {
    assertThat(
            String.join(
                "\n",
                TextDiff.of(
                    """
                    listen stats
                      stats auth root:older
                      stats auth   admin:oldest
                      maxconn 400
                    """,
                    DESIRED)))
        .doesNotContain("older", "oldest", "s3cret")
        .contains("+  stats auth admin:(sensitive)");
  }

  @Test
  void aLiveLineThatLooksLikeAPasswordIsHiddenInAnyFile() {
    assertThat(TextDiff.of("a: 1\npassword: 'x y'\n", "a: 1\n"))
        .containsExactly("@@ -1,2 +1,1 @@", " a: 1", "-password: (sensitive)");
  }

  @Test
  void aWholeSecretBlockHidesWhatStandsInItsPlace() {
    assertThat(
            TextDiff.of(
                "begin\nAAAA\nBBBB\nend\n",
                List.of(
                    Fragment.plain("begin\n"),
                    Fragment.secret("CCCC\nDDDD"),
                    Fragment.plain("\nend\n"))))
        .containsExactly(
            "@@ -1,4 +1,4 @@",
            " begin",
            "-(sensitive)",
            "-(sensitive)",
            "+(sensitive)",
            "+(sensitive)",
            " end");
  }

  @Test
  void equalTextsHaveNoDiff() {
    assertThat(TextDiff.of("a\n", "a\n")).isEmpty();
    assertThat(TextDiff.of("a", "a\n"))
        .containsExactly("(only the line break at the end of the file differs)");
  }

  @Test
  void theBodyOfAPrivateKeyThatSomebodyPutThereIsHidden() {
    String key =
        """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
        -----END PRIVATE KEY-----
        """;
    assertThat(TextDiff.of("one\n" + key + "two\n", "one\ntwo\n"))
        .noneMatch(line -> line.contains("MIIE"))
        .contains(" one", " two");
  }

  @Test
  void whatSomebodyPutBesideSecretLinesIsHidden() {
    assertThat(TextDiff.of("alpha-4711\nbravo-4712\n", List.of(Fragment.secret("alpha-4711\n"))))
        .noneMatch(line -> line.contains("4711") || line.contains("4712"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_SECRET_ACCESS_KEY=hush-hush",
        "export VAULT_TOKEN=hush-hush",
        "dsn: postgres://app:hush-hush@db/app",
        "client_secret_key: hush-hush",
      })
  void aLineOfSomebodyElsesSecretIsHidden(String line) {
    assertThat(TextDiff.of(line + "\n", "other\n")).noneMatch(each -> each.contains("hush"));
  }
}
