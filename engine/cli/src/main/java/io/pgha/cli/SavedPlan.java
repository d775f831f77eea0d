package io.pgha.cli;

import io.pgha.cli.view.Binding;
import io.pgha.cli.view.PlanDocument;
import io.pgha.cli.view.PlanReader;
import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.PlanView.RolloutView;
import io.pgha.cli.view.PlanView.WaveView;
import io.pgha.cli.view.PlanViews;
import io.pgha.cli.view.ResourceView;
import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Value;
import io.pgha.state.State;
import io.pgha.state.encryption.Content;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.EncryptionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan that {@code plan -out} kept, to be applied as it was approved: by the same configuration
 * with the same variables, from the same state, and while the machines are as they were. It is
 * never carried out from its file: it is made anew and compared. Whoever can write the file can
 * approve, but not have done what the configuration does not say.
 */
final class SavedPlan {
  private static final String CODE = "stale-plan";
  private static final String REMEDY = " Make a new plan and look at it: pgha plan -out=FILE.";

  private final Path file;
  private final PlanView view;
  private final Binding binding;
  private final Mode mode;

  private SavedPlan(Path file, PlanView view, Binding binding, Mode mode) {
    this.file = file;
    this.view = view;
    this.binding = binding;
    this.mode = mode;
  }

  /**
   * Refuses a file that must not be overwritten.
   *
   * @throws CommandFailure where something else than a plan is there
   */
  static void checkTarget(Path file) {
    if (!PlanFile.isFree(file)) {
      throw CommandFailure.of(
          "not-overwritten",
          file + " is there and is no plan",
          "-out replaces plans only. Give another name; -document writes what is to be shown.");
    }
  }

