package io.pgha.cli;

import io.pgha.cli.drift.History;
import io.pgha.cli.drift.HistoryDocument;
import io.pgha.cli.drift.HistoryFolder;
import io.pgha.cli.drift.HistoryPage;
import io.pgha.cli.drift.HistoryText;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code pgha drift history}. */
final class DriftHistoryCommand implements Subcommand, Callable<Integer> {
  private static final int MOST_DAYS = 3660;

  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private Path record = Path.of("");
  private @Nullable Path page;
  private boolean json;
  private int days;

  DriftHistoryCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Show when each finding of drift first appeared, when it went and whether it came again.",
        "Days are those of the time zone that TZ names.");
    view.declare(takes);
    takes.required(
        "-record",
        "FOLDER",
        Path.class,
        "The folder that pgha drift -record keeps its results in.",
        given -> record = given);
    takes.option(
        "-html",
        "FILE",
        Path.class,
        "Write a page with a calendar for a browser to this file instead.",
        given -> page = given);
    takes.flag("-json", "Write JSON.", given -> json = given);
    takes.option(
        "-days",
        "N",
        Integer.class,
        "366",
        "Show so many days up to today. Default: ${DEFAULT-VALUE}.",
        given -> days = given);
  }

  @Override
  public Integer call() throws Exception {
    if (days < 1 || days > MOST_DAYS) {
      throw CommandFailure.of(
          "usage",
          "-days must be between 1 and " + MOST_DAYS,
          "It was given " + days + ": so many days up to today are shown.");
    }
    Console console = main.console(view);
    History history = history();
    Diagnostics diagnostics = new Diagnostics();
    history.skipped().forEach(skipped -> diagnostics.add(HistoryPage.warning(skipped)));
    console.show(diagnostics, new SourceFiles());
    if (page != null) {
      String html = HistoryPage.of(history, Version.current().number());
      Files.write(page, html.getBytes(StandardCharsets.UTF_8));
    } else {
      console
          .out()
          .print(
              json
                  ? HistoryDocument.of(history)
                  : console.surroundings().inert(HistoryText.of(history)));
    }
    console.out().flush();
    return Operation.OK;
  }

  private History history() throws IOException {
    if (!Files.isDirectory(record)) {
      throw CommandFailure.of(
          "no-history",
          "There is no folder " + record,
          "pgha drift -record=" + record + " makes it and keeps each run's result in it.");
    }
    return History.of(new HistoryFolder(record), days, Instant.now(), ZoneId.systemDefault());
  }
}
