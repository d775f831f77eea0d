package io.pgha.provider.keepalived;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is wrong between members. */
final class VipAgreement {
  private final List<Diagnostic> found = new ArrayList<>();

  private VipAgreement() {}

  static List<Diagnostic> between(List<VipConfig> all) {
    VipAgreement agreement = new VipAgreement();
    Map<String, List<VipConfig>> byAddress = new TreeMap<>();
    Map<String, VipConfig> byHost = new TreeMap<>();
    for (VipConfig vip : all) {
      if (!vip.values().isKnown("address") || vip.host().isEmpty()) {
        continue;
      }
      byAddress.computeIfAbsent(vip.address(), key -> new ArrayList<>()).add(vip);
      VipConfig other = byHost.putIfAbsent(vip.host(), vip);
      if (other != null) {
        agreement.error(
            vip,
            "host",
            "host-taken",
            "Two floating addresses on one host",
            "%s is on %s already, and both would write %s."
                .formatted(other.instance().address(), vip.hostName(), VipFile.PATH));
      }
    }
    byAddress.values().forEach(agreement::members);
    agreement.routers(all);
    return List.copyOf(agreement.found);
  }

  private void error(VipConfig vip, String attribute, String code, String summary, String detail) {
    found.add(
        Diagnostic.error(code, summary, detail)
            .about(vip.instance().address())
            .of(AttributePath.of(attribute)));
  }

  /** Members of one address must agree, and differ in priority. */
  private void members(List<VipConfig> members) {
    VipConfig first = members.getFirst();
    Map<Long, VipConfig> priorities = new TreeMap<>();
    for (VipConfig vip : members) {
      for (String name : List.of("virtual_router_id", "auth_pass", "advert_int", "prefix")) {
        boolean both = vip.values().isKnown(name) && first.values().isKnown(name);
        if (both && !vip.values().get(name).equals(first.values().get(name))) {
          error(
              vip,
              name,
              "members-disagree",
              "Members disagree on " + name,
              "%s and %s share %s but differ in %s: they would not hear each other and both take the"
                      .formatted(
                          vip.instance().address(), first.instance().address(), vip.address(), name)
                  + " address. Give both the same.");
        }
      }
      if (vip.values().isKnown("peers")
          && first.values().isKnown("peers")
          && !new TreeSet<>(vip.peers()).equals(new TreeSet<>(first.peers()))) {
        error(
            vip,
            "peers",
            "members-disagree",
            "Members disagree on peers",
            "%s and %s share %s but list other peers. Give both the same list: it may hold the"
                    .formatted(vip.instance().address(), first.instance().address(), vip.address())
                + " host's own address.");
      }
      VipConfig same = priorities.putIfAbsent(vip.priority(), vip);
      if (same != null && vip.values().isKnown("priority")) {
        found.add(
            Diagnostic.warning(
                    "same-priority",
                    "Two members with one priority",
                    "%s and %s both have %d: when both could take the address, chance decides. Give"
                            .formatted(
                                vip.instance().address(), same.instance().address(), vip.priority())
                        + " each another.")
                .about(vip.instance().address())
                .of(AttributePath.of("priority")));
      }
    }
  }

  /** One number for two addresses: each host would take the other's advertisements for its own. */
  private void routers(List<VipConfig> all) {
    for (int index = 0; index < all.size(); index++) {
      VipConfig vip = all.get(index);
      for (VipConfig other : all.subList(0, index)) {
        Set<String> common = new TreeSet<>(vip.peers());
        common.retainAll(other.peers());
        boolean known =
            vip.values().isKnown("virtual_router_id")
                && other.values().isKnown("virtual_router_id");
        if (known
            && vip.routerId() == other.routerId()
            && !vip.address().equals(other.address())
            && !Collections.disjoint(vip.peers(), other.peers())) {
          error(
              vip,
              "virtual_router_id",
              "duplicate-router-id",
              "One virtual_router_id for two addresses",
              "%s (%s) and %s (%s) both have %d on %s, so that each would take the other's messages"
                      .formatted(
                          vip.instance().address(),
                          vip.address(),
                          other.instance().address(),
                          other.address(),
                          vip.routerId(),
                          String.join(", ", common))
                  + " for its own. Give each address another number from 1 to 255.");
          break;
        }
      }
    }
  }
}
