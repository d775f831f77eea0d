package io.pgha.cli.drift;

/** Where in the picture of a cluster an instance stands: each tier is used by those above it. */
enum Tier {
  ADDRESS("vip", "VIP"),
  BALANCER("haproxy_lb", "HAProxy"),
  DATABASE("patroni_node", "Patroni"),
  STORE("etcd_member", "etcd"),
  /** Nothing that clients' connections pass through. */
  OTHER("", "");

  private final String type;
  private final String title;

  Tier(String type, String title) {
    this.type = type;
    this.title = title;
  }

  /** The tier of a resource type. */
  static Tier of(String type) {
    for (Tier tier : values()) {
      if (tier.type.equals(type)) {
        return tier;
      }
    }
    return OTHER;
  }

  /** What people call what stands there; empty where that differs. */
  String title() {
    return title;
  }
}
