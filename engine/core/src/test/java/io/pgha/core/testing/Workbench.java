package io.pgha.core.testing;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.drift.DriftCheck;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.Executor;
import io.pgha.core.execution.Progress;
import io.pgha.core.execution.Stop;
import io.pgha.core.observation.Fleet;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.GeneratedConfiguration;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.builtin.BuiltinProvider;
import io.pgha.state.InstanceState;
import io.pgha.state.LockInfo;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.file.LocalBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A folder with a configuration, a fleet of fake machines, and the engine over both. */
public final class Workbench {
  /** Two machines, a and b. */
  public static final String HOSTS =
      """
      locals { hosts = { a = "10.0.0.1", b = "10.0.0.2" } }
      resource "host" "all" {
        for_each = local.hosts
        name     = each.key
        address  = each.value
      }
      """;

  /** A note on each of them. */
  public static final String NOTES =
      """
      resource "note" "all" {
        for_each = local.hosts
        host     = host.all[each.key].id
        path     = "/note"
        text     = "note of ${each.key}"
      }
      """;

  private final Path folder;
  private final FakeHosts hosts = new FakeHosts();
  private Diagnostics diagnostics = new Diagnostics();

  /** A workbench in an empty folder. */
  public Workbench(Path folder) {
    this.folder = folder;
  }

  /** The machines. */
  public FakeHosts hosts() {
    return hosts;
  }

  /** Writes the configuration. */
  public Workbench configure(String text) {
    try {
      Files.writeString(folder.resolve("main.pgha.hcl"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes the module in the folder {@code m}. */
  public Workbench module(String text) {
    try {
      Files.writeString(Files.createDirectories(folder.resolve("m")).resolve("m.pgha.hcl"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** What the last plan or apply had to say, as {@code summary: detail}. */
  public List<String> findings() {
    List<String> lines = new ArrayList<>();
    for (Diagnostic found : diagnostics.all()) {
      lines.add(found.summary() + ": " + found.detail());
    }
    return lines;
  }

  /** The last plan's or apply's diagnostics. */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Plans. */
  public Optional<Plan> plan() throws Exception {
    return plan(PlanOptions.NORMAL);
  }

  /** Plans with the given options. */
  public Optional<Plan> plan(PlanOptions options) throws Exception {
    return plan(options, machines -> machines);
  }

  /** Plans by what somebody is told who stands before the machines. */
  public Optional<Plan> plan(PlanOptions options, UnaryOperator<Observer> standing)
      throws Exception {
    diagnostics = new Diagnostics();
    Optional<Configuration> configuration = load();
    if (configuration.isEmpty()) {
      return Optional.empty();
    }
    Planner planner = new Planner(configuration.get(), state(), options, diagnostics);
    try (Fleet fleet = new Fleet(() -> hosts, planner::connection)) {
      return planner.plan(standing.apply(fleet));
    }
  }

  /** Generates configuration for what import blocks name. */
  public Optional<String> generate() throws Exception {
    diagnostics = new Diagnostics();
    Optional<Configuration> configuration = load();
    if (configuration.isEmpty()) {
      return Optional.empty();
    }
    GeneratedConfiguration generated =
        new GeneratedConfiguration(configuration.get(), state(), diagnostics);
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    try (Fleet fleet = new Fleet(() -> hosts, generated::connection)) {
      return generated.text(fleet);
    }
  }

  /** Looks whether the machines are as they were last applied. */
  public Optional<DriftCheck.Seen> drift(PlanOptions options) throws Exception {
    diagnostics = new Diagnostics();
    Optional<Configuration> configuration = load();
    if (configuration.isEmpty()) {
      return Optional.empty();
    }
    DriftCheck check =
        new DriftCheck(
            configuration.get(), state(), options, DriftCheck.Settling.NONE, diagnostics);
    try (Fleet fleet = new Fleet(() -> hosts, check::connection)) {
      return check.look(fleet);
    }
  }

  /** What is planned for an instance. */
  public static PlannedInstance planned(Plan plan, String address) {
    return plan.instances().stream()
        .filter(each -> each.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  /** The state on disk. */
  public State state() throws StateException {
    return backend().read();
  }

  /** Records an instance without looking at the machines, as an import does. */
  public void record(InstanceState instance) throws StateException {
    try (StateSession session = backend().open(LockInfo.of("import", "test"), Duration.ZERO)) {
      session.record(instance);
      session.finish(session.state().outputs());
    }
  }

  private LocalBackend backend() {
    return new LocalBackend(folder.resolve(LocalBackend.FILE_NAME));
  }

  /** Plans and applies; says whether all went well. */
  public boolean apply() throws Exception {
    return apply(Mode.NORMAL, session -> session);
  }

  /** Destroys everything; says whether all went well. */
  public boolean destroy() throws Exception {
    return apply(Mode.DESTROY, session -> session);
  }

  /** Plans and applies with a session that a test looks into. */
  public boolean apply(Mode mode, UnaryOperator<StateSession> wrapping) throws Exception {
    return apply(new PlanOptions(mode, Set.of(), Set.of()), wrapping);
  }

  /** Plans and applies with the given options. */
  public boolean apply(PlanOptions options, UnaryOperator<StateSession> wrapping) throws Exception {
    return apply(options, wrapping, Progress.SILENT, new Stop());
  }

  /** Plans and applies while somebody watches who may ask to stop. */
  public boolean apply(Progress progress, Stop stop) throws Exception {
    return apply(PlanOptions.NORMAL, session -> session, progress, stop);
  }

  /** Plans and applies with so many steps at once at most. */
  public boolean apply(int parallelism) throws Exception {
    return apply(PlanOptions.NORMAL, session -> session, Progress.SILENT, new Stop(), parallelism);
  }

  private boolean apply(
      PlanOptions options, UnaryOperator<StateSession> wrapping, Progress progress, Stop stop)
      throws Exception {
    return apply(options, wrapping, progress, stop, 10);
  }

  private boolean apply(
      PlanOptions options,
      UnaryOperator<StateSession> wrapping,
      Progress progress,
      Stop stop,
      int parallelism)
      throws Exception {
    diagnostics = new Diagnostics();
    Optional<Configuration> configuration = load();
    if (configuration.isEmpty()) {
      return false;
    }
    try (StateSession session = backend().open(LockInfo.of("apply", "test"), Duration.ZERO)) {
      Planner planner = new Planner(configuration.get(), session.state(), options, diagnostics);
      try (Fleet fleet = new Fleet(() -> hosts, planner::connection)) {
        Optional<Plan> plan = planner.plan(fleet);
        if (plan.isEmpty()) {
          return false;
        }
        StateSession wrapped = wrapping.apply(session);
        Executor executor =
            new Executor(
                plan.get(),
                new Executor.Setup(
                    configuration.get(), planner, fleet, wrapped, progress, stop, parallelism),
                diagnostics);
        executor.run();
        wrapped.finish(executor.outputs(session.state().outputs()));
        return !diagnostics.hasErrors();
      }
    }
  }

  private Optional<Configuration> load() {
    TypeRegistry types = new TypeRegistry(List.of(new TestProvider(), new BuiltinProvider()));
    return Project.load(folder, new Project.Given(Map.of(), List.of()), types, diagnostics)
        .configuration();
  }
}
