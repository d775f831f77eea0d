package io.pgha.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.core.observation.Fleet;
import io.pgha.core.testing.Connections;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.Transport;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A machine whose connection is lost just after it was told to do the first step. */
class StepRunnerTests {
  private final List<String> told = new ArrayList<>();

  private StepOutcome attempt(Step step) throws Exception {
    HostConnection connection = Connections.to("host.a", "a", "10.0.0.1");
    try (Fleet fleet = new Fleet(Losing::new, host -> Optional.of(connection))) {
      return StepRunner.attempt(fleet, "host.a", step);
    }
  }

  private static Step.SendHttp send(String method, String path) {
    return new Step.SendHttp(
        method + " " + path,
        method,
        "http://10.0.0.1:8008" + path,
        List.of(),
        Optional.empty(),
        Set.of(200),
        Duration.ofSeconds(1));
  }

  @Test
  void aStepThatIsSafeToRepeatIsTriedOnceMore() throws Exception {
    assertThat(attempt(new Step.UnitAction(UnitVerb.RESTART, "app.service")))
        .isEqualTo(new StepOutcome.Done());
    assertThat(attempt(send("PATCH", "/config"))).isEqualTo(new StepOutcome.Done());
    assertThat(told)
        .containsExactly(
            "systemctl restart app.service",
            "systemctl restart app.service",
            "PATCH /config",
            "PATCH /config");
  }

  @Test
  void aSwitchoverIsAskedForOnce() {
    assertThatThrownBy(() -> attempt(send("POST", "/switchover")))
        .isInstanceOf(TransportException.class)
        .hasMessage("10.0.0.1 was lost");
    assertThat(told).containsExactly("POST /switchover");
  }

  private final class Losing implements Transport {
    @Override
    public HostSession open(HostConnection connection) {
      return new HostSession() {
        @Override
        public ProbeAnswers probe(List<Probe<?>> probes, Duration timeout) {
          throw new IllegalArgumentException("nothing is asked in these tests");
        }

        @Override
        public StepOutcome run(Step step, Duration timeout) throws TransportException {
          told.add(step.describe());
          if (told.size() % 2 == 1) {
            throw new TransportException(Code.CONNECTION_LOST, "10.0.0.1 was lost");
          }
          return new StepOutcome.Done();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
