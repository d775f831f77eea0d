package io.pgha.core.observation;

import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answers of all hosts that were asked.
 *
 * @param hosts what came of each, by the address of its instance
 */
public record Answers(Map<String, HostAnswers> hosts) implements ProbeResults {
  /** Nobody was asked. */
  public static final Answers NONE = new Answers(Map.of());

  public Answers {
    hosts = java.util.Collections.unmodifiableMap(new TreeMap<>(hosts));
  }

  @Override
  public <F> ProbeResult<F> get(String host, Probe<F> probe) {
    return switch (answersOf(host, probe)) {
      case HostAnswers.Unreachable(var code, String reason) ->
          new ProbeResult.Unreachable<>(reason);
      case HostAnswers.Answered(MachineFacts machine, Map<Probe<?>, ProbeResult<?>> results) ->
          answer(host, probe, results);
    };
  }

  // A transport answers each probe with the facts that belong to it: that is its contract.
  @SuppressWarnings("unchecked")
  private static <F> ProbeResult<F> answer(
      String host, Probe<F> probe, Map<Probe<?>, ProbeResult<?>> results) {
    ProbeResult<?> result = results.get(probe);
    if (result == null) {
      throw neverAsked(host, probe);
    }
    return (ProbeResult<F>) result;
  }

  private HostAnswers answersOf(String host, Probe<?> probe) {
    HostAnswers answers = hosts.get(host);
    if (answers == null) {
      throw neverAsked(host, probe);
    }
    return answers;
  }

  private static IllegalArgumentException neverAsked(String host, Probe<?> probe) {
    return new IllegalArgumentException(host + " was never asked: " + probe);
  }

  /** Whether a probe was asked, answered or not. */
  public boolean asked(PlacedProbe placed) {
    HostAnswers answers = hosts.get(placed.host());
    return answers instanceof HostAnswers.Unreachable
        || (answers instanceof HostAnswers.Answered answered
            && answered.results().containsKey(placed.probe()));
  }

  /** Why a host could not be asked; empty where it answered or was not asked. */
  public Optional<HostAnswers.Unreachable> unreachable(String host) {
    return hosts.get(host) instanceof HostAnswers.Unreachable unreachable
        ? Optional.of(unreachable)
        : Optional.empty();
  }

  /** The facts of a machine that answered. */
  public Optional<MachineFacts> machine(String host) {
    return hosts.get(host) instanceof HostAnswers.Answered answered
        ? Optional.of(answered.machine())
        : Optional.empty();
  }

  /** These answers and newer ones, which win. */
  public Answers and(Answers newer) {
    Map<String, HostAnswers> all = new LinkedHashMap<>(hosts);
    newer.hosts.forEach((host, answers) ->
        all.merge(
            host,
            answers,
            (old, fresh) -> {
              if (old instanceof HostAnswers.Answered before
                  && fresh instanceof HostAnswers.Answered after) {
                Map<Probe<?>, ProbeResult<?>> results = new HashMap<>(before.results());
                results.putAll(after.results());
                return new HostAnswers.Answered(after.machine(), results);
              }
              return fresh;
            }));
    return new Answers(all);
  }

  /** Whether all of the given hosts could not be asked. */
  public boolean allUnreachable(Collection<String> asked) {
    return !asked.isEmpty() && asked.stream().allMatch(host -> unreachable(host).isPresent());
  }
}
