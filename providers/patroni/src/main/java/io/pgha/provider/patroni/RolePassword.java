package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.step.Fragment;
import java.util.List;
import java.util.Optional;

/**
 * The password that a role should have, beside the verifier that the server keeps of the one it
 * has. The password itself never reaches the server: what is sent is a verifier made here.
 *
 * @param desired the password; empty where none is declared, or it is unknown yet
 * @param verifier what {@code pg_authid} holds; empty where the role has no password
 */
record RolePassword(Optional<String> desired, Optional<String> verifier) {
  /** Whether the server has another password, or none, where one is declared. */
  boolean differs() {
    return desired.isPresent()
        && verifier.map(found -> !ScramVerifier.matches(found, desired.get())).orElse(true);
  }

  /** The difference as the plan shows it: that it is there, and never what it is. */
  static AttributeChange difference(AttributePath path, String reason) {
    return new AttributeChange(
        path, new Str(Fragment.HIDDEN), new Str(Fragment.HIDDEN), true, reason, false);
  }

  /** The option of {@code ALTER ROLE} that sets it; nothing where none is declared. */
  List<Fragment> option() {
    return desired
        .map(password ->
            List.of(
                Fragment.plain(" PASSWORD '"),
                Fragment.secret(ScramVerifier.of(password)),
                Fragment.plain("'")))
        .orElse(List.of());
  }

  @Override
  public String toString() {
    return "RolePassword[" + Fragment.HIDDEN + "]";
  }
}
