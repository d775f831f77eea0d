package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Removal;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import java.util.ArrayList;
import java.util.List;

/** Collects the {@code removed} blocks of one module. */
final class RemovedBlocks {
  private static final BodySchema BLOCK = BodySchema.EMPTY.required("from").block("lifecycle");
  private static final BodySchema LIFECYCLE = BodySchema.EMPTY.optional("destroy");

  private final List<Removal> all = new ArrayList<>();
  private final Diagnostics diagnostics;

  RemovedBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(Block block) {
    BodyContent content = block.body().content(BLOCK, diagnostics);
    boolean destroy = true;
    List<Block> lifecycles = content.blocksOf("lifecycle");
    if (lifecycles.size() > 1) {
      diagnostics.add(Meta.duplicateLifecycle("removed block", lifecycles.get(1)));
    }
    if (!lifecycles.isEmpty()) {
      BodyContent lifecycle = lifecycles.getFirst().body().content(LIFECYCLE, diagnostics);
      destroy = Meta.flag(lifecycle, "destroy", true, diagnostics);
    }
    RelativeAddress from = RelativeAddress.of(content, "from", diagnostics).orElse(null);
    if (from == null) {
      return;
    }
    if (from.parts().stream().map(Part::key).anyMatch(key -> !key.isEmpty())) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-removal",
              "A key in a removed block",
              "A removed block is about all instances of a resource or module: give it without keys."
                  + " A single instance is forgotten by pgha state rm.",
              from.range()));
      return;
    }
    all.add(new Removal(from, destroy, block.headerRange()));
  }

  List<Removal> all() {
    return List.copyOf(all);
  }
}
