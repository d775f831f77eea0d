package io.pgha.cli.drift;

import java.util.List;

/**
 * A root's machines and what is on them, as they are drawn.
 *
 * @param hosts the machines; last, without a name, what is on no single one
 * @param links what passes connections on to what
 */
record Cluster(List<Host> hosts, List<Link> links) {
  Cluster {
    hosts = List.copyOf(hosts);
    links = List.copyOf(links);
  }

  /**
   * A machine.
   *
   * @param token names it among all that can be picked on a page
   * @param name its name; empty for what is on no single machine
   * @param mark how it is with it
   * @param parts what is on it, in the order of the tiers
   */
  record Host(String token, String name, Mark mark, List<Part> parts) {
    Host {
      parts = List.copyOf(parts);
    }

    /** The highest tier that something on it stands in. */
    Tier tier() {
      return parts.isEmpty() || name.isEmpty() ? Tier.OTHER : parts.getFirst().tier();
    }
  }

  /**
   * An instance on a machine.
   *
   * @param token names it among all that can be picked on a page
   * @param address its address
   * @param tier where it stands
   * @param role what it does right now, such as {@code leader}; empty where nothing is to be said
   * @param mark how it is with it
   */
  record Part(String token, String address, Tier tier, String role, Mark mark) {
    /** Whether connections go to it rather than to its like. */
    boolean leads() {
      return role.equals("leader") || role.equals("holder");
    }
  }

  /**
   * Connections that pass.
   *
   * @param from the token of the part that they come from; empty for the clients
   * @param to the token of the part that they go to
   * @param main whether it is the way that they take right now
   */
  record Link(String from, String to, boolean main) {}
}
