package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.step.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script is run by sh; curl is a stand-in for the leader and for etcd. */
final class SlotRemovalTests {
  /** Answers each PATCH with the next word of the file {@code codes}; without one left with 200. */
  private static final String CURL =
      """
      curl() {
        patch= body=
        for word in "$@"; do
          case $word in
            PATCH) patch=yes ;;
            '{'*) body=$word ;;
            */primary) return 0 ;;
            */kv/range) gone=$(printf '{"slots":{}}' | base64 -w0)
              there=$(printf '{"slots":{"psql_db_1":1}}' | base64 -w0)
              if [ -e answered ]; then value=$gone; else value=$there; fi
              printf '{"kvs":[{"value":"%s"}]}' "$value"
              return 0 ;;
          esac
        done
        cat >/dev/null
        read -r code rest <codes || code=200
        printf '%s\\n' "$rest" >codes
        echo "$code $body" >>patches
        [ "$code" = 200 ] && touch answered
        printf '%s' "${code:-200}"
      }
      sleep() { :; }
      """;

  @TempDir private Path folder;

  private String run(String codes) throws Exception {
    Fleet fleet = new Fleet();
    fleet.running().appliedAll();
    String script =
        fleet.plan(Fleet.node(1), true, true).activate().stream()
            .map(placed -> placed.step())
            .filter(Step.RunScript.class::isInstance)
            .map(Step.RunScript.class::cast)
            .filter(step -> step.describe().startsWith("have the leader drop"))
            .findFirst()
            .orElseThrow()
            .script();
    Files.writeString(folder.resolve("codes"), codes + "\n");
    Sh run = Sh.run(CURL + script, "", folder);
    return run.said() + "status " + run.status();
  }

  private String patches() throws Exception {
    return Files.readString(folder.resolve("patches"));
  }

  @Test
  void asksAgainWhereSomebodyElseChangedTheConfigurationAtThatMoment() throws Exception {
    assertThat(run("409 409 200 409 200")).isEqualTo("status 0");
    assertThat(patches())
        .isEqualTo(
            """
            409 {"member_slots_ttl":1}
            409 {"member_slots_ttl":1}
            200 {"member_slots_ttl":1}
            409 {"member_slots_ttl":null}
            200 {"member_slots_ttl":null}
            """);
  }

  @Test
  void anyOtherAnswerEndsItWithThatAnswer() throws Exception {
    assertThat(run("401")).contains("/config was answered with status 401").endsWith("status 1");
  }
}
