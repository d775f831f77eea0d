package io.pgha.core.drift;

import java.util.List;

/**
 * Something that could not be looked at: it is neither clean nor drift.
 *
 * @param host the host's name; empty where it is on no single host
 * @param code why, such as {@code unreachable}, {@code authentication-failed} or {@code timed-out}
 * @param reason what happened and what to do, in whole sentences
 * @param addresses the instances that nobody knows anything of for it
 */
public record Silence(String host, String code, String reason, List<String> addresses) {
  public Silence {
    addresses = List.copyOf(addresses);
  }
}
