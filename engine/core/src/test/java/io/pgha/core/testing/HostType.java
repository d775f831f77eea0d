package io.pgha.core.testing;

import io.pgha.language.value.Type;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.transport.HostConnection;
import java.util.List;
import java.util.Optional;

/** A machine; there is nothing to do to it. */
final class HostType implements ResourceType {
  @Override
  public String name() {
    return "host";
  }

  @Override
  public Schema schema() {
    return new Schema(
        1,
        "A machine.",
        List.of(
            Attribute.required("name", Type.STRING, "Its name."),
            Attribute.required("address", Type.STRING, "Its address.")),
        "");
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return List.of(new PlacedProbe(instance.address(), new Probe.OfMachine()));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return new Live(Live.Presence.DEFAULT, "", instance.values(), List.of(), results);
  }

  @Override
  public Change plan(PlanRequest request) {
    Action action =
        request.deletion()
            ? Action.DELETE
            : request.prior().isPresent() || request.claimed() ? Action.NO_OP : Action.CREATE;
    return new Change(
        action,
        List.of(),
        List.of(),
        Effect.NONE,
        List.of(),
        List.of(),
        io.pgha.language.value.ObjectValue.EMPTY,
        List.of());
  }

  @Override
  public Optional<HostConnection> connection(Instance instance) {
    Values values = Values.of(instance);
    return values
        .string("address")
        .map(address -> Connections.to(instance.address(), values.text("name"), address));
  }
}
