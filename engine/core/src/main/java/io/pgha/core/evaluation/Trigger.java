package io.pgha.core.evaluation;

import io.pgha.language.value.AttributePath;

/**
 * Something whose change has an instance made anew, by its lifecycle's replace_triggered_by.
 *
 * @param name an instance's address, or a resource's: all of its instances
 * @param path where in it a change counts; the root: anywhere
 */
public record Trigger(String name, AttributePath path) {
  @Override
  public String toString() {
    return path.equals(AttributePath.ROOT) ? name : name + "." + path;
  }
}
