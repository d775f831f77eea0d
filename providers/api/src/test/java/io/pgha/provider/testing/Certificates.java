package io.pgha.provider.testing;

/** Certificates to try with. */
public final class Certificates {
  /** Of an authority; ended on 2025-12-29. */
  public static final String ENDED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBQTCB6qADAgECAghxBiV/22jyLjAKBggqhkjOPQQDAjAOMQwwCgYDVQQDEwNP
      bGQwHhcNMTYwMTAxMDAwMDAwWhcNMjUxMjI5MDAwMDAwWjAOMQwwCgYDVQQDEwNP
      bGQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATT4KScdOlPMfk26GnDUL9uRwC0
      EAlqh0oG9rNEaYy2Hk1TJ1XttErBKf5M1G5FIMvcfaef9GY8xrDihXp9j6MmozIw
      MDAdBgNVHQ4EFgQUhZ+N2gv9Gf/TNucPLocK08eDmt8wDwYDVR0TAQH/BAUwAwEB
      /zAKBggqhkjOPQQDAgNGADBDAiAMu9QsVCQ1GCWr6dxGfRbBYDlQqpO+OAKY3B2F
      utN84AIfWy+2rjf3awbKGmZNcma1cdFKDihgfB3fDhpNYbwDEA==
      -----END CERTIFICATE-----
      """;

  private Certificates() {}
}
