package io.pgha.provider.keepalived;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.optional;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.List;

/** The schema of {@code vip}. */
final class VipSchema {
  private static final String DOC =
      """
      One host's part in an address that floats between several: Keepalived with one VRRP instance,
      `/etc/keepalived/keepalived.conf` and the unit `keepalived.service`. Declare one `vip` for each
      host that may hold the address, with the same `address`, `peers` and `virtual_router_id`.

      Exactly one of them holds the address. Where the tracked process stops, the address moves; by
      default it does not move back by itself (`preempt`), since each move cuts connections. Who holds
      it now is not drift; nobody, or two, is.

      Before the address is first taken it must be free. A changed file takes its place only after
      `keepalived -t` accepted it; the host without the address comes first, the holder last, and
      between them exactly one host must hold it. What the members must agree on (`address`,
      `virtual_router_id`, `auth_pass`, `advert_int`) is changed on all at the same time.

      A keepalived.conf that somebody wrote by hand is never overwritten: import it first.
      """;

  private static final String EXAMPLE =
      """
      resource "vip" "main" {
        for_each          = { psql-lb-1 = 101, psql-lb-2 = 100 }
        host              = host.lb[each.key].id
        address           = "192.168.228.140"
        peers             = [for lb in host.lb : lb.address]
        virtual_router_id = 51
        priority          = each.value
        auth_pass         = var.keepalived_password
      }
      """;

  static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("host", Type.STRING, "The host, as its `id`.")
                  .referringTo("host")
                  .forceNew(),
              required("address", Type.STRING, "The floating IPv4 address."),
              optional(
                  "prefix",
                  Type.NUMBER,
                  "The length of the subnet's prefix. Default: that of the host's own address."),
              optional(
                  "interface",
                  Type.STRING,
                  "The interface that gets the address. Default: the one with the host's own"
                      + " address."),
              required(
                  "peers",
                  Type.list(Type.STRING),
                  "The IPv4 addresses of all hosts that may hold the address, this one among them."
                      + " They talk to each other by unicast."),
              optional(
                  "virtual_router_id",
                  Num.of(51),
                  "The number of the virtual router, 1 to 255: the same on all peers, and another"
                      + " one for each floating address."),
              required(
                  "priority",
                  Type.NUMBER,
                  "1 to 254. Of the hosts that could take the address the one with the highest"
                      + " does."),
              optional(
                  "preempt",
                  Bool.of(false),
                  "Whether a host with a higher priority takes the address back when it returns."),
              optional(
                      "auth_pass",
                      Type.STRING,
                      "What the members prove themselves with: at most 8 characters, since"
                          + " Keepalived uses no more.")
                  .secret()
                  .source("keepalived.conf(5), auth_pass"),
              optional(
                  "track_process",
                  new Str("haproxy"),
                  "The process without which a host gives the address up; empty: none."),
              optional(
                  "track_by",
                  new Str("auto"),
                  "How the process is watched: `process` (the kernel tells at once), `script`"
                      + " (`pgrep` every second), or `auto`: `script` in containers, where the kernel"
                      + " does not tell, `process` elsewhere."),
              optional(
                  "weight",
                  Type.NUMBER,
                  "With `preempt` only: what the priority loses while the process is gone. Default:"
                      + " the host can't hold the address at all meanwhile."),
              optional("advert_int", Num.of(1), "Seconds between two advertisements."),
              optional(
                  "instance_name",
                  Type.STRING,
                  "The name of the VRRP instance. Default: `vip_` and the virtual router's number."),
              computed("holder", Type.STRING, "The name of the host that holds the address now.")
                  .with(Attribute.Flag.VOLATILE),
              computed("state", Type.STRING, "This host's VRRP state now, such as `master`.")
                  .with(Attribute.Flag.VOLATILE)),
          EXAMPLE);

  private VipSchema() {}
}
