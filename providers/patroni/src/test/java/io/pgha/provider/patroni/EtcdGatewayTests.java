package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scripts are run by sh; curl is a stand-in that says what it was called with. */
final class EtcdGatewayTests {
  private static final String CURL =
      """
      curl() {
        sent=
        for word in "$@"; do
          case $word in
            @-) sent=$(cat) ;;
            '{'*) sent=$word ;;
            http*) url=$word ;;
          esac
        done
        case $url in http://down*) return 7 ;; esac
        echo "$url $sent"
      }
      """;

  private static final EtcdGateway GATEWAY =
      new EtcdGateway(List.of("http://down:2379/", "10.0.0.2:2379", "http://never:2379"));

  private static String run(String script, String input) throws Exception {
    Sh run = Sh.run(CURL + script, input, Path.of("/"));
    return run.said() + "status " + run.status();
  }

  @Test
  void asksTheFirstEndpointThatAnswers() throws Exception {
    assertThat(run(GATEWAY.range(EtcdGateway.folder("/db/"), "exit 0") + "exit 7", ""))
        .isEqualTo(
            "http://10.0.0.2:2379/v3/kv/range {\"key\":\"L2RiLw==\",\"range_end\":\"L2RiMA==\"}\n"
                + "status 0");
  }

  @Test
  void goesOnWhereNobodyAnswers() throws Exception {
    EtcdGateway silent = new EtcdGateway(List.of("http://down1:1", "http://down2:1"));
    assertThat(run(silent.range(EtcdGateway.key("/a"), "exit 0") + "exit 7", ""))
        .isEqualTo("status 7");
    assertThat(run(silent.put(), "{}")).isEqualTo("etcd does not answer\nstatus 1");
  }

  @Test
  void deletesThroughTheFirstEndpointThatDoesIt() throws Exception {
    assertThat(run(GATEWAY.delete(EtcdGateway.key("/it's")), ""))
        .isEqualTo("http://10.0.0.2:2379/v3/kv/deleterange {\"key\":\"L2l0J3M=\"}\nstatus 0");
  }

  @Test
  void putsWhatComesOnStandardInput() throws Exception {
    assertThat(GATEWAY.put()).doesNotContain("a%sb");
    assertThat(run(GATEWAY.put(), "{\"value\":\"a%sb\"}"))
        .isEqualTo("http://10.0.0.2:2379/v3/kv/put {\"value\":\"a%sb\"}\nstatus 0");
  }
}
