package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidationTests {
  private final Fleet fleet = new Fleet();

  private List<String> found() {
    fleet.declare();
    return new PatroniClusterType()
        .validate(fleet.world.get(Fleet.CLUSTER)).stream().map(ValidationTests::line).toList();
  }

  private List<String> node() {
    fleet.declare();
    return new PatroniNodeType()
        .validate(fleet.world.get(Fleet.node(1))).stream().map(ValidationTests::line).toList();
  }

  private static String line(Diagnostic found) {
    return "%s %s: %s. %s"
        .formatted(
            found.severity(),
            found.path().map(AttributePath::toString).orElse(""),
            found.summary(),
            found.detail());
  }

  @Test
  void findsNothingWrongWithWhatAnExpertWrites() {
    assertThat(found()).isEmpty();
    assertThat(node()).isEmpty();
  }

  @Test
  void refusesATtlThatLosesTheLock() {
    fleet.cluster.put("ttl", 20);
    assertThat(found())
        .containsExactly(
            "ERROR ttl: ttl is shorter than loop_wait + 2 * retry_timeout. ttl is 20, and must be"
                + " at least 10 + 2 * 10 = 30: else the leader may lose its lock while it still"
                + " tries to renew it.");
  }

  @Test
  void warnsOfEveryTrapOfTheGuideAtItsLine() {
    fleet.parameters.put("wal_level", "hot_standby");
    fleet.parameters.put("wal_keep_segments", "8");
    fleet.parameters.put("unix_socket_directories", ".");
    fleet.parameters.put("archive_mode", "on");
    fleet.parameters.put("archive_command", "cp %p ../wal_archive/%f");
    fleet.cluster.put("recovery_conf", Map.of("restore_command", "cp ../wal_archive/%f %p"));
    fleet.cluster.put(
        "pg_hba",
        List.of(
            "local all postgres peer",
            "host replication replicator 192.168.228.141/0 scram-sha-256"));
    fleet.cluster.put("node_settings", Map.of("postgresql", Map.of("pgpass", "/tmp/pgpass")));
    assertThat(found())
        .containsExactlyInAnyOrder(
            "WARNING parameters[\"wal_level\"]: wal_level = \"hot_standby\" is an old alias. Since"
                + " PostgreSQL 9.6 it means replica. Write wal_level = \"replica\".",
            "WARNING parameters[\"wal_keep_segments\"]: wal_keep_segments is no parameter of"
                + " PostgreSQL 17. PostgreSQL 13 took it away, and Patroni turns it into"
                + " wal_keep_size behind your back. Write wal_keep_size = \"128MB\" for 8 segments.",
            "WARNING parameters[\"unix_socket_directories\"]: unix_socket_directories is a relative"
                + " path. Programs don't find the socket, and a base backup copies its lock file."
                + " Write unix_socket_directories = \"/var/run/postgresql\".",
            "WARNING parameters[\"archive_command\"]: archive_command leaves the data directory by"
                + " ../. The folder above the data directory isn't writable for postgres: nothing"
                + " is archived, and WAL piles up. Set archive_directory to an absolute path, which"
                + " pgha makes for postgres, and use that path here.",
            "WARNING recovery_conf[\"restore_command\"]: restore_command leaves the data directory"
                + " by ../. What is there is not what archive_command wrote elsewhere. Use the"
                + " absolute path of archive_directory.",
            "WARNING pg_hba[1]: 192.168.228.141/0 matches the whole world. A mask of /0 ignores the"
                + " address before it. For this host alone write 192.168.228.141/32, or the subnet;"
                + " for everybody write 0.0.0.0/0.",
            "WARNING node_settings.postgresql.pgpass: The password file is in /tmp. Its name is"
                + " known and the folder is everybody's. Leave the setting out: pgha uses"
                + " /var/lib/postgresql/.pgpass_patroni.");
  }

  @Test
  void refusesWhatPostgresqlWouldNotTake() {
    fleet.parameters.put("max_conections", "100");
    fleet.parameters.put("max_wal_senders", "many");
    fleet.parameters.put("db_user_namespace", "off");
    fleet.parameters.put("port", "5433");
    fleet.parameters.put("restore_command", "true");
    assertThat(found())
        .containsExactlyInAnyOrder(
            "ERROR parameters[\"max_conections\"]: PostgreSQL has no parameter max_conections. Did"
                + " you mean max_connections?",
            "ERROR parameters[\"max_wal_senders\"]: \"many\" is no value of max_wal_senders. For"
                + " PostgreSQL it is a number without a unit.",
            "ERROR parameters[\"db_user_namespace\"]: db_user_namespace is no parameter of"
                + " PostgreSQL 17. PostgreSQL 17 took it away. Instead, write nothing.",
            "ERROR parameters[\"port\"]: port is not a parameter of the cluster. Patroni sets it on"
                + " each node. Instead of it, use port of patroni_node.",
            "ERROR parameters[\"restore_command\"]: restore_command belongs into recovery_conf."
                + " Patroni takes settings of recovery from there.");
  }

  @Test
  void refusesSettingsThatContradictAnArgument() {
    fleet.cluster.put("dynamic_settings", Map.of("ttl", 60));
    fleet.cluster.put(
        "node_settings",
        Map.of(
            "bootstrap", Map.of("users", Map.of("admin", Map.of())),
            "postgresql", Map.of("parameters", Map.of("max_connections", 300))));
    fleet.node.put("settings", Map.of("restapi", Map.of("listen", "0.0.0.0:8008")));
    assertThat(found())
        .containsExactlyInAnyOrder(
            "ERROR dynamic_settings.ttl: ttl has an argument of its own. Two places for one setting"
                + " would contradict each other. Instead of it, use ttl.",
            "ERROR node_settings.bootstrap.users: bootstrap.users has an argument of its own. Two"
                + " places for one setting would contradict each other. Instead of it, use pg_role"
                + " (Patroni 4 ignores that section).",
            "ERROR node_settings.postgresql.parameters.max_connections:"
                + " postgresql.parameters.max_connections has an argument of its own. Two places for"
                + " one setting would contradict each other. Instead of it, use parameters (Patroni"
                + " ignores local values of it).");
    assertThat(node())
        .containsExactly(
            "ERROR settings.restapi.listen: restapi.listen has an argument of its own. Two places"
                + " for one setting would contradict each other. Instead of it, use listen_address"
                + " and rest_port of patroni_node.");
  }

  @Test
  void needsALineThatLetsItInAndOneThatLetsReplicasStream() {
    fleet.cluster.put("pg_hba", List.of("host all all 0.0.0.0/0 scram-sha-256", "nonsense"));
    assertThat(found())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("ERROR pg_hba[1]: \"nonsense\" is no rule"),
            line -> assertThat(line).startsWith("ERROR pg_hba: pg_hba lets nobody in over"),
            line -> assertThat(line).startsWith("ERROR pg_hba: pg_hba lets no replica stream"));
  }

  @Test
  void refusesEmptyPasswordsAndAnotherNameOfTheSuperuser() {
    fleet.cluster.put("superuser", Map.of("username", "admin", "password", ""));
    assertThat(found())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("ERROR superuser.password: The password of"),
            line -> assertThat(line).startsWith("ERROR superuser.username: The superuser must be"));
  }

  @Test
  void refusesTwoNodesOnOneHostOrUnderOneName() {
    fleet.world.add(
        new PatroniNodeType(),
        "patroni_node.twin",
        Map.of("host", Fleet.host(1), "cluster", Fleet.CLUSTER));
    assertThat(new PatroniNodeType().validateAll(fleet.world.all("patroni_node")))
        .extracting(Diagnostic::code)
        .containsExactly("shared-host", "shared-name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "/etc/",
        "/etc/patroni/wal",
        "/var/backups",
        "/var/lib/postgresql",
        "/var/lib/postgresql/17",
        "/home/dba",
        "/tmp/wal",
        "/run/wal"
      })
  void refusesFoldersOfOthersForTheArchive(String folder) {
    fleet.cluster.put("archive_directory", folder);
    assertThat(found())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .startsWith("ERROR archive_directory: \"")
                .endsWith(
                    " can't be the folder for archived WAL. It would be given to postgres alone, and"
                        + " may be deleted with a node; but the system, or others, live there."
                        + " Write a folder of its own, such as /var/lib/postgresql/wal_archive."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/../etc", "/srv//wal", "/srv/./wal", "/srv/wal/.."})
  void refusesPathsThatLeadElsewhere(String folder) {
    fleet.cluster.put("archive_directory", folder);
    assertThat(found())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("which folder it is"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/lib/postgresql/wal_archive",
        "/var/backups/wal",
        "/home/postgres/wal",
        "/srv/wal/",
        "/data",
        "/usr/local/pgsql/archive",
        "/etcetera/..wal"
      })
  void takesAFolderOfItsOwn(String folder) {
    fleet.cluster.put("archive_directory", folder);
    assertThat(found()).isEmpty();
    assertThat(node()).isEmpty();
  }

  @Test
  void refusesFoldersOfOthersForTheDataToo() {
    fleet.node.put("data_dir", "/var/lib/postgresql");
    assertThat(node())
        .containsExactly(
            "ERROR data_dir: \"/var/lib/postgresql\" can't be the data directory. It would be given"
                + " to postgres alone, and may be deleted with the node; but the system, or others,"
                + " live there. Write a folder of its own, such as /var/lib/patroni.");
    fleet.node.put("data_dir", "/srv/postgresql/data");
    fleet.cluster.put("archive_directory", "/srv/postgresql/");
    assertThat(node())
        .containsExactly(
            "ERROR data_dir: The data directory is inside the WAL archive. /srv/postgresql/data"
                + " would be deleted with /srv/postgresql. Use folders beside each other.");
  }

  @Test
  void refusesTlsOfTheRestApi() {
    fleet.cluster.put("node_settings", Map.of("restapi", Map.of("certfile", "/etc/ssl/a.pem")));
    fleet.node.put("settings", Map.of("restapi", Map.of("certfile", "/etc/ssl/b.pem")));
    String why =
        "pgha can't reach a REST API with TLS yet. With restapi.certfile Patroni answers over https"
            + " only, while pgha and the checks of haproxy_lb ask over http: the node would never"
            + " be seen to join. Leave it out, and keep the port to the nodes and load balancers by"
            + " a firewall; changes over the API need the password of rest_api.";
    assertThat(found()).containsExactly("ERROR node_settings.restapi.certfile: " + why);
    assertThat(node()).containsExactly("ERROR settings.restapi.certfile: " + why);
  }
}
