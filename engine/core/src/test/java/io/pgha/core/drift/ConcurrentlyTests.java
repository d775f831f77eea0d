package io.pgha.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ConcurrentlyTests {
  @Test
  void resultsAreInTheOrderOfWhatTheyAreOf() throws Exception {
    assertThat(Concurrently.each(List.of(3, 1, 2), number -> number * 2)).containsExactly(6, 2, 4);
    assertThat(Concurrently.each(List.<Integer>of(), number -> number)).isEmpty();
  }

  @Test
  void whatIsThrownFirstInOrderIsThrown() {
    assertThatThrownBy(() ->
            Concurrently.each(
                List.of("a", "b", "c"),
                text -> {
                  throw new IllegalArgumentException(text);
                }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a");
    assertThatThrownBy(() ->
            Concurrently.each(
                List.of("a"),
                text -> {
                  throw new StackOverflowError(text);
                }))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void whatWasBegunIsInterruptedWhereNobodyWaitsForItsEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (var _ =
        Concurrently.begin(() -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
          return 1;
        })) {
      begun.await();
    }
    assertThat(interrupted).isTrue();
  }

  @Test
  void whatWasBegunGivesItsResultOrThrows() throws Exception {
    try (var begun = Concurrently.begin(() -> 7)) {
      assertThat(begun.get()).isEqualTo(7);
    }
    try (var begun =
        Concurrently.begin(() -> {
          throw new IllegalStateException("no");
        })) {
      assertThatThrownBy(begun::get).isInstanceOf(IllegalStateException.class).hasMessage("no");
    }
  }
}
