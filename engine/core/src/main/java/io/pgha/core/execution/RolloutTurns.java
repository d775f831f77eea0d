package io.pgha.core.execution;

import io.pgha.core.execution.StepRunner.Unmet;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Rollouts;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Wave;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives the members of a group their turns: a wave at a time, with the group's gate between.
 *
 * <p>A member whose own prerequisites are done arrives and waits here until its wave has come. A
 * wave that waits for a member which itself waits for someone here goes on without it, so that two
 * orders never block each other. Thread-safe.
 */
final class RolloutTurns {
  private static final String GATE_UNKNOWN = "its gate could not be looked at";

  private final ExecutionOrder order;
  private final GroupWatch watch;
  private final Map<String, Rollout> rollouts = new TreeMap<>();
  private final Map<String, String> busyHosts = new TreeMap<>();
  private final Set<Vertex> waiting = new HashSet<>();

  /** One group's rollout. */
  private static final class Rollout {
    private final String name;
    private final Set<String> hosts;
    private final Map<String, Effect> pending = new TreeMap<>();
    private final Set<String> wave = new LinkedHashSet<>();
    private final Set<String> running = new HashSet<>();

    /** Members between their removal and being made anew. */
    private final Set<String> paused = new HashSet<>();

    private boolean asking;
    private boolean disturbed;
    private String broken = "";

    Rollout(String name, Set<String> hosts) {
      this.name = name;
      this.hosts = hosts;
    }

    boolean waveIsDisruptive() {
      return wave.stream()
          .map(pending::get)
          .anyMatch(effect -> effect != null && effect.kind().isDisruptive());
    }
  }

  RolloutTurns(ExecutionOrder order, GroupWatch watch) {
    this.order = order;
    this.watch = watch;
    Rollouts.groups(order.planned())
        .forEach((name, members) -> {
          Rollout rollout = new Rollout(name, watch.hosts(members));
          members.stream()
              .filter(PlannedInstance::isChange)
              .forEach(m -> rollout.pending.put(m.address(), Rollouts.effect(m)));
          rollouts.put(name, rollout);
        });
  }

  /** Waits for the member's turn. */
  void await(PlannedInstance member) throws ExecutionException, InterruptedException {
    if (member.group().isEmpty()) {
      return;
    }
    Rollout rollout = rollout(member);
    synchronized (this) {
      waiting.add(ExecutionOrder.first(member));
      notifyAll();
    }
    try {
      while (!mayGo(rollout, member)) {
        choose(rollout, member);
      }
    } finally {
      synchronized (this) {
        waiting.remove(ExecutionOrder.first(member));
        notifyAll();
      }
    }
  }

  /** Whether the member may go now; waits while another one is choosing or working. */
  private synchronized boolean mayGo(Rollout rollout, PlannedInstance member)
      throws ExecutionException, InterruptedException {
    while (true) {
      if (!rollout.broken.isEmpty()) {
        throw new ExecutionException(untouched(rollout, member));
      }
      if (neededByPaused(rollout, member)) {
        rollout.running.add(member.address());
        return true;
      }
      if (rollout.wave.contains(member.address())) {
        if (!rollout.waveIsDisruptive() || claimHosts(rollout)) {
          rollout.running.add(member.address());
          return true;
        }
      } else if (rollout.wave.isEmpty() && rollout.running.isEmpty() && !rollout.asking) {
        return false;
      } else if (rollout.running.isEmpty() && !rollout.asking && dropBlocked(rollout)) {
        continue;
      }
      wait();
    }
  }

  /** Whether a member that is between its removal and its making waits for this one. */
  private boolean neededByPaused(Rollout rollout, PlannedInstance member) {
    Set<Vertex> own = new HashSet<>();
    own.add(ExecutionOrder.first(member));
    own.add(ExecutionOrder.last(member));
    return rollout.paused.stream()
        .map(order.planned()::get)
        .anyMatch(paused -> order.waitsForAny(ExecutionOrder.last(paused), own));
  }

  private Vertex first(String address) {
    PlannedInstance instance = order.planned().get(address);
    if (instance == null) {
      throw new IllegalArgumentException("not planned: " + address);
    }
    return ExecutionOrder.first(instance);
  }

