package io.pgha.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.core.testing.Connections;
import io.pgha.core.testing.FakeHosts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FleetTests {
  private static final String DB = "host.db";
  private static final String LB = "host.lb";

  private final FakeHosts hosts = new FakeHosts();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private Fleet fleet() {
    return new Fleet(
        () -> hosts,
        FleetTests::connection,
        stage -> told.add(stage.replaceFirst("\\(\\d+ ms\\)$", "(TIME)")));
  }

  private static Optional<HostConnection> connection(String host) {
    String name = host.substring("host.".length());
    return Optional.of(Connections.to(host, name, name + ".example"));
  }

  private static List<PlacedProbe> questions(String host) {
    return List.of(
        new PlacedProbe(host, new Probe.OfMachine()),
        new PlacedProbe(host, new Probe.OfFile("/note", Content.TEXT)));
  }

  private static Step write(String path) {
    return new Step.WriteFile(
        path,
        List.of(Fragment.secret("hidden")),
        0600,
        "root",
        "root",
        Optional.empty(),
        Optional.empty());
  }

  @Nested
  final class WhatIsTold {
    @Test
    void oneConnectionServesAllThatAHostIsAsked() throws Exception {
      try (Fleet fleet = fleet()) {
        fleet.ask(questions(DB));
        fleet.ask(questions(DB).subList(0, 1));
      }
      assertThat(told)
          .containsExactly(
              "db connected (TIME)",
              "db answered 2 questions (TIME)",
              "db answered 1 questions (TIME)");
    }

    @Test
    void aHostThatCannotBeReachedIsTriedOnce() throws Exception {
      hosts.setDown("lb.example", true);
      try (Fleet fleet = fleet()) {
        fleet.ask(questions(LB));
        fleet.ask(questions(LB));
      }
      assertThat(told).containsExactly("lb no connection, UNREACHABLE (TIME)");
    }

    @Test
    void whoIsExpectedIsConnectedToByTheTimeItIsAsked() throws Exception {
      hosts.setDown("lb.example", true);
      try (Fleet fleet = fleet()) {
        fleet.expect(Set.of(DB, LB));
        fleet.ask(questions(DB));
        Answers answers = fleet.ask(questions(LB));
        assertThat(answers.unreachable(LB)).isPresent();
      }
      assertThat(told)
          .containsExactlyInAnyOrder(
              "db connected (TIME)",
              "db answered 2 questions (TIME)",
              "lb no connection, UNREACHABLE (TIME)");
    }

    @Test
    void whoIsExpectedAndNeverAskedIsConnectedToAllTheSameAndLeftAlone() throws Exception {
      try (Fleet fleet = fleet()) {
        fleet.expect(Set.of(DB));
      }
      assertThat(told).containsExactly("db connected (TIME)");
      assertThat(hosts.asked()).isEmpty();
    }

    @Test
    void whoeverWaitsForAConnectionCanBeInterrupted() throws Exception {
      CountDownLatch opening = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      AtomicReference<Throwable> ended = new AtomicReference<>();
      try (Fleet fleet =
          new Fleet(
              () -> hosts,
              host -> {
                opening.countDown();
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return connection(host);
              })) {
        fleet.expect(Set.of(DB));
        opening.await();
        Thread waiting =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    fleet.ask(questions(DB));
                  } catch (InterruptedException e) {
                    ended.set(e);
                  }
                });
        waiting.interrupt();
        waiting.join();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        never.countDown();
      }
    }

    @Test
    void aHostThatIsLostIsTold() throws Exception {
      try (Fleet fleet = fleet()) {
        fleet.ask(questions(DB));
        hosts.setDown("db.example", true);
        fleet.ask(questions(DB));
        assertThatThrownBy(() -> fleet.run(DB, write("/note"), Duration.ofSeconds(1)))
            .isInstanceOf(TransportException.class);
      }
      assertThat(told)
          .endsWith(
              "db no answer, CONNECTION_LOST (TIME)",
              "db lost, CONNECTION_LOST: " + write("/note").describe() + " (TIME)");
    }

    @Test
    void stepsAreToldWithTheirOutcomeAndWithoutSecrets() throws Exception {
      hosts.refuse("/full", true);
      try (Fleet fleet = fleet()) {
        fleet.run(DB, write("/note"), Duration.ofSeconds(1));
        fleet.run(DB, write("/full"), Duration.ofSeconds(1));
      }
      assertThat(told)
          .containsExactly(
              "db connected (TIME)",
              "db done: " + write("/note").describe() + " (TIME)",
              "db failed: " + write("/full").describe() + " (TIME)")
          .noneMatch(stage -> stage.contains("hidden"));
    }
  }
}
