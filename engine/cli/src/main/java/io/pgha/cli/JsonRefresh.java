package io.pgha.cli;

import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Observer;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.state.InstanceState;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Tells a program what is compared with machines, while somebody else asks them. */
record JsonRefresh(Observer machines, JsonLines lines) implements Observer {

  @Override
  public Answers ask(Collection<PlacedProbe> probes) throws InterruptedException {
    return machines.ask(probes);
  }

  @Override
  public void expect(Set<String> hosts) {
    machines.expect(hosts);
  }

  @Override
  public void refreshing(Supplier<List<InstanceState>> instances) {
    instances.get().forEach(each -> tell("refresh_start", "Refreshing state...", each));
  }

  @Override
  public void refreshed(Supplier<List<InstanceState>> instances) {
    instances.get().forEach(each -> tell("refresh_complete", "Refresh complete", each));
  }

  private void tell(String type, String message, InstanceState instance) {
    Identity identity = Identity.of(instance);
    lines.hook("info", type, instance.address(), message + identity.remark(), identity::write);
  }
}
