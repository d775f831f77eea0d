package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Findings;
import io.pgha.core.plan.Imports;
import io.pgha.core.plan.InstancePlanner;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.change.Live;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.StateSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code pgha import}. */
final class ImportCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();
  private final LockOptions lock = new LockOptions();
  private List<String> addresses = new ArrayList<>();

  ImportCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Let pgha manage what is on a machine already.",
        "Nothing is changed there: the next plan shows how it differs from the configuration, and the"
            + " next apply brings it in line.");
    view.declare(takes);
    options.declare(takes);
    lock.declare(takes);
    takes.parameters(
        1,
        "ADDRESS",
        String.class,
        "Instances of the configuration, such as 'etcd_member.db[\"psql-db-1\"]'.",
        given -> addresses = given);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      TypeRegistry types = Providers.types();
      Project project = Project.load(main.directory(), options.asking(console), types, diagnostics);
      if (project.configuration().isPresent()) {
        try (StateSession session = States.of(project).open("import", lock, diagnostics)) {
          adopt(project.configuration().get(), session, diagnostics, console);
        }
      }
      console.show(diagnostics, project.sources());
      return diagnostics.hasErrors() ? Operation.FAILED : Operation.OK;
    });
  }

  private void adopt(
      Configuration configuration, StateSession session, Diagnostics diagnostics, Console console)
      throws Exception {
    PlanOptions planOptions = new PlanOptions(Mode.NORMAL, Set.copyOf(addresses), Set.of());
    Diagnostics planning = new Diagnostics();
    Planner planner = new Planner(configuration, session.state(), planOptions, planning);
    List<InstanceState> adopted = new ArrayList<>();
    try (Fleet fleet = fleet(planner)) {
      Optional<Plan> plan = planner.plan(fleet);
      if (plan.isEmpty()) {
        diagnostics.addAll(planning.all());
        return;
      }
      for (String address : addresses) {
        adoptable(address, plan.get(), configuration.types(), session, diagnostics)
            .ifPresent(instance -> {
              InstancePlanner probing = new InstancePlanner(configuration.types());
              adopted.add(
                  Imports.state(
                      instance.instance(),
                      configuration.types().type(instance.type()).orElseThrow().schema(),
                      instance.dependencies(),
                      ids(instance, probing, planner, fleet)));
            });
      }
    }
    if (diagnostics.hasErrors()) {
      return;
    }
    for (InstanceState instance : adopted) {
      session.record(instance);
      console.line("Imported " + instance.address());
    }
    session.finish(session.state().outputs());
    console.line("\nNothing was changed on any machine. pgha plan shows what would be.");
  }

  private Fleet fleet(Planner planner) {
    return new Fleet(Providers::transport, planner::connection, main.surroundings().stages());
  }

  private static Map<String, String> ids(
      PlannedInstance instance, InstancePlanner probing, Planner planner, Fleet fleet) {
    try {
      Answers answers = fleet.ask(probing.probes(instance.instance()));
      return probing.machineIds(instance.instance(), planner.desired(), answers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of("interrupted", "Interrupted", "The run was stopped.");
    }
  }

  private static Optional<PlannedInstance> adoptable(
      String address,
      Plan plan,
      TypeRegistry types,
      StateSession session,
      Diagnostics diagnostics) {
    Optional<PlannedInstance> found =
        plan.instances().stream().filter(each -> each.address().equals(address)).findFirst();
    if (found.isEmpty() || found.get().configured().isEmpty()) {
      List<String> several =
          plan.instances().stream()
              .map(PlannedInstance::address)
              .filter(each -> Addresses.names(address, each))
              .toList();
      diagnostics.add(
          Diagnostic.error(
              "unknown-address",
              "The configuration has no instance " + address,
              several.isEmpty()
                  ? "Declare it first, then import it."
                  : "Say which: " + String.join(", ", several) + "."));
      return Optional.empty();
    }
    PlannedInstance instance = found.get();
    if (InstanceAddress.parse(address).mode() == InstanceAddress.Mode.DATA) {
      diagnostics.add(
          Diagnostic.error(
              "only-read",
              address + " is a data source",
              "It is read at every plan, and there is nothing to manage."));
      return Optional.empty();
    }
    if (session.instance(address).isPresent()
        || plan.stateChanges().moves().origins().containsKey(address)) {
      diagnostics.add(
          Diagnostic.error(
              "already-managed",
              address + " is managed by pgha already",
              "There is nothing to import. pgha plan shows how it differs."));
      return Optional.empty();
    }
    Optional<Live> live = instance.live();
    if (live.isEmpty()) {
      diagnostics.addAll(instance.obstacle());
      return Optional.empty();
    }
    if (live.get().presence() == Live.Presence.UNKNOWN) {
      diagnostics.add(Findings.nobodyKnows(address));
      return Optional.empty();
    }
    if (!live.get().presence().isThere()) {
      diagnostics.add(Imports.nothingThere(address, types.type(instance.type()).orElseThrow()));
      return Optional.empty();
    }
    return found;
  }
}
