package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.state.LockInfo;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLockTests {
  @TempDir private Path folder;

  private Path file;
  private Path lock;
  private LocalBackend backend;

  @BeforeEach
  void start() {
    file = folder.resolve("pgha.state.json");
    lock = folder.resolve("pgha.state.lock");
    backend = new LocalBackend(file);
  }

  private ChildProcess holder() throws Exception {
    ChildProcess child = ChildProcess.start(LockContender.class, file.toString(), "PT0S");
    assertThat(child.line()).isEqualTo("READY");
    child.go();
    assertThat(child.line()).isEqualTo("WON");
    return child;
  }

  @Test
  void aLockSaysWhoWhenAndWhatForAndGoesWithTheSession() throws Exception {
    LockInfo info = Samples.lock("destroy");
    StateStore store = backend.lock(info, Duration.ZERO);
    assertThat(LockFormat.read(Files.readAllBytes(lock)).info()).isEqualTo(info);
    assertThat(info.pid()).isEqualTo(ProcessHandle.current().pid());
    store.close();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aSecondSessionOfTheSameProcessIsRefused() throws Exception {
    LockInfo info = Samples.lock("apply");
    StateStore store = backend.lock(info, Duration.ZERO);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> backend.lock(Samples.lock("plan"), Duration.ZERO))
          .isInstanceOfSatisfying(
              StateException.class,
              e -> assertThat(e.reason()).isEqualTo(StateException.Reason.LOCKED))
          .hasMessage(
              "The state is locked: "
                  + info.text()
                  + ", lock id "
                  + info.id()
                  + ". Wait until that run has ended, or let pgha wait with -lock-timeout=5m. The"
                  + " lock is "
                  + lock
                  + "; it ends by itself with the process that holds it.");
    }
    store.close();
    backend.lock(Samples.lock("plan"), Duration.ZERO).close();
  }

  @Test
  void ofManyProcessesAtOnceExactlyOneWins() throws Exception {
    for (int round = 0; round < 3; round++) {
      List<ChildProcess> children = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          children.add(ChildProcess.start(LockContender.class, file.toString(), "PT0S"));
        }
        for (ChildProcess child : children) {
          assertThat(child.line()).isEqualTo("READY");
        }
        for (ChildProcess child : children) {
          child.go();
        }
        List<String> answers = new ArrayList<>();
        for (ChildProcess child : children) {
          answers.add(String.valueOf(child.line()));
        }
        assertThat(answers).filteredOn("WON"::equals).hasSize(1);
        assertThat(answers)
            .filteredOn(answer -> answer.startsWith("LOCKED The state is locked: "))
            .hasSize(3);
        // Whether it ends well or badly, the next round finds the state free.
        for (ChildProcess child : children) {
          if (round == 0) {
            child.end();
          } else {
            child.kill();
          }
        }
      } finally {
        for (ChildProcess child : children) {
          child.close();
        }
      }
    }
    assertThat(backend.read().instances()).hasSize(3);
  }

  @Test
  void whoWaitsGetsItWhenTheHolderEnds() throws Exception {
    try (ChildProcess first = holder();
        ChildProcess second = ChildProcess.start(LockContender.class, file.toString(), "PT2M")) {
      assertThat(second.line()).isEqualTo("READY");
      second.go();
      first.end();
      assertThat(second.line()).isEqualTo("WON");
    }
  }

  @Test
  void theLockOfADeadProcessIsTakenOverWithANotice() throws Exception {
    long pid;
    try (ChildProcess child = holder()) {
      pid = child.pid();
      assertThatThrownBy(() -> backend.open(Samples.lock("apply"), Duration.ZERO))
          .hasMessageContaining(", process " + pid + ", since ");
      child.kill();
    }
    assertThat(lock).exists();
    try (StateSession session = backend.open(Samples.lock("apply"), Duration.ZERO)) {
      assertThat(session.notices())
          .singleElement()
          .asString()
          .startsWith("Took over the lock that a dead process left: apply by ")
          .contains(", process " + pid + ", since ");
      assertThat(session.state().instances()).hasSize(1);
    }
    assertThat(lock).doesNotExist();
  }

  @Test
  void forceUnlockTakesOnlyWhatIsLeftOver() throws Exception {
    assertThatThrownBy(() -> backend.forceUnlock("x")).hasMessage("The state is not locked.");
    String id;
    try (ChildProcess child = holder()) {
      id = LockFormat.read(Files.readAllBytes(lock)).info().id();
      assertThatThrownBy(() -> backend.forceUnlock(id))
          .hasMessageStartingWith("The lock is not left over: its holder is running (apply by ");
      child.kill();
    }
    assertThatThrownBy(() -> backend.forceUnlock("x"))
        .hasMessageStartingWith("There is no lock x. The lock that is there has the id " + id);
    backend.forceUnlock(id);
    assertThat(lock).doesNotExist();
  }

  @Test
  void forceUnlockLeavesTheLockOfThisProcess() throws Exception {
    LockInfo info = Samples.lock("apply");
    StateStore store = backend.lock(info, Duration.ZERO);
    assertThatThrownBy(() -> backend.forceUnlock(info.id()))
        .hasMessageStartingWith("The lock is not left over");
    try (ChildProcess child = ChildProcess.start(LockContender.class, file.toString(), "PT0S")) {
      child.line();
      child.go();
      assertThat(child.line()).startsWith("LOCKED ");
    }
    store.close();
  }

  @Test
  void aLockFileThatSaysNothingLocksNobodyOut() throws Exception {
    for (String content : List.of("", "garbage", "{")) {
      Files.writeString(lock, content);
      try (StateSession session = backend.open(Samples.lock("apply"), Duration.ZERO)) {
        assertThat(session.notices()).isEmpty();
      }
      assertThat(lock).doesNotExist();
    }
  }
}
