package io.pgha.cli;

import io.pgha.cli.view.PlanViews;
import io.pgha.cli.view.PlannedAction;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.Step;
import io.pgha.state.InstanceState;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells a program how a run goes on. */
final class JsonProgress implements RunReport.Running {
  private static final long TICK = 10;

  private final JsonLines lines;
  private final LongSupplier nanos;
  private final Map<String, Running> running = new TreeMap<>();
  private final ScheduledExecutorService clock;

  private record Running(PlannedInstance instance, long since) {}

  JsonProgress(JsonLines lines, LongSupplier nanos) {
    this.lines = lines;
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
        .forEach(each ->
            progress(each.instance(), "Still " + doing(each.instance()) + "...", json -> {}));
  }

  @Override
  public void say(String text) {
    lines.log(text.strip());
  }

  @Override
  public synchronized void started(PlannedInstance instance) {
    running.put(instance.address(), new Running(instance, nanos.getAsLong()));
    hook("info", "apply_start", instance, capital(doing(instance)) + "...", json -> {});
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
    running.remove(instance.address());
    hook(
        "info",
        "apply_complete",
        instance,
        capital(noun(instance)) + " complete after " + took.toSeconds() + "s",
        json -> json.writeNumberField("elapsed_seconds", took.toSeconds()));
  }

  @Override
  public synchronized void failed(PlannedInstance instance, Diagnostic why) {
    Running was = running.remove(instance.address());
    long seconds = was == null ? 0 : seconds(was);
    hook(
        why.isError() ? "error" : "warn",
        "apply_errored",
        instance,
        why.isError()
            ? capital(noun(instance)) + " errored after " + seconds + "s"
            : "left alone: " + why.detail(),
        json -> json.writeNumberField("elapsed_seconds", seconds));
  }

  private void progress(PlannedInstance instance, String message, JsonLines.Fields more) {
    Running since = running.get(instance.address());
    hook(
        "info",
        "apply_progress",
        instance,
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
      String level, String type, PlannedInstance instance, String message, JsonLines.Fields more) {
    lines.hook(
        level,
        type,
        InstanceState.Id.parse(instance.address()).address(),
        PlanViews.actionOf(instance).word(),
        message,
        more);
  }

  private static String doing(PlannedInstance instance) {
    PlannedAction action = PlanViews.actionOf(instance);
    return switch (action) {
      case CREATE -> "creating";
      case READ -> "reading";
      case UPDATE -> "modifying";
      case DELETE_THEN_CREATE, CREATE_THEN_DELETE -> "replacing";
      case DELETE -> "destroying";
      case FORGET -> "forgetting";
      case NO_OP, CHANGED, GONE -> "recording";
    };
  }

  private static String noun(PlannedInstance instance) {
    return switch (PlanViews.actionOf(instance)) {
      case CREATE -> "creation";
      case READ -> "read";
      case UPDATE -> "modifications";
      case DELETE_THEN_CREATE, CREATE_THEN_DELETE -> "replacement";
      case DELETE -> "destruction";
      case FORGET -> "forgetting";
      case NO_OP, CHANGED, GONE -> "recording";
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
