package io.pgha.cli;

import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Observer;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.state.InstanceState;
import java.util.Collection;
import java.util.Set;

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
  public void refreshing(Collection<InstanceState> instances) {
    instances.forEach(each -> tell("refresh_start", "Refreshing state...", each));
  }

  @Override
  public void refreshed(Collection<InstanceState> instances) {
    instances.forEach(each -> tell("refresh_complete", "Refresh complete", each));
  }

  private void tell(String type, String message, InstanceState instance) {
    Identity identity = Identity.of(instance);
    lines.hook("info", type, instance.address(), message + identity.remark(), identity::write);
  }
}