  /** The member's turn goes on, but it waits for others before its last part. */
  synchronized void pause(PlannedInstance member) {
    member.group().ifPresent(group -> rollout(member).paused.add(member.address()));
    notifyAll();
  }

  /** Takes members out of the wave that wait, directly or not, for someone who waits here. */
  private boolean dropBlocked(Rollout rollout) {
    return rollout.wave.removeIf(address -> {
      Vertex vertex = first(address);
      return !waiting.contains(vertex) && order.waitsForAny(vertex, waiting);
    });
  }

  private boolean claimHosts(Rollout rollout) {
    for (String host : rollout.hosts) {
      String holder = busyHosts.get(host);
      if (holder != null && !holder.equals(rollout.name)) {
        return false;
      }
    }
    rollout.hosts.forEach(host -> busyHosts.put(host, rollout.name));
    return true;
  }

  /** Asks the group how it is and its policy who goes next; one member does so for all. */
  private void choose(Rollout rollout, PlannedInstance member)
      throws ExecutionException, InterruptedException {
    Map<String, Effect> pending;
    synchronized (this) {
      if (rollout.asking || !rollout.wave.isEmpty() || !rollout.running.isEmpty()) {
        return;
      }
      rollout.asking = true;
      pending = new TreeMap<>(rollout.pending);
    }
    List<String> next = List.of();
    String broken = "its members could not be looked at";
    try {
      List<Wave> waves = watch.waves(rollout.name, order, pending);
      next = waves.isEmpty() ? List.copyOf(pending.keySet()) : waves.getFirst().members();
      boolean disruptive =
          next.stream().map(pending::get).anyMatch(e -> e != null && e.kind().isDisruptive());
      broken = disruptive ? watch.refusal(rollout.name, order, pending) : "";
      if (broken.isEmpty() && (disruptive || rollout.disturbed)) {
        broken = GATE_UNKNOWN;
        broken = watch.gate(rollout.name, order, member).map(RolloutTurns::reason).orElse("");
      }
    } finally {
      synchronized (this) {
        rollout.asking = false;
        rollout.broken = broken;
        if (broken.isEmpty()) {
          rollout.wave.addAll(next);
          rollout.wave.retainAll(rollout.pending.keySet());
          dropBlocked(rollout);
          if (rollout.wave.isEmpty()) {
            rollout.wave.add(member.address());
          }
        }
        notifyAll();
      }
    }
  }

  /** Ends the member's turn. A member that failed keeps the rest of its group untouched. */
  void finished(PlannedInstance member, boolean succeeded) throws InterruptedException {
    if (member.group().isEmpty()) {
      return;
    }
    Rollout rollout = rollout(member);
    boolean last;
    synchronized (this) {
      boolean ran = rollout.running.remove(member.address());
      rollout.paused.remove(member.address());
      Effect effect = rollout.pending.remove(member.address());
      rollout.wave.remove(member.address());
      if (ran && effect != null && effect.kind().isDisruptive()) {
        rollout.disturbed = true;
        if (!succeeded && rollout.broken.isEmpty()) {
          rollout.broken = member.address() + " failed";
        }
      }
      if (rollout.running.isEmpty()) {
        busyHosts.values().removeIf(rollout.name::equals);
      }
      last = ran && rollout.pending.isEmpty() && rollout.disturbed && rollout.broken.isEmpty();
      notifyAll();
    }
    if (last) {
      watch.gate(rollout.name, order, member).ifPresent(shut -> watch.report(member, shut));
    }
  }

  private static String reason(Unmet unmet) {
    return (unmet.stopped() ? "you asked to stop; " : "") + unmet.reason();
  }

  private Rollout rollout(PlannedInstance member) {
    Rollout rollout = rollouts.get(member.group().orElseThrow());
    if (rollout == null) {
      throw new IllegalStateException("no rollout for " + member.address());
    }
    return rollout;
  }

  private static Diagnostic untouched(Rollout rollout, PlannedInstance member) {
    return Diagnostic.error(
            "rollout-stopped",
            "Left untouched: " + member.address(),
            "The rollout of "
                + rollout.name
                + " stopped before it: "
                + rollout.broken
                + ". Mend that, then apply again.")
        .about(member.address());
  }

  /** The groups that are changed. */
  Set<String> names() {
    return new TreeSet<>(rollouts.keySet());
  }
}
