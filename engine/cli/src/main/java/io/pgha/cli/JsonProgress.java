package io.pgha.cli;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.step.Step;
import io.pgha.state.InstanceState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Tells a program how a run goes on. */
final class JsonProgress implements RunReport.Running {
  private static final long TICK = 10;

  private final JsonLines lines;
  private final Function<String, Optional<InstanceState>> recorded;
  private final LongSupplier nanos;
  private final Map<String, Running> running = new TreeMap<>();
  private final ScheduledExecutorService clock;

  /** What is done with an instance right now: of a replacement, its part. */
  private record Running(PlannedInstance instance, Action action, long since) {}

  /**
   * Nothing is going on yet.
   *
   * @param recorded what state has of an address by now
   */
  JsonProgress(
      JsonLines lines, Function<String, Optional<InstanceState>> recorded, LongSupplier nanos) {
    this.lines = lines;
    this.recorded = recorded;
    this.nanos = nanos;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(work -> {
          Thread thread = new Thread(work, "progress");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Tells from now on every ten seconds what is still going on. */
  JsonProgress ticking() {
    var _ = clock.scheduleAtFixedRate(this::tick, TICK, TICK, TimeUnit.SECONDS);
    return this;
  }

  /** Tells what is still going on. */
  synchronized void tick() {
    running
        .values()
        .forEach(
            each -> progress(each.instance(), "Still " + doing(each.action()) + "...", json -> {}));
  }

  @Override
  public void say(String text) {
    lines.log(text.strip());
  }

  @Override
  public synchronized void started(PlannedInstance instance) {
    // What is made in two goes is started once; a replacement's parts are told of one by one.
    if (instance.action() != Action.REPLACE && !running.containsKey(instance.address())) {
      begin(instance, instance.action());
    }
  }

  @Override
  public synchronized void partStarted(PlannedInstance instance, Action part) {
    begin(instance, part);
  }

  private void begin(PlannedInstance instance, Action action) {
    running.put(instance.address(), new Running(instance, action, nanos.getAsLong()));
    // What is made has none yet, also where it is made anew.
    Identity identity =
        action == Action.CREATE
            ? Identity.NONE
            : instance.prior().map(Identity::of).orElse(Identity.NONE);
    hook(
        "info",
        "apply_start",
        instance,
        action,
        capital(doing(action)) + "..." + identity.remark(),
        identity::write);
  }

  @Override
  public synchronized void stepStarted(PlannedInstance instance, String hostName, Step step) {
    progress(
        instance,
        hostName + ": " + step.describe(),
        json -> {
          json.writeStringField("host", hostName);
          json.writeStringField("step", step.describe());
        });
  }

  @Override
  public synchronized void waiting(PlannedInstance instance, String reason) {
    progress(instance, "waiting: " + reason, json -> json.writeStringField("reason", reason));
  }

  @Override
  public synchronized void done(PlannedInstance instance, Duration took) {
    if (instance.action() != Action.REPLACE) {
      end(instance, instance.action(), took);
    }
  }

  @Override
  public synchronized void partDone(PlannedInstance instance, Action part, Duration took) {
    end(instance, part, took);
  }

  private void end(PlannedInstance instance, Action action, Duration took) {
    running.remove(instance.address());
    Identity identity =
        action == Action.DELETE
            ? Identity.NONE
            : recorded.apply(instance.address()).map(Identity::of).orElse(Identity.NONE);
    hook(
        "info",
        "apply_complete",
        instance,
        action,
        capital(noun(action)) + " complete after " + took.toSeconds() + "s" + identity.remark(),
        json -> {
          identity.write(json);
          json.writeNumberField("elapsed_seconds", took.toSeconds());
        });
  }

  @Override
  public synchronized void failed(PlannedInstance instance, Diagnostic why) {
    Running was = running.remove(instance.address());
    if (was == null && !why.isError()) {
      // Nothing was begun, so nothing errored.
      lines.log(instance.address() + ": left alone: " + why.detail());
      return;
    }
    long seconds = was == null ? 0 : seconds(was);
    Action action = was == null ? instance.action() : was.action();
    hook(
        why.isError() ? "error" : "warn",
        "apply_errored",
        instance,
        action,
        capital(noun(action)) + " errored after " + seconds + "s",
        json -> json.writeNumberField("elapsed_seconds", seconds));
  }

  private void progress(PlannedInstance instance, String message, JsonLines.Fields more) {
    Running since = running.get(instance.address());
    hook(
        "info",
        "apply_progress",
        instance,
        since == null ? instance.action() : since.action(),
        message,
        json -> {
          more.write(json);
          json.writeNumberField("elapsed_seconds", since == null ? 0 : seconds(since));
        });
  }

  private long seconds(Running since) {
    return Duration.ofNanos(nanos.getAsLong() - since.since()).toSeconds();
  }

  private void hook(
      String level,
      String type,
      PlannedInstance instance,
      Action action,
      String message,
      JsonLines.Fields more) {
    lines.hook(
        level,
        type,
        InstanceState.Id.parse(instance.address()).address(),
        message,
        json -> {
          json.writeStringField("action", word(action));
          more.write(json);
        });
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static String doing(Action action) {
    return switch (action) {
      case CREATE -> "creating";
      case READ -> "reading";
      case UPDATE -> "modifying";
      case REPLACE -> "replacing";
      case DELETE -> "destroying";
      case NO_OP -> "recording";
    };
  }

  private static String noun(Action action) {
    return switch (action) {
      case CREATE -> "creation";
      case READ -> "read";
      case UPDATE -> "modifications";
      case REPLACE -> "replacement";
      case DELETE -> "destruction";
      case NO_OP -> "recording";
    };
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