  /**
   * Writes a plan to a file that only its owner can read; one that was there before is replaced.
   */
  static void write(
      Path file,
      Plan plan,
      PlanOptions options,
      Project project,
      State state,
      List<String> command,
      List<Diagnostic> diagnostics)
      throws IOException {
    Configuration configuration = project.configuration().orElseThrow();
    HiddenValues hidden = HiddenValues.of(plan, configuration);
    Map<String, Value> shown = new TreeMap<>(configuration.variables());
    shown.keySet().removeAll(hidden.variables());
    Binding binding =
        new Binding(
            Version.current().number(),
            command,
            List.copyOf(options.targets()),
            List.copyOf(options.exclusions()),
            List.copyOf(options.replacements()),
            options.exactly(),
            project.digest(),
            digest(state),
            shown,
            List.copyOf(hidden.variables()),
            Fingerprint.of(hidden.values()));
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    Path fresh =
        Files.createTempFile(
            target.getParent(),
            ".pgha-plan",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      byte[] document =
          PlanDocument.of(PlanViews.of(plan), diagnostics, binding)
              .getBytes(StandardCharsets.UTF_8);
      Encryption encryption = project.storage().orElseThrow().plan();
      Files.write(fresh, encryption.encrypted(document, Content.PLAN));
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (EncryptionException e) {
      throw CommandFailure.of(
          "plan-encrypted", "The plan can't be kept in " + file, String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A digest of all that state has, also of what is not in its snapshot yet. */
  static String digest(State state) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream.of(state.instances(), state.deposed(), state.outputs(), state.hosts())
          .flatMap(all -> all.entrySet().stream())
          .map(entry -> entry.getKey() + "\n" + entry.getValue() + "\n")
          .forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Reads a plan.
   *
   * @param encryption how plans are kept
   * @throws CommandFailure where the file holds none that can be applied
   */
  static SavedPlan read(Path file, Encryption encryption) throws Exception {
    PlanFile read = PlanFile.read(file, () -> encryption);
    if (!read.encrypted()) {
      try {
        encryption.checkPlain();
      } catch (EncryptionException e) {
        throw PlanFile.undecipherable(file, e);
      }
    }
    Binding binding =
        read.binding()
            .orElseThrow(() ->
                CommandFailure.of(
                    "no-plan",
                    file + " is no plan that can be applied",
                    "It was written with -document, which is only to be shown. Give a file that"
                        + " pgha plan -out=FILE has written."));
    try {
      Mode mode = Mode.of(read.view().mode());
      return new SavedPlan(file, read.view(), binding, mode);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.of(
          "no-plan",
          file + " is no plan that can be applied",
          "It is for \"" + read.view().mode() + "\", which this pgha does not know." + REMEDY);
    }
  }

  /** What was asked of it. */
  PlanOptions options() {
    return new PlanOptions(
        mode,
        Set.copyOf(binding.targets()),
        Set.copyOf(binding.exclusions()),
        Set.copyOf(binding.replacements()),
        true,
        binding.exactly());
  }

  /** The values of variables that it was made with; the others must be given again. */
  Project.Option variables() {
    return new Project.Option.Saved(binding.variables());
  }

  /** Whether it has the value of a variable. */
  boolean keeps(String variable) {
    return binding.variables().containsKey(variable);
  }

  /**
   * The words of the command that made it, where a run that was cut short has done a part.
   *
   * @param root the root module's variables
   * @param replaced whether an instance need not be made anew any more
   */
  String command(Map<String, Module.Variable> root, Predicate<String> replaced) {
    return new Continuation(root, replaced).of(binding.command());
  }

  /** Why it no longer holds for a configuration and a state; empty where it does. */
  List<Diagnostic> obstacles(Project project, State state) {
    List<Diagnostic> found = new ArrayList<>();
    if (!binding.version().equals(Version.current().number())) {
      found.add(
          stale(
              "It was made by pgha %s, and this is %s."
                  .formatted(binding.version(), Version.current().number()),
              "Another version may do other things under the same words."));
    }
    if (!project.digest().equals(binding.configuration())) {
      found.add(
          stale("The configuration was changed since the plan was made.", "It must be the same."));
    }
    if (!state.lineage().equals(view.lineage()) && !view.lineage().isEmpty()) {
      found.add(stale("It was made from another state.", "State says what is there already."));
    } else if (state.serial() != view.serial() || !digest(state).equals(binding.state())) {
      found.add(
          stale(
              "The state was changed since the plan was made.",
              "What was planned may be done already, or undo what was done since."));
    }
    return found;
  }

  private Diagnostic stale(String what, String why) {
    // Only a repair plan is limited so: pgha plan would plan all else too.
    String remedy =
        binding.exactly()
            ? " Look again: " + new Continuation(Map.of(), _ -> false).of(binding.command())
            : REMEDY;
    return Diagnostic.error(
        CODE, "The plan " + file + " no longer holds", what + " " + why + remedy);
  }

  /** Whether a finding says that a saved plan no longer holds. */
  static boolean isStale(Diagnostic finding) {
    return finding.code().equals(CODE);
  }

  /**
   * Why what would be done now is not what was planned; empty where it is, or where a part of it is
   * done already.
   */
  List<Diagnostic> differences(Plan now, Configuration configuration) throws IOException {
    List<Diagnostic> found = new ArrayList<>();
    HiddenValues hidden = HiddenValues.of(now, configuration);
    if (!Fingerprint.matches(binding.fingerprint(), hidden.values())) {
      String names = hidden.variables().stream().sorted().collect(Collectors.joining(", "));
      found.add(
          stale(
              "Something that is not shown has another value than when the plan was made.",
              "Passwords and other secrets are not kept in a plan"
                  + (names.isEmpty()
                      ? ""
                      : ": these variables must be given again, the same: " + names)
                  + ". Files and programs that secrets come from must say the same too."));
    }
    // By way of a document: what was read back has lost the types of collections.
    PlanView read = PlanReader.read(PlanDocument.of(PlanViews.of(now), List.of(), binding));
    Map<String, ResourceView> planned = changes(view);
    Map<String, ResourceView> due = changes(read);
    List<String> others =
        due.entrySet().stream()
            .filter(each -> !isAsPlanned(each.getValue(), planned.get(each.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    if (!read.outputs().stream()
        .filter(OutputView::changed)
        .allMatch(output -> view.outputs().contains(output))) {
      others.add("the outputs");
    }
    if (others.isEmpty() && !order(read, due).equals(order(view, due))) {
      others.add("the order of members");
    }
    if (!others.isEmpty()) {
      found.add(
          stale(
              "What would be done now is not what was planned: "
                  + String.join(", ", others)
                  + " would be another.",
              "Machines or files are no longer as they were."));
    }
    read.obstructed().stream()
        .filter(each -> planned.containsKey(each.id()))
        .findFirst()
        .ifPresent(each ->
            found.add(
                stale(
                    each.address()
                        + " can't be planned now: "
                        + String.join(" ", each.obstacles())
                        + ".",
                    "A saved plan is applied as a whole.")));
    return found;
  }

  private static Map<String, ResourceView> changes(PlanView plan) {
    return plan.changes().stream()
        .collect(
            Collectors.toMap(
                ResourceView::id, Function.identity(), (first, second) -> first, TreeMap::new));
  }

  private static boolean isAsPlanned(ResourceView now, @Nullable ResourceView planned) {
    return planned != null
        && now.action() == planned.action()
        && now.previousAddress().equals(planned.previousAddress())
        && now.importing().equals(planned.importing())
        && now.attributes().equals(planned.attributes())
        && now.artifacts().equals(planned.artifacts())
        && now.steps().equals(planned.steps())
        && now.effect().equals(planned.effect());
  }

  /** The turns of each group, without members that nothing is to be done with any more. */
  private static Map<String, List<List<String>>> order(
      PlanView plan, Map<String, ResourceView> due) {
    Map<String, List<List<String>>> orders = new TreeMap<>();
    for (RolloutView rollout : plan.rollouts()) {
      List<List<String>> turns = new ArrayList<>();
      for (WaveView wave : rollout.waves()) {
        Set<String> members = new HashSet<>(wave.members());
        members.retainAll(due.keySet());
        if (!members.isEmpty()) {
          turns.add(members.stream().sorted().toList());
        }
      }
      if (!turns.isEmpty()) {
        orders.put(rollout.group(), turns);
      }
    }
    return orders;
  }
}
