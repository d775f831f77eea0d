package io.pgha.provider.step;

/** Where a step runs. */
public sealed interface Target {
  /**
   * A host.
   *
   * @param host the address of the {@code host} instance
   */
  record Host(String host) implements Target {}

  /**
   * The leader of a group that has none yet: shown in the plan. By the time of apply the provider,
   * asked again, must name the host; else the apply of the instance fails.
   *
   * @param group the address or name of the group, for people
   */
  record Leader(String group) implements Target {}
}
