package io.pgha.provider.step;

/**
 * A step and where it runs.
 *
 * @param target the machine
 * @param step what is done there
 */
public record PlacedStep(Target target, Step step) {
  /** A step on a host. */
  public static PlacedStep on(String host, Step step) {
    return new PlacedStep(new Target.Host(host), step);
  }
}
