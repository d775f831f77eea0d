package io.pgha.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.observation.Answers;
import io.pgha.core.observation.HostAnswers;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.transport.TransportException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClocksTests {
  private static Optional<String> warning(Map<String, Long> offsets) {
    Map<String, HostAnswers> hosts = new TreeMap<>();
    offsets.forEach((host, offset) ->
        hosts.put(
            "host." + host,
            new HostAnswers.Answered(
                new MachineFacts(
                    host, host, "debian", "13", "trixie", "6.12", "amd64", 2, 1, List.of(), offset,
                    "boot"),
                Map.of())));
    hosts.put(
        "host.z", new HostAnswers.Unreachable(TransportException.Code.UNREACHABLE, "no answer"));
    return Clocks.warning(new Answers(hosts), host -> host.substring(5))
        .map(found -> found.summary() + ": " + found.detail());
  }

  @Test
  void areComparedWithEachOther() {
    assertThat(warning(Map.of("a", 900L, "b", 0L, "c", -900L)))
        .hasValue(
            "The clocks of a and c disagree: That of a is 1.8 s ahead. Leases of etcd and Patroni"
                + " and the times in logs need clocks that agree: see `timedatectl` on both.");
  }

  @Test
  void thatAgreeGetNoWarning() {
    assertThat(warning(Map.of("a", 900L, "b", 800L))).isEmpty();
    assertThat(warning(Map.of())).isEmpty();
  }

  @Test
  void oneThatIsFarFromTheOperatorsIsItsHostsToTell() {
    assertThat(warning(Map.of("a", 5000L, "b", 0L))).isEmpty();
  }
}
