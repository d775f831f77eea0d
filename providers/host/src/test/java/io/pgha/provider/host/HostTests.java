package io.pgha.provider.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostConnection.Sudo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HostTests {
  private static final String HOST = "host.db[\"psql-db-1\"]";
  private static final String KEY =
      "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n";

  private final FakeInstance.World world = new FakeInstance.World();
  private final HostType type = new HostType(Map.of());
  private final FakeMachines machines =
      new FakeMachines().machine(HOST, FakeMachines.debian13("psql-db-1"));
  private Optional<Prior> prior = Optional.empty();

  HostTests() {
    container(true);
  }

  private void container(boolean is) {
    if (is) {
      machines.file(HOST, "/run/systemd/container", "systemd-nspawn", 0444, "root", "root");
    } else {
      machines.noFile(HOST, "/run/systemd/container");
    }
  }

  private Instance declare(Map<String, Object> more) {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("name", "psql-db-1");
    arguments.put("address", "192.168.228.141");
    arguments.putAll(more);
    return world.add(type, HOST, arguments);
  }

  private Live live() {
    Instance instance = world.get(HOST);
    return type.read(instance, machines.askedOnly(type.probes(instance)));
  }

  private Change plan() {
    return plan(false);
  }

  private Change plan(boolean deletion) {
    return type.plan(new PlanRequest(world.get(HOST), deletion, prior, live(), prior.isPresent()));
  }

  @Test
  void hidesTheAddressOfASourceThatCameMarkedAsSensitive() {
    declare(
        Map.of(
            "apt_sources",
            Map.of("own", Map.of("uri", "https://me:hush@apt.example.com", "suite", "stable"))));
    world.get(HOST).sensitive("apt_sources[\"own\"].uri");
    Change change = plan();
    assertThat(change.toString()).doesNotContain("hush").contains("new file, 0600 root:root");
  }

  private void apply() {
    Change change = plan();
    assertThat(change.diagnostics()).noneMatch(Diagnostic::isError);
    machines.run(change.activate());
    prior = Optional.of(new Prior(world.get(HOST).stored(), live().artifacts()));
  }

  private static List<String> words(Change change) {
    return change.activate().stream().map(PlacedStep::step).map(Step::describe).toList();
  }

  private static Map<String, Object> pgdg(String suite) {
    return Map.of(
        "apt_sources", Map.of("pgdg", Map.of("uri", "file:/srv/pgdg", "suite", suite, "key", KEY)));
  }

  @Nested
  class TheGuidesDatabaseHost {
    @Test
    void getsItsSourceBeforeItsPackages() {
      declare(pgdg("trixie-pgdg"));
      Change change = plan();
      assertThat(change.action()).isEqualTo(Action.CREATE);
      assertThat(words(change))
          .containsExactly(
              "make directory /etc/apt/keyrings",
              "write /etc/apt/keyrings/pgdg.asc",
              "write /etc/apt/sources.list.d/pgdg.sources",
              "apt-get update",
              "install ca-certificates, curl");
      Step.WriteFile source = (Step.WriteFile) change.activate().get(2).step();
      assertThat(Fragment.reveal(source.content()))
          .isEqualTo(
              """
              # Written by pgha, which undoes changes made here.
              Types: deb
              URIs: file:/srv/pgdg
              Suites: trixie-pgdg
              Components: main
              Signed-By: /etc/apt/keyrings/pgdg.asc
              """);
    }

    @Test
    void isDoneAfterwards() {
      declare(pgdg("trixie-pgdg"));
      apply();
      assertThat(plan().action()).isEqualTo(Action.NO_OP);
      assertThat(plan().computed().get("codename")).isEqualTo(new Str("trixie"));
      assertThat(plan().computed().get("processors")).isEqualTo(Num.of(4));
    }

    @Test
    void anEditedSourceIsMendedAndTheListsReadAnew() {
      declare(pgdg("trixie-pgdg"));
      apply();
      machines.file(
          HOST,
          "/etc/apt/sources.list.d/pgdg.sources",
          "Types: deb\nURIs: http://elsewhere\n",
          0644,
          "root",
          "root");
      assertThat(words(plan()))
          .containsExactly("write /etc/apt/sources.list.d/pgdg.sources", "apt-get update");
      assertThat(plan().artifacts().getFirst().reason()).isEqualTo("changed outside pgha");
    }

    @Test
    void aSuiteForAnotherReleaseIsAnError() {
      declare(pgdg("bookworm-pgdg"));
      assertThat(plan().diagnostics())
          .singleElement()
          .satisfies(error -> {
            assertThat(error.path().map(Object::toString)).contains("apt_sources[\"pgdg\"].suite");
            assertThat(error.detail())
                .isEqualTo(
                    "bookworm-pgdg is for bookworm, but psql-db-1 runs debian 13 (trixie): its"
                        + " packages would break this machine. Write trixie-pgdg.");
          });
      assertThat(plan().activate()).isEmpty();
    }

    @Test
    void aHandMadeSourceIsForeign() {
      declare(pgdg("trixie-pgdg"));
      machines.file(HOST, "/etc/apt/sources.list.d/pgdg.sources", "mine\n", 0644, "root", "root");
      assertThat(live().presence()).isEqualTo(Live.Presence.PRESENT);
      assertThat(live().found())
          .isEqualTo(
              "There is a file /etc/apt/sources.list.d/pgdg.sources (5 bytes, 0644 root:root) that"
                  + " is no package's untouched default.");
    }

    @Test
    void destroyRemovesOnlyWhatItWrote() {
      declare(pgdg("trixie-pgdg"));
      apply();
      assertThat(words(plan(true)))
          .containsExactly(
              "remove /etc/apt/keyrings/pgdg.asc, or put back what was there before",
              "remove /etc/apt/sources.list.d/pgdg.sources, or put back what was there before");
    }
  }

  @Test
  void anotherHostNameIsMended() {
    machines.machine(HOST, FakeMachines.debian13("localhost"));
    declare(Map.of());
    assertThat(words(plan())).first().isEqualTo("set the host name to psql-db-1");
    assertThat(plan().artifacts().getLast().summary()).isEqualTo("localhost -> psql-db-1");
  }

  @Test
  void anotherHostNameIsAWarningWhereItIsNotManaged() {
    machines.machine(HOST, FakeMachines.debian13("localhost"));
    declare(Map.of("manage_host_name", false));
    assertThat(words(plan())).containsExactly("install ca-certificates, curl");
    assertThat(plan().diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("other-host-name");
  }

  @Test
  void aClockThatIsOffIsAWarning() {
    MachineFacts facts = FakeMachines.debian13("psql-db-1");
    machines.machine(
        HOST,
        new MachineFacts(
            facts.machineId(),
            facts.hostName(),
            facts.osId(),
            facts.osVersion(),
            facts.osCodename(),
            facts.kernel(),
            facts.architecture(),
            facts.processors(),
            facts.memoryBytes(),
            facts.addresses(),
            -2500,
            facts.bootId()));
    declare(Map.of());
    assertThat(plan().diagnostics())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.isError()).isFalse();
          assertThat(warning.detail()).startsWith("It is 2.5 s behind this machine's.");
        });
  }

  @Nested
  class Time {
    @Test
    void chronyIsInstalledWhereNothingIs() {
      container(false);
      declare(Map.of("prerequisites", false));
      assertThat(words(plan()))
          .containsExactly(
              "install chrony",
              "systemctl enable chrony.service",
              "systemctl start chrony.service");
      apply();
      assertThat(plan().action()).isEqualTo(Action.NO_OP);
    }

    @Test
    void aStoppedTimesyncdIsStarted() {
      container(false);
      machines.unit(HOST, "systemd-timesyncd.service", true, false);
      declare(Map.of("prerequisites", false));
      assertThat(words(plan())).containsExactly("systemctl start systemd-timesyncd.service");
    }

    @Test
    void anotherServiceThatRunsIsLeftAlone() {
      container(false);
      machines.unit(HOST, "ntpsec.service", true, true);
      declare(Map.of("prerequisites", false));
      assertThat(words(plan())).isEmpty();
    }
  }

  @Nested
  class Contents {
    private final Map<String, Object> contents =
        Map.of(
            "packages", List.of("jq", "tzdata=2025b-4"),
            "files",
                Map.of("/etc/motd", Map.of("content", "hello\n", "mode", "0640", "group", "adm")),
            "services", Map.of("cron", Map.of("running", false)));

    @Test
    void packagesFilesAndServicesInThisOrder() {
      machines.unit(HOST, "cron.service", false, true);
      declare(contents);
      assertThat(words(plan()))
          .containsExactly(
              "install ca-certificates, curl, jq, tzdata=2025b-4",
              "write /etc/motd",
              "systemctl enable cron.service",
              "systemctl stop cron.service");
    }

    @Test
    void aHandEditOfEachKindIsMended() {
      declare(contents);
      apply();
      machines.file(HOST, "/etc/motd", "hello\n", 0666, "root", "adm");
      machines.noSoftware(HOST, "jq");
      machines.unit(HOST, "cron.service", true, true);
      assertThat(plan().artifacts())
          .extracting(ArtifactChange::key, ArtifactChange::summary, ArtifactChange::reason)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "package:jq", "not installed -> installed", "removed outside pgha"),
              org.assertj.core.groups.Tuple.tuple(
                  "file:/etc/motd", "mode 0666 -> 0640", "changed outside pgha"),
              org.assertj.core.groups.Tuple.tuple(
                  "unit:cron.service", "running -> stopped", "changed outside pgha"));
    }

    @Test
    void aFileThatLeavesTheConfigurationIsRemoved() {
      declare(contents);
      apply();
      declare(Map.of("packages", List.of("jq")));
      assertThat(words(plan()))
          .containsExactly("remove /etc/motd, or put back what was there before");
    }

    @Test
    void anAddedFileThatIsThereAlreadyIsRefused() {
      declare(Map.of());
      apply();
      machines.file(HOST, "/etc/motd", "theirs\n", 0644, "root", "root");
      declare(contents);
      assertThat(plan().diagnostics())
          .singleElement()
          .satisfies(error ->
              assertThat(error.detail())
                  .isEqualTo(
                      "There is a file /etc/motd (7 bytes, 0644 root:root) that is no package's"
                          + " untouched default. pgha did not make it and leaves it untouched."
                          + " Move it away first, or leave it out of the configuration."));
    }
  }

  @Nested
  class Connecting {
    private HostConnection connection(Map<String, String> environment, Map<String, Object> more) {
      return new HostType(environment).connection(declare(more)).orElseThrow();
    }

    @Test
    void theEnvironmentStandsForWhatIsNotGiven() {
      HostConnection connection =
          connection(
              Map.of(
                  "PGHA_SSH_USER", "deploy",
                  "PGHA_SSH_KEY_FILE", "/k",
                  "PGHA_SSH_KNOWN_HOSTS", "/a:/b"),
              Map.of());
      assertThat(connection.user()).isEqualTo("deploy");
      assertThat(connection.privateKeyFile()).contains("/k");
      assertThat(connection.knownHostsFiles()).containsExactly("/a", "/b");
      assertThat(connection.sudo()).isEqualTo(new Sudo.WithoutPassword());
      assertThat(connection.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void argumentsWin() {
      HostConnection connection =
          connection(
              Map.of("PGHA_SSH_USER", "deploy", "PGHA_SSH_KEY_FILE", "/k"),
              Map.of(
                  "user",
                  "operator",
                  "private_key_file",
                  "~/.ssh/lab",
                  "port",
                  2222,
                  "sudo",
                  Map.of("password", "typed")));
      assertThat(connection.user()).isEqualTo("operator");
      assertThat(connection.privateKeyFile()).contains("~/.ssh/lab");
      assertThat(connection.sudo()).isEqualTo(new Sudo.WithPassword("typed"));
      assertThat(connection).hasToString("psql-db-1 (operator@192.168.228.141:2222)");
    }

    @Test
    void rootNeedsNoSudoAndUnknownKeysAreRefused() {
      HostConnection connection = connection(Map.of(), Map.of());
      assertThat(connection.sudo()).isEqualTo(new Sudo.None());
      assertThat(connection.acceptNewHostKey()).isFalse();
      assertThat(connection.knownHostsFiles())
          .containsExactly("~/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts");
    }

    @Test
    void aBastionIsDescribedOrReferredTo() {
      assertThat(
              connection(Map.of(), Map.of("bastion", Map.of("address", "10.0.0.1", "user", "jump")))
                  .bastion()
                  .orElseThrow())
          .hasToString("bastion (jump@10.0.0.1:22)");
      world.add(type, "host.jump", Map.of("name", "jump", "address", "10.0.0.2"));
      assertThat(connection(Map.of(), Map.of("bastion_host", "host.jump")).bastion().orElseThrow())
          .hasToString("jump (root@10.0.0.2:22)");
    }
  }

  @Nested
  class Validation {
    private List<String> errors(Map<String, Object> more) {
      return type.validate(declare(more)).stream()
          .map(error -> error.path().map(Object::toString).orElse("") + ": " + error.summary())
          .toList();
    }

    @Test
    void theGuidesHostIsRight() {
      assertThat(errors(pgdg("trixie-pgdg"))).isEmpty();
    }

    @Test
    void badArgumentsAreNamed() {
      assertThat(
              errors(
                  Map.of(
                      "name", "db_1",
                      "port", 0,
                      "host_keys", List.of("SHA256:abc"),
                      "packages", List.of("Not A Package"),
                      "files", Map.of("motd", Map.of("content", "", "mode", "rw")),
                      "apt_sources",
                          Map.of("a b", Map.of("uri", "", "suite", "s", "key", "binary")))))
          .containsExactly(
              "name: Not a host name",
              "port: Not a TCP port",
              "host_keys[0]: Not a host key",
              "packages[0]: Not a Debian package",
              "apt_sources[\"a b\"]: Not a name for an apt source",
              "apt_sources[\"a b\"].uri: Not one word",
              "apt_sources[\"a b\"].key: Not an armoured public key",
              "files[\"motd\"]: Not the path of a file",
              "files[\"motd\"].mode: Not permission bits");
    }

    @Test
    void oneMachineHasOneNameAndOneAddress() {
      declare(Map.of());
      world.add(type, "host.other", Map.of("name", "other", "address", "192.168.228.141"));
      world.add(type, "host.twin", Map.of("name", "PSQL-DB-1", "address", "192.168.228.149"));
      assertThat(type.validateAll(world.all("host")))
          .extracting(Diagnostic::code)
          .containsExactly("two-names-for-one-machine", "duplicate-host-name");
    }
  }
}
