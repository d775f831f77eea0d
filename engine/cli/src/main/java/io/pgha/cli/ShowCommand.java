package io.pgha.cli;

import io.pgha.cli.view.Binding;
import io.pgha.cli.view.PlanPage;
import io.pgha.cli.view.StatePage;
import io.pgha.language.value.ValueJson;
import io.pgha.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code pgha show}. */
final class ShowCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private boolean json;
  private @Nullable Path page;
  private @Nullable Path plan;

  ShowCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Show what was last applied, or a plan that plan -out or plan -document has written.");
    view.declare(takes);
    takes.flag("-json", "Write JSON; sensitive values are left out.", given -> json = given);
    takes.option(
        "-html",
        "FILE",
        Path.class,
        "Write a page for a browser to this file instead.",
        given -> page = given);
    takes.optionalParameter("PLAN", Path.class, "The file with the plan.", given -> plan = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (plan != null) {
      plan(
          console,
          PlanFile.read(main.directory().resolve(plan), () -> States.storage(main).plan()));
    } else {
      state(console, States.of(main).read());
    }
    console.out().flush();
    return Operation.OK;
  }

  private void plan(Console console, PlanFile file) throws IOException {
    if (page != null) {
      Files.writeString(
          main.directory().resolve(page),
          PlanPage.of(file.view(), List.of(), Version.current().number()));
    } else if (json) {
      console.out().print(file.text());
    } else {
      new TextReport(console).planned(file.view());
      file.binding().ifPresent(binding -> limits(console, binding));
    }
  }

  /** What an approver must know that the plan itself does not say. */
  private static void limits(Console console, Binding binding) {
    limit(console, "Only: ", binding.targets());
    limit(console, "Without: ", binding.exclusions());
    limit(console, "Made anew as asked for: ", binding.replacements());
    limit(
        console,
        "With: ",
        binding.variables().entrySet().stream()
            .map(each -> each.getKey() + " = " + ValueJson.encode(each.getValue()))
            .toList());
    limit(console, "To be given again: ", binding.hiddenVariables());
  }

  private static void limit(Console console, String what, List<String> names) {
    if (!names.isEmpty()) {
      console.line(what + String.join(", ", names));
    }
  }

  private void state(Console console, State state) throws IOException {
    if (page != null) {
      Files.writeString(
          main.directory().resolve(page), StatePage.of(state, Version.current().number()));
    } else if (json) {
      console.out().print(StateDocument.of(state));
    } else if (state.objects().findAny().isEmpty() && state.outputs().isEmpty()) {
      console.line("Nothing was applied yet.");
    } else {
      console.out().print(StateText.of(state, console.paint()));
    }
  }
}
