package io.pgha.cli;

import io.pgha.cli.view.Binding;
import io.pgha.cli.view.PlanDocument;
import io.pgha.cli.view.PlanReader;
import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.ResourceView;
import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceAddress;
import io.pgha.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan that {@code plan -out} kept, to be applied as it was approved: by the same configuration
 * with the same variables, from the same state, and while the machines are as they were. It is
 * never carried out from its file. It is made anew and compared, so that a file that somebody
 * changed can do no harm; and nothing secret is in it.
 */
final class SavedPlan {
  private static final String CODE = "stale-plan";
  private static final String REMEDY = " Make a new plan and look at it: pgha plan -out=FILE.";

  private final Path file;
  private final PlanView view;
  private final Binding binding;

  private SavedPlan(Path file, PlanView view, Binding binding) {
    this.file = file;
    this.view = view;
    this.binding = binding;
  }

  /**
   * Writes a plan to a file that only its owner can read; one that was there before is replaced.
   */
  static void write(
      Path file, PlanView view, PlanOptions options, Project project, List<Diagnostic> diagnostics)
      throws IOException {
    Configuration configuration = project.configuration().orElseThrow();
    Map<String, Value> shown = new TreeMap<>();
    Map<String, Value> hidden = new TreeMap<>();
    configuration
        .variables()
        .forEach((name, value) -> {
          Module.Variable variable = configuration.module().variables().get(name);
          if (variable == null || variable.ephemeral()) {
            return;
          }
          Value plain = Marks.removeDeep(value);
          if (variable.sensitive() || !plain.equals(value)) {
            hidden.put(name, plain);
          } else {
            shown.put(name, value);
          }
        });
    Binding binding =
        new Binding(
            List.copyOf(options.targets()),
            List.copyOf(options.exclusions()),
            List.copyOf(options.replacements()),
            project.digest(),
            shown,
            List.copyOf(hidden.keySet()),
            hidden.isEmpty() ? "" : Fingerprint.of(ObjectValue.of(hidden)));
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path fresh =
        Files.createTempFile(
            folder,
            ".pgha-plan",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(
          fresh, PlanDocument.of(view, diagnostics, Version.current().number(), binding));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws CommandFailure where the file holds none that can be applied
   */
  static SavedPlan read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw CommandFailure.of(
          "no-plan",
          "Can't read the plan " + file,
          "There is no such file, or it can't be read (" + e.getClass().getSimpleName() + ").");
    }
    try {
      return new SavedPlan(
          file,
          PlanReader.read(text),
          PlanReader.binding(text)
              .orElseThrow(() ->
                  new IOException("it was written with -document, which is only to be shown")));
    } catch (IOException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw CommandFailure.of(
          "no-plan",
          file + " is no plan that can be applied",
          "It can't be used: " + why + ". Give a file that pgha plan -out=FILE has written.");
    }
  }

  /** What it plans. */
  PlanView view() {
    return view;
  }

  /** What was asked of it. */
  PlanOptions options() {
    return new PlanOptions(
        Mode.valueOf(view.mode().toUpperCase(Locale.ROOT)),
        Set.copyOf(binding.targets()),
        Set.copyOf(binding.exclusions()),
        Set.copyOf(binding.replacements()));
  }

  /** The values of variables that it was made with; the others must be given again. */
  Project.Option variables() {
    return new Project.Option.Saved(binding.variables());
  }

  /** The commands that plan and do what is left of it. */
  String continuation() {
    List<String> words = new ArrayList<>(List.of("pgha", "plan"));
    binding.targets().forEach(each -> words.add("-target=" + each));
    binding.exclusions().forEach(each -> words.add("-exclude=" + each));
    if (view.mode().equals("destroy")) {
      words.add("-destroy");
    }
    words.add("-out=" + file.getFileName());
    return words.stream().map(Continuation::quoted).collect(Collectors.joining(" "))
        + ", then pgha apply "
        + Continuation.quoted(file.getFileName().toString());
  }

  /** Why it no longer holds for a configuration and a state; empty where it does. */
  List<Diagnostic> obstacles(Project project, State state) {
    List<Diagnostic> found = new ArrayList<>();
    if (!project.digest().equals(binding.configuration())) {
      found.add(
          stale("The configuration was changed since the plan was made.", "It must be the same."));
    }
    project
        .configuration()
        .ifPresent(configuration -> {
          Map<String, Value> hidden = new TreeMap<>();
          for (String name : binding.secrets()) {
            Value now = configuration.variables().get(name);
            if (now != null) {
              hidden.put(name, Marks.removeDeep(now));
            }
          }
          if (!hidden.isEmpty()
              && !Fingerprint.matches(binding.fingerprint(), ObjectValue.of(hidden))) {
            found.add(
                stale(
                    "Sensitive variables have not the values that the plan was made with: one or"
                        + " more of "
                        + String.join(", ", hidden.keySet())
                        + ".",
                    "They are not kept in the plan and must be given again, the same."));
          }
        });
    if (!state.lineage().equals(view.lineage()) || state.serial() != view.serial()) {
      boolean other = !state.lineage().equals(view.lineage()) && !view.lineage().isEmpty();
      found.add(
          stale(
              other
                  ? "The plan was made from another state."
                  : "The state was changed since the plan was made: its serial was %d and is %d."
                      .formatted(view.serial(), state.serial()),
              "What was planned may be done already, or undo what was done since."));
    }
    return found;
  }

  /** Whether a finding says that a saved plan no longer holds. */
  static boolean isStale(Diagnostic finding) {
    return finding.code().equals(CODE);
  }

  private Diagnostic stale(String what, String why) {
    return Diagnostic.error(
        CODE, "The plan " + file + " no longer holds", what + " " + why + REMEDY);
  }

  /**
   * Why what would be done now is not what was planned; empty where it is, or is only a part of it.
   */
  List<Diagnostic> differences(PlanView now) throws IOException {
    // By way of a document: what was read back has lost the types of collections.
    PlanView read =
        PlanReader.read(PlanDocument.of(now, List.of(), Version.current().number(), binding));
    Map<InstanceAddress, ResourceView> planned =
        view.changes().stream()
            .collect(Collectors.toMap(ResourceView::address, Function.identity(), (a, b) -> a));
    List<String> others =
        read.changes().stream()
            .filter(each -> !isAsPlanned(each, planned.get(each.address())))
            .map(each -> each.address().text())
            .toList();
    return others.isEmpty()
        ? List.of()
        : List.of(
            stale(
                "The machines are no longer as they were: something else would be done now with "
                    + String.join(", ", others)
                    + ".",
                "Nothing was changed."));
  }

  private static boolean isAsPlanned(ResourceView now, @Nullable ResourceView planned) {
    return planned != null
        && now.action() == planned.action()
        && now.deposed().equals(planned.deposed())
        && now.attributes().equals(planned.attributes())
        && now.artifacts().equals(planned.artifacts())
        && now.steps().equals(planned.steps())
        && now.effect().equals(planned.effect());
  }
}
