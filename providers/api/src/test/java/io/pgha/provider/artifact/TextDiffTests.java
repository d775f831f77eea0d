package io.pgha.provider.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.step.Fragment;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
