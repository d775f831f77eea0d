package io.pgha.core.evaluation;

import java.util.Optional;

/**
 * Something whose change has an instance made anew, by its lifecycle's replace_triggered_by.
 *
 * @param name an instance's address, or a resource's: all of its instances
 * @param attribute the attribute whose change counts; empty: any change
 */
public record Trigger(String name, Optional<String> attribute) {
  @Override
  public String toString() {
    return attribute.map(each -> name + "." + each).orElse(name);
  }
}
