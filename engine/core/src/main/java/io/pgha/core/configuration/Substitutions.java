package io.pgha.core.configuration;

import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.StaticSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads what tests take for what the configuration declares. */
final class Substitutions {
  /** The blocks that say so of one thing. */
  static final BodySchema BLOCKS =
      BodySchema.EMPTY.block("override_resource").block("override_data").block("override_module");

  static final String DURING = "override_during";

  private static final BodySchema OVERRIDE =
      BodySchema.EMPTY.required("target").optional("values", DURING);

  private static final BodySchema OVERRIDE_MODULE =
      BodySchema.EMPTY.required("target").optional("outputs", DURING);

  /** What each thing is taken for, by what one would write to mean it. */
  private final SequencedMap<String, Substitution> all = new LinkedHashMap<>();

  private final boolean duringPlan;
  private final Diagnostics diagnostics;

  /**
   * Reads blocks that stand together.
   *
   * @param duringPlan whether what is said is known when it is planned, where a block says nothing
   */
  Substitutions(boolean duringPlan, Diagnostics diagnostics) {
    this.duringPlan = duringPlan;
    this.diagnostics = diagnostics;
  }

  List<Substitution> all() {
    return List.copyOf(all.values());
  }

  /** The same where no block is one of a module. */
  List<Substitution.OfResource> ofResources() {
    return all.values().stream()
        .filter(Substitution.OfResource.class::isInstance)
        .map(Substitution.OfResource.class::cast)
        .toList();
  }

  /** Reads a block; what is wrong in it is reported. */
  void add(Block block) {
    Optional<Substitution> read = of(block);
    if (read.isEmpty()) {
      return;
    }
    String target = read.get().target().toString();
    Substitution other = all.putIfAbsent(target, read.get());
    if (other != null) {
      diagnostics.add(
          Diagnostic.error(
              "duplicate-block",
              "Duplicate " + block.type() + " block",
              target
                  + " is the target of another one already, at "
                  + other.target().range()
                  + ". Say in one of them all that is to be said of it.",
              read.get().target().range()));
    }
  }

  private Optional<Substitution> of(Block block) {
    boolean module = block.type().equals("override_module");
    BodyContent content = block.body().content(module ? OVERRIDE_MODULE : OVERRIDE, diagnostics);
    Optional<RelativeAddress> target =
        content
            .attribute("target")
            .flatMap(written -> RelativeAddress.target(written.expression(), diagnostics));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    boolean early = duringPlan(content, duringPlan, diagnostics);
    boolean data = target.get().last().name().startsWith("data.");
    boolean fits =
        switch (block.type()) {
          case "override_module" ->
              target.get().isModule()
                  && target.get().parts().stream().allMatch(part -> part.key().isEmpty());
          case "override_data" -> data;
          default -> !data && !target.get().isModule();
        };
    if (!fits) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-target",
              "Not a target of " + block.type(),
              switch (block.type()) {
                case "override_module" ->
                    "The target is a module without keys: override_module is about all its"
                        + " instances.";
                case "override_data" ->
                    "The target is what is only read, such as data.host_file.motd.";
                default -> "The target is a resource or one instance of it, such as host.db.";
              },
              target.get().range()));
      return Optional.empty();
    }
    return Optional.of(
        module
            ? new Substitution.OfModule(
                target.get(), content.attribute("outputs").map(Attribute::expression))
            : new Substitution.OfResource(
                target.get(), content.attribute("values").map(Attribute::expression), early));
  }

  /** Whether what is said is known when it is planned. */
  static boolean duringPlan(BodyContent content, boolean otherwise, Diagnostics diagnostics) {
    Optional<Expression> written = content.attribute(DURING).map(Attribute::expression);
    if (written.isEmpty()) {
      return otherwise;
    }
    Optional<String> word = StaticSyntax.keyword(written.get());
    if (word.filter(each -> each.equals("plan") || each.equals("apply")).isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "keyword-needed",
              "Invalid " + DURING,
              "\"" + DURING + "\" is plan or apply, without quotes.",
              written.get().range()));
    }
    return word.filter("plan"::equals).isPresent();
  }
}
