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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha show}. */
@Command(
    name = "show",
    description =
        "Show what was last applied, or a plan that plan -out or plan -document has written.")
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = {"-json", "--json"},
      description = "Write JSON; sensitive values are left out.")
  private boolean json;

  @Option(
      names = {"-html", "--html"},
      paramLabel = "FILE",
      description = "Write a page for a browser to this file instead.")
  private @Nullable Path page;

  @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The file with the plan.")
  private @Nullable Path plan;

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (plan != null) {
      plan(console, PlanFile.read(main.directory().resolve(plan)));
    } else {
      state(console, States.read(main.directory()));
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
    } else if (state.instances().isEmpty() && state.outputs().isEmpty()) {
      console.line("Nothing was applied yet.");
    } else {
      console.out().print(StateText.of(state, console.paint()));
    }
  }
}
