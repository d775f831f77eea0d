package io.pgha.provider.ephemeral;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.schema.Schema;
import java.util.List;

/**
 * An ephemeral resource type: a schema, where its values are to be had from, and how what is said
 * there is read. State, plans and logs have nothing of its instances.
 *
 * <p>The engine opens an instance once in each run that makes or carries out a plan, as soon as its
 * arguments are known; nothing is opened to check a configuration.
 */
public interface EphemeralType {
  /** The name that configuration uses, such as {@code secret_file}. */
  String name();

  /** The arguments, and what is read as computed attributes: those are taken as sensitive. */
  Schema schema();

  /**
   * What is wrong with the arguments, with paths into them.
   *
   * @param values may be unknown, and null where they are not given
   */
  default List<Diagnostic> validate(ObjectValue values) {
    return List.of();
  }

  /**
   * Where the values are to be had from.
   *
   * @param values the arguments, all known
   */
  LocalSource source(ObjectValue values);

  /**
   * The computed attributes by what the source says.
   *
   * @param values the arguments, all known
   * @param text what it says, as it stands there
   */
  ObjectValue read(ObjectValue values, String text);
}
