package io.pgha.core.configuration;

import io.pgha.core.configuration.TestFile.MockProvider;
import io.pgha.core.configuration.TestFile.MockType;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.StaticSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what tests take for what the configuration declares: mocks and overrides. */
final class Substitutions {
  /** The blocks that say so of one thing. */
  static final BodySchema BLOCKS =
      BodySchema.EMPTY.block("override_resource").block("override_data").block("override_module");

  private static final String DURING = "override_during";

  private static final BodySchema OVERRIDE =
      BodySchema.EMPTY.required("target").optional("values", DURING);

  private static final BodySchema OVERRIDE_MODULE =
      BodySchema.EMPTY.required("target").optional("outputs", DURING);

  private static final BodySchema PROVIDER =
      BodySchema.EMPTY.optional(DURING).block("mock_resource", "type").block("mock_data", "type");

  private static final BodySchema TYPE = BodySchema.EMPTY.optional("defaults", DURING);

  private final Diagnostics diagnostics;

  Substitutions(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  MockProvider provider(Block block) {
    BodyContent content = block.body().content(PROVIDER, diagnostics);
    boolean duringPlan = duringPlan(content, false);
    List<MockType> types = new ArrayList<>();
    for (Block type : content.blocks()) {
      BodyContent inner = type.body().content(TYPE, diagnostics);
      types.add(
          new MockType(
              (type.type().equals("mock_data") ? "data." : "") + type.label(0),
              inner.attribute("defaults").map(Attribute::expression),
              duringPlan(inner, duringPlan),
              type.headerRange()));
    }
    return new MockProvider(block.label(0), types, block.headerRange());
  }

  Optional<Substitution> of(Block block) {
    boolean module = block.type().equals("override_module");
    BodyContent content = block.body().content(module ? OVERRIDE_MODULE : OVERRIDE, diagnostics);
    Optional<RelativeAddress> target =
        content
            .attribute("target")
            .flatMap(written -> RelativeAddress.target(written.expression(), diagnostics));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    boolean duringPlan = duringPlan(content, false);
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
                target.get(), content.attribute("values").map(Attribute::expression), duringPlan));
  }

  private boolean duringPlan(BodyContent content, boolean otherwise) {
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
