package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Import;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import java.util.ArrayList;
import java.util.List;

/** Collects the {@code import} blocks of the root module. */
final class ImportBlocks {
  private static final BodySchema BLOCK =
      BodySchema.EMPTY.required("to").optional("id", "identity", "for_each", "provider");

  private final List<Import> all = new ArrayList<>();
  private final Diagnostics diagnostics;

  ImportBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(Block block, boolean root) {
    if (!root) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-import",
              "An import block in a module",
              "Only the root module has import blocks. From there, module.name.type.name leads into a"
                  + " module.",
              block.headerRange()));
      return;
    }
    BodyContent content = block.body().content(BLOCK, diagnostics);
    AddressPattern to = AddressPattern.of(content, "to", diagnostics).orElse(null);
    if (to == null) {
      return;
    }
    if (to.isModule()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-import",
              "A module can't be imported",
              "Import each of its instances: module.name.type.name.",
              to.range()));
      return;
    }
    all.add(
        new Import(
            to,
            content.attribute("id").map(Attribute::expression),
            content.attribute("identity").map(Attribute::expression),
            Meta.repetition(content, diagnostics),
            ProviderBlocks.chosen(content, diagnostics),
            block.headerRange()));
  }

  List<Import> all() {
    return List.copyOf(all);
  }
}
