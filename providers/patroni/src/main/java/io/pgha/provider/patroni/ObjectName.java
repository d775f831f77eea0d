package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Names of roles and databases. */
final class ObjectName {
  /** PostgreSQL 17 docs, 4.1.1: longer names are cut without an error. */
  private static final int LONGEST = 63;

  private ObjectName() {}

  static List<Diagnostic> validate(Values values, String argument) {
    Optional<String> name = values.string(argument);
    if (name.isEmpty()) {
      return List.of();
    }
    int length = name.get().getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > LONGEST || name.get().chars().anyMatch(Character::isISOControl)) {
      return List.of(
          Diagnostic.error(
                  "bad-name",
                  "\"" + name.get() + "\" can't be a name in PostgreSQL",
                  "A name has 1 to 63 bytes and no control characters.")
              .of(AttributePath.of(argument)));
    }
    return List.of();
  }
}
