package io.pgha.provider.probe;

/** A user's name and password; the text form never shows the password. */
public record Credentials(String username, String password) {
  @Override
  public String toString() {
    return "Credentials[" + username + ", (sensitive)]";
  }
}
