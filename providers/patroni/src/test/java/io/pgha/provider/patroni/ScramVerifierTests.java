package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The verifiers here were made by PostgreSQL 17.12 itself. */
final class ScramVerifierTests {
  private static final String PENCIL =
      "SCRAM-SHA-256$4096:9RgyrHqtIuh0Jcqnl1Wh0g==$E4y7ei3+L5eDcIFuX/ie1RVB11WycnTA37dRZO+qgEc="
          + ":H1jGdm7wO8uWZlk58Oj92UJqSOnzKPni6SRaHMwxABE=";
  private static final String BEYOND_ASCII =
      "SCRAM-SHA-256$4096:ebnmz7LoHubgMkVs9IgnMw==$cd9St6dVY7mb04J1YNcSWRk6KKc7GtcT2c3/huOWPgY="
          + ":aiBuaszGZmjCKWiwaZfzkPjyMR0cBGaMdq2m7b1IVtE=";

  @Test
  void knowsThePasswordOfAVerifierThatTheServerMade() {
    assertThat(ScramVerifier.matches(PENCIL, "pencil")).isTrue();
    assertThat(ScramVerifier.matches(PENCIL, "Pencil")).isFalse();
  }

  @Test
  void preparesPasswordsBeyondAsciiAsTheServerDoes() {
    assertThat(ScramVerifier.matches(BEYOND_ASCII, "pä ß$1'x")).isTrue();
  }

  @Test
  void isNotFooledByOtherKindsOfVerifiers() {
    assertThat(ScramVerifier.matches("md5a3556571e93b0d20722ba62be61e8c2d", "pencil")).isFalse();
    assertThat(ScramVerifier.matches("SCRAM-SHA-256$4096:not base64$x:y", "pencil")).isFalse();
  }

  @Test
  void makesVerifiersThatItKnowsAgainEachWithASaltOfItsOwn() {
    String first = ScramVerifier.of("pencil");
    assertThat(ScramVerifier.matches(first, "pencil")).isTrue();
    assertThat(ScramVerifier.of("pencil")).isNotEqualTo(first);
  }
}
