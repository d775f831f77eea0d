package io.pgha.core.plan;

import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.transport.HostConnection;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.Optional;

/** How hosts are reached, each by the address of its instance. */
final class Connections {
  private final TypeRegistry types;
  private final State state;
  private final Mode mode;

  Connections(TypeRegistry types, State state, Mode mode) {
    this.types = types;
    this.state = state;
    this.mode = mode;
  }

  /** How a host is reached for a plan. */
  Optional<HostConnection> of(String host, World world) {
    Optional<HostConnection> configured =
        world
            .desired()
            .get(host)
            .or(() -> world.prior().get(host))
            .flatMap(instance -> types.type(instance.type()).orElseThrow().connection(instance));
    return mode == Mode.NORMAL ? configured : configured.or(() -> last(host, world));
  }

  /** How a host was reached when it was last applied. */
  Optional<HostConnection> last(String host, World world) {
    InstanceState object = state.instances().get(host);
    if (object == null) {
      return Optional.empty();
    }
    String type = object.address().type();
    return types
        .type(type)
        .orElseThrow()
        .connection(
            new InstanceIndex(types, world.desired())
                .add(host, type, object.attributes(), object.sensitivePaths()));
  }
}
