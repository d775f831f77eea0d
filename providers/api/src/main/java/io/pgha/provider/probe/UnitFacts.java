package io.pgha.provider.probe;

import java.util.List;

/**
 * How a systemd unit is doing, as {@code systemctl show} says.
 *
 * @param activeState such as active, inactive, failed, activating
 * @param subState such as running, dead, exited
 * @param unitFileState such as enabled, disabled, masked, static; empty where there is no unit file
 * @param mainPid the main process, 0 where there is none
 * @param activeSince when it entered the active state, seconds since 1970, 0 where it has not
 * @param needsDaemonReload whether its file changed since systemd read it
 * @param lastChange when it was last started, stopped or reloaded
 * @param overrides the files outside of packages that make up the unit, as systemd has read them:
 *     the unit's own, and what is dropped in for this unit
 */
public record UnitFacts(
    String activeState,
    String subState,
    String unitFileState,
    int mainPid,
    long activeSince,
    boolean needsDaemonReload,
    LastChange lastChange,
    List<String> overrides) {
  public UnitFacts {
    overrides = List.copyOf(overrides);
  }

  /** Whether it runs, or is a one-shot unit that has run. */
  public boolean isActive() {
    return activeState.equals("active") || activeState.equals("reloading");
  }

  /** Whether it is just being started or stopped. */
  public boolean isOnItsWay() {
    return activeState.equals("activating") || activeState.equals("deactivating");
  }

  /** Whether it starts at boot. */
  public boolean isEnabled() {
    return unitFileState.equals("enabled") || unitFileState.equals("enabled-runtime");
  }

  /** Whether it runs, or is on its way to, with what a file said before it was last written. */
  public boolean isOlderThan(FileFacts file) {
    return (isActive() || activeState.equals("activating")) && lastChange.isBefore(file);
  }
}
