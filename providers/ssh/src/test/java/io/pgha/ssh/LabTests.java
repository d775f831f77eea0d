package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostConnection.Sudo;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import io.pgha.ssh.connection.LocalFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What needs a machine with systemd and apt: run on a fresh host of the lab by {@code
 * PGHA_LAB_HOSTS=192.168.228.141 examples/lab/lab run mvn -o test -pl providers/ssh -am
 * -Dtest=LabTests …}. Changes the machine.
 */
@EnabledIfEnvironmentVariable(named = "PGHA_LAB_HOSTS", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabTests {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final StepOutcome DONE = new StepOutcome.Done();

  private static SshTransport transport;
  private static HostSession session;

  @BeforeAll
  static void connect() throws Exception {
    transport = new SshTransport(new LocalFiles(Path.of("/nonexistent"), Optional.empty()));
    session = transport.open(host("root", new Sudo.None()));
    assertThat(run(new Step.RefreshPackageLists())).isEqualTo(DONE);
  }

  @AfterAll
  static void disconnect() {
    transport.close();
  }

  private static HostConnection host(String user, Sudo sudo) {
    return new HostConnection(
        "host.lab",
        "lab",
        System.getenv("PGHA_LAB_HOSTS").split(",")[0],
        22,
        user,
        Optional.of(System.getenv("PGHA_SSH_KEY_FILE")),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        List.of(System.getenv("PGHA_SSH_KNOWN_HOSTS")),
        false,
        sudo,
        Optional.empty(),
        Duration.ofSeconds(10));
  }

  private static StepOutcome run(Step step) throws Exception {
    return session.run(step, PATIENCE);
  }

  private static void sh(String script) throws Exception {
    assertThat(run(new Step.RunScript("prepare", script, List.of(), PATIENCE))).isEqualTo(DONE);
  }

  private static StepOutcome.Failed failed(Step step) throws Exception {
    StepOutcome outcome = run(step);
    assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
    return (StepOutcome.Failed) outcome;
  }

  @SuppressWarnings("unchecked")
  private static <F> ProbeResult<F> ask(Probe<F> probe) throws Exception {
    return (ProbeResult<F>) session.probe(List.of(probe), PATIENCE).results().get(probe);
  }

  private static <F> F found(Probe<F> probe) throws Exception {
    ProbeResult<F> result = ask(probe);
    assertThat(result).as(probe.toString()).isInstanceOf(ProbeResult.Found.class);
    return result.found().orElseThrow();
  }

  private static FileFacts file(String path) throws Exception {
    return found(new Probe.OfFile(path, Content.TEXT));
  }

  private static String output(String script) throws Exception {
    return found(Probe.OfCommand.of(script)).output();
  }

  private static Step.WriteFile write(String path, String text, int mode) {
    return new Step.WriteFile(
        path,
        List.of(Fragment.plain(text)),
        mode,
        "root",
        "root",
        Optional.empty(),
        Optional.empty());
  }

  @Test
  @Order(1)
  void theMachineIsDescribed() throws Exception {
    ProbeAnswers answers = session.probe(List.of(), PATIENCE);

    assertThat(answers.machine().osId()).isEqualTo("debian");
    assertThat(answers.machine().osCodename()).isEqualTo("trixie");
    assertThat(answers.machine().machineId()).matches("[0-9a-f]{32}");
    assertThat(answers.machine().addresses())
        .anyMatch(address -> address.contains(" " + System.getenv("PGHA_LAB_HOSTS").split(",")[0]));
    assertThat(Math.abs(answers.machine().clockOffsetMillis())).isLessThan(1_000);
  }

  @Test
  @Order(2)
  void unitsAreTold() throws Exception {
    UnitFacts ssh = found(new Probe.OfUnit("ssh.service"));

    assertThat(ssh.isActive()).isTrue();
    assertThat(ssh.mainPid()).isPositive();
    assertThat(ssh.activeSince()).isGreaterThan(1_700_000_000L);
    assertThat(ask(new Probe.OfUnit("no-such-unit.service"))).isEqualTo(new ProbeResult.Absent<>());
  }

  @Test
  @Order(3)
  void aProbeLeavesNothingOnTheMachine() throws Exception {
    sh("touch /run/before; true");
    session.probe(
        List.of(
            new Probe.OfFile("/etc/passwd", Content.TEXT),
            new Probe.OfUnit("ssh.service"),
            new Probe.OfPackage("dash"),
            Probe.OfCommand.of("echo x"),
            Probe.OfHttp.get("http://127.0.0.1:8008/")),
        PATIENCE);
    assertThat(
            output(
                "find / -xdev -newer /run/before -not -path '/proc/*' -not -path '/sys/*'"
                    + " -not -path '/run/*' -not -path '/var/log/*' -not -path '/dev/*' -type f;"
                    + " find /tmp /var/tmp /run/pgha* -newer /run/before -type f 2>/dev/null"))
        .isEmpty();
  }

  @Test
  @Order(10)
  void packagesAreInstalledAndTheirServicesNotStarted() throws Exception {
    assertThat(run(new Step.InstallPackages(List.of("haproxy", "curl")))).isEqualTo(DONE);
    assertThat(run(new Step.InstallPackages(List.of("haproxy", "curl")))).isEqualTo(DONE);

    PackageFacts haproxy = found(new Probe.OfPackage("haproxy"));
    assertThat(haproxy.held()).isFalse();
    assertThat(found(new Probe.OfUnit("haproxy.service")).isActive()).isFalse();
    assertThat(ask(new Probe.OfFile("/usr/sbin/policy-rc.d", Content.NONE)))
        .isEqualTo(new ProbeResult.Absent<>());
    assertThat(file("/etc/haproxy/haproxy.cfg").packageDefault()).isTrue();
    assertThat(file("/etc/passwd").packageDefault()).isFalse();
    sh("echo '# edited' >>/etc/haproxy/haproxy.cfg");
    assertThat(file("/etc/haproxy/haproxy.cfg").packageDefault()).isFalse();

    assertThat(run(new Step.HoldPackages(List.of("haproxy"), true))).isEqualTo(DONE);
    assertThat(found(new Probe.OfPackage("haproxy")).held()).isTrue();
    assertThat(run(new Step.HoldPackages(List.of("haproxy"), false))).isEqualTo(DONE);
    assertThat(run(new Step.InstallPackages(List.of("haproxy=" + haproxy.version()))))
        .isEqualTo(DONE);
  }

  @Test
  @Order(11)
  void whatAptCannotInstallIsSaid() throws Exception {
    assertThat(failed(new Step.InstallPackages(List.of("no-such-package"))).reason())
        .isEqualTo("can't install: Unable to locate package no-such-package");
    assertThat(failed(new Step.InstallPackages(List.of("haproxy=0.1"))).reason())
        .isEqualTo("can't install: Version '0.1' for 'haproxy' was not found");
  }

  @Test
  @Order(12)
  void someoneElsesPolicyStays() throws Exception {
    assertThat(run(write("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0755))).isEqualTo(DONE);
    assertThat(run(new Step.InstallPackages(List.of("socat")))).isEqualTo(DONE);
    assertThat(file("/usr/sbin/policy-rc.d").text()).contains("#!/bin/sh\nexit 101\n");
    sh("printf '#!/bin/sh\\n# pgha: left by a killed run\\nexit 101\\n' >/usr/sbin/policy-rc.d");
    assertThat(run(new Step.InstallPackages(List.of("socat")))).isEqualTo(DONE);
    assertThat(ask(new Probe.OfFile("/usr/sbin/policy-rc.d", Content.NONE)))
        .isEqualTo(new ProbeResult.Absent<>());
  }

  @Test
  @Order(14)
  void anInterruptedDpkgIsHealed() throws Exception {
    sh(
        "cd /var/lib/dpkg && sed -i '/^Package: haproxy$/,/^$/s/^Status: install ok installed/Status: install ok unpacked/' status");
    assertThat(ask(new Probe.OfPackage("haproxy"))).isEqualTo(new ProbeResult.Absent<>());

    assertThat(run(new Step.InstallPackages(List.of("haproxy")))).isEqualTo(DONE);

    assertThat(found(new Probe.OfPackage("haproxy")).version()).isNotEmpty();
  }

  @Test
  @Order(15)
  void aTransactionGoesOnWhereTheConnectionIsLost() throws Exception {
    try (SshTransport other =
            new SshTransport(new LocalFiles(Path.of("/nonexistent"), Optional.empty()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HostSession doomed = other.open(host("root", new Sudo.None()));
      String pid =
          ((io.pgha.provider.probe.CommandOutput)
                  doomed
                      .probe(List.of(Probe.OfCommand.of(SESSION)), PATIENCE)
                      .results()
                      .get(Probe.OfCommand.of(SESSION))
                      .found()
                      .orElseThrow())
              .output();
      Future<StepOutcome> outcome =
          threads.submit(
              () -> doomed.run(new Step.InstallPackages(List.of("keepalived")), PATIENCE));
      sh("until [ -e /usr/sbin/policy-rc.d ]; do sleep 0.05; done; kill -9 " + pid);
      ExecutionException lost = catchThrowableOfType(ExecutionException.class, () -> outcome.get());
      assertThat(((TransportException) lost.getCause()).code()).isEqualTo(Code.CONNECTION_LOST);
    }
    // Waits for the one that still runs, and finds its work done.
    assertThat(run(new Step.InstallPackages(List.of("keepalived")))).isEqualTo(DONE);
    assertThat(found(new Probe.OfPackage("keepalived")).version()).isNotEmpty();
    assertThat(output("dpkg --audit")).isEmpty();
    assertThat(ask(new Probe.OfFile("/usr/sbin/policy-rc.d", Content.NONE)))
        .isEqualTo(new ProbeResult.Absent<>());
  }

  /** The process of sshd that holds the connection over which this script came. */
  private static final String SESSION =
      "p=$$; while [ $p -gt 1 ]; do c=$(cat /proc/$p/comm); case $c in sshd*) echo $p; exit;; esac;"
          + " p=$(cut -d' ' -f4 /proc/$p/stat); done";

  @Test
  @Order(20)
  void unitsAreStartedEnabledAndStopped() throws Exception {
    assertThat(
            run(
                write(
                    "/etc/systemd/system/lab-test.service",
                    "[Service]\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n",
                    0644)))
        .isEqualTo(DONE);
    String unit = "lab-test.service";
    assertThat(run(new Step.UnitAction(UnitVerb.START, unit))).isEqualTo(DONE);
    assertThat(run(new Step.UnitAction(UnitVerb.ENABLE, unit))).isEqualTo(DONE);
    UnitFacts up = found(new Probe.OfUnit(unit));
    assertThat(up.isActive() && up.isEnabled()).isTrue();
    assertThat(up.overrides()).containsExactly("/etc/systemd/system/lab-test.service");
    sh(
        """
        mkdir -p /run/systemd/system/lab-test.service.d
        printf '[Service]\\nNice=1\\n' >/run/systemd/system/lab-test.service.d/hand.conf
        systemctl daemon-reload\
        """);
    assertThat(found(new Probe.OfUnit(unit)).overrides())
        .containsExactly(
            "/etc/systemd/system/lab-test.service",
            "/run/systemd/system/lab-test.service.d/hand.conf");
    sh("rm -r /run/systemd/system/lab-test.service.d; systemctl daemon-reload");
    assertThat(found(new Probe.OfUnit("ssh.service")).overrides()).isEmpty();

    assertThat(
            run(
                write(
                    "/etc/systemd/system/lab-test.service",
                    "[Service]\nExecStart=/bin/sleep 2000\n[Install]\nWantedBy=multi-user.target\n",
                    0644)))
        .isEqualTo(DONE);
    assertThat(found(new Probe.OfUnit(unit)).needsDaemonReload()).isTrue();
    assertThat(run(new Step.UnitAction(UnitVerb.RESTART, unit))).isEqualTo(DONE);
    UnitFacts again = found(new Probe.OfUnit(unit));
    assertThat(again.needsDaemonReload()).isFalse();
    assertThat(output("tr '\\0' ' ' </proc/" + again.mainPid() + "/cmdline"))
        .isEqualTo("/bin/sleep 2000 ");

    assertThat(run(new Step.UnitAction(UnitVerb.STOP, unit))).isEqualTo(DONE);
    assertThat(run(new Step.UnitAction(UnitVerb.DISABLE, unit))).isEqualTo(DONE);
    assertThat(found(new Probe.OfUnit(unit)).unitFileState()).isEqualTo("disabled");
    assertThat(run(new Step.RemovePath("/etc/systemd/system/lab-test.service", false)))
        .isEqualTo(DONE);
    for (UnitVerb verb : List.of(UnitVerb.STOP, UnitVerb.DISABLE, UnitVerb.RESET_FAILED)) {
      assertThat(run(new Step.UnitAction(verb, "lab-test.service")))
          .as(verb.words())
          .isEqualTo(DONE);
    }
    assertThat(ask(new Probe.OfUnit(unit))).isEqualTo(new ProbeResult.Absent<>());
    assertThat(failed(new Step.UnitAction(UnitVerb.START, unit)).reason())
        .isEqualTo("there is no unit lab-test.service on the machine");
  }

  @Test
  @Order(21)
  void aUnitThatDoesNotStartShowsItsJournal() throws Exception {
    assertThat(
            run(
                write(
                    "/etc/systemd/system/lab-bad.service",
                    "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo the port is taken; exit 3'\n",
                    0644)))
        .isEqualTo(DONE);

    StepOutcome.Failed outcome = failed(new Step.UnitAction(UnitVerb.START, "lab-bad.service"));

    assertThat(outcome.reason()).startsWith("systemctl start lab-bad.service ended with status");
    assertThat(outcome.output()).contains("the port is taken");
    assertThat(run(new Step.UnitAction(UnitVerb.RESET_FAILED, "lab-bad.service"))).isEqualTo(DONE);
    assertThat(run(new Step.RemovePath("/etc/systemd/system/lab-bad.service", false)))
        .isEqualTo(DONE);
  }

  @Test
  @Order(30)
  void sqlIsRunAndAsked() throws Exception {
    sh(
        "echo 'deb [trusted=yes] file:/srv/pgdg trixie-pgdg main' >/etc/apt/sources.list.d/lab.list");
    assertThat(run(new Step.InstallPackages(List.of("postgresql-17"))))
        .as("package lists are read anew where a package is unknown")
        .isEqualTo(DONE);
    Probe.OfSql one =
        new Probe.OfSql(
            5432,
            "/var/run/postgresql",
            "postgres",
            "SELECT NULL AS nothing, '' AS empty, E'a,\"b\"\\nc' AS odd");
    assertThat(ask(one)).isEqualTo(new ProbeResult.Absent<>());
    assertThat(run(new Step.UnitAction(UnitVerb.START, "postgresql@17-main.service")))
        .isEqualTo(DONE);

    Probe.OfSql broken =
        new Probe.OfSql(5432, "/var/run/postgresql", "postgres", "SELECT 'never closed");
    Probe.OfSql writing =
        new Probe.OfSql(5432, "/var/run/postgresql", "postgres", "CREATE TABLE x()");
    Probe.OfSql none =
        new Probe.OfSql(5432, "/var/run/postgresql", "postgres", "SELECT 1 AS a WHERE false");
    Probe.OfSql elsewhere =
        new Probe.OfSql(5432, "/var/run/postgresql", "no_such_database", "SELECT 1");
    ProbeAnswers answers = session.probe(List.of(one, broken, writing, none, elsewhere), PATIENCE);
    assertThat(answers.results().get(one))
        .isEqualTo(
            new ProbeResult.Found<>(
                new SqlRows(
                    List.of("nothing", "empty", "odd"),
                    List.of(
                        List.of(Optional.empty(), Optional.of(""), Optional.of("a,\"b\"\nc"))))));
    assertThat(answers.results().get(none))
        .isEqualTo(new ProbeResult.Found<>(new SqlRows(List.of("a"), List.of())));
    assertThat(answers.results().get(broken).toString()).contains("unterminated quoted string");
    assertThat(answers.results().get(writing).toString())
        .contains("cannot execute CREATE TABLE in a read-only transaction");
    assertThat(answers.results().get(elsewhere).toString())
        .contains("database \"no_such_database\" does not exist");
  }

  private static Step.RunSql sql(boolean transaction, Fragment... sql) {
    return new Step.RunSql(
        "run SQL", 5432, "/var/run/postgresql", "postgres", List.of(sql), transaction, PATIENCE);
  }

  @Test
  @Order(31)
  void sqlThatFailsShowsNoSecretAndLeavesNone() throws Exception {
    assertThat(
            run(
                sql(
                    true,
                    Fragment.plain("CREATE ROLE app LOGIN PASSWORD "),
                    Fragment.secret("'geh''eim'"),
                    Fragment.plain(";\n"))))
        .isEqualTo(DONE);

    StepOutcome.Failed outcome =
        failed(
            sql(
                true,
                Fragment.plain("CREATE TABLE half();\nCREATE ROLE app LOGIN PASSWORD "),
                Fragment.secret("'geh''eim'"),
                Fragment.plain(" NONSENSE;\n")));
    assertThat(outcome.reason()).isEqualTo("an SQL statement failed");
    assertThat(outcome.output()).contains("ERROR:").doesNotContain("geh");
    assertThat(output("grep -rl geh..eim /var/log/postgresql || echo nowhere"))
        .isEqualTo("nowhere");
    assertThat(
            found(
                    new Probe.OfSql(
                        5432,
                        "/var/run/postgresql",
                        "postgres",
                        "SELECT count(*) AS tables FROM pg_class WHERE relname = 'half'"))
                .first())
        .containsEntry("tables", "0");
  }

  @Test
  @Order(40)
  void sudoWithAndWithoutPassword() throws Exception {
    String password = System.getenv("PGHA_LAB_SUDO_PASSWORD");
    for (HostConnection user :
        List.of(
            host("operator", new Sudo.WithPassword(password)),
            host("deploy", new Sudo.WithoutPassword()))) {
      HostSession unprivileged = transport.open(user);
      assertThat(unprivileged.run(write("/root/by-" + user.user(), "x", 0600), PATIENCE))
          .isEqualTo(DONE);
      assertThat(unprivileged.probe(List.of(), PATIENCE).machine().osId()).isEqualTo("debian");
    }
    assertThat(refused(host("operator", new Sudo.WithPassword("wrong"))))
        .hasMessageEndingWith("the sudo password is wrong")
        .returns(Code.SUDO_FAILED, TransportException::code);
    assertThat(refused(host("operator", new Sudo.WithoutPassword())))
        .hasMessageContaining("sudo asks for a password and none is given");
    assertThat(refused(host("deploy", new Sudo.None())))
        .hasMessageContaining("who is not root there, and no sudo is declared");
  }

  private static TransportException refused(HostConnection connection) {
    return catchThrowableOfType(
        TransportException.class, () -> transport.open(connection).probe(List.of(), PATIENCE));
  }
}
