package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodySchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lays the blocks of a module's override files over those of its other files. */
final class OverrideFiles {
  /** What stands for itself, and is no declaration that another could lay something over. */
  private static final Set<String> ALONE = Set.of("moved", "import", "removed", "check");

  private static final String PROVIDER = "provider";
  private static final BodySchema SETTINGS =
      BodySchema.EMPTY.block("required_providers").block("backend", "type").block("encryption");
  private static final BodySchema ALIAS = BodySchema.EMPTY.optional("alias");

  private final List<Block> blocks;
  private final Map<String, Integer> places = new HashMap<>();
  private final SequencedMap<String, Attribute> locals = new LinkedHashMap<>();
  private final Diagnostics diagnostics;

  /**
   * Takes the blocks of the other files.
   *
   * @param blocks in the order of the files
   */
  OverrideFiles(List<Block> blocks, Diagnostics diagnostics) {
    this.blocks = new ArrayList<>(blocks);
    this.diagnostics = diagnostics;
    for (int index = 0; index < blocks.size(); index++) {
      places.putIfAbsent(name(blocks.get(index)), index);
    }
  }

  /** All blocks, with what was laid over them. */
  List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** The local values that replace those of the same names. */
  SequencedMap<String, Attribute> locals() {
    return locals;
  }

  /** Lays a block of an override file over what it names. */
  void add(Block block) {
    switch (block.type()) {
      case "locals" -> locals.putAll(block.body().justAttributes(diagnostics));
      case "pgha", "terraform" -> settings(block);
      default -> declaration(block);
    }
  }

  private void declaration(Block block) {
    Integer place = places.get(name(block));
    if (ALONE.contains(block.type())) {
      refuse(
          "A " + block.type() + " block in an override file",
          "It stands for itself and overrides nothing: move it to another file.",
          block.headerRange());
    } else if (place == null && block.type().equals(PROVIDER) && alias(block).isEmpty()) {
      // Where there is no such block, the provider has its default configuration all the same.
      blocks.add(block);
    } else if (place == null) {
      missing(name(block), block.headerRange());
    } else {
      blocks.set(place, OverriddenBody.of(blocks.get(place), block));
    }
  }

  private void settings(Block block) {
    Integer place = alike(block).orElse(places.get(name(block)));
    if (place == null) {
      blocks.add(block);
    } else {
      blocks.set(place, OverriddenBody.of(blocks.get(place), block));
    }
  }

  /** Of several blocks of settings, the one that has what an override is laid over. */
  private Optional<Integer> alike(Block over) {
    Set<String> kinds = settingKinds(over);
    return IntStream.range(0, blocks.size())
        .filter(index ->
            name(blocks.get(index)).equals(name(over))
                && !Collections.disjoint(settingKinds(blocks.get(index)), kinds))
        .boxed()
        .findFirst();
  }

  private static Set<String> settingKinds(Block settings) {
    return settings.body().partialContent(SETTINGS, new Diagnostics()).content().blocks().stream()
        .map(Block::type)
        .collect(Collectors.toSet());
  }

  /** Reports that what is to be overridden is not there. */
  void missing(String what, SourceRange range) {
    refuse(
        "Nothing to override: " + what,
        "An override file changes what another file of this folder declares, and none declares"
            + " this. Declare it there, or correct the name.",
        range);
  }

  private void refuse(String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error("invalid-override", summary, detail, range));
  }

  /**
   * As one refers to it; all blocks without labels of a type have the same, and {@code terraform}
   * is but another word for {@code pgha}. Configurations of a provider differ in their alias.
   */
  private static String name(Block block) {
    StringBuilder name =
        new StringBuilder(block.type().equals("terraform") ? "pgha" : block.type());
    block.labels().forEach(label -> name.append(' ').append(label.text()));
    if (block.type().equals(PROVIDER)) {
      alias(block).ifPresent(alias -> name.append('.').append(alias));
    }
    return name.toString();
  }

  /** What is wrong with it is reported where the block is read. */
  private static Optional<String> alias(Block provider) {
    return provider
        .body()
        .partialContent(ALIAS, new Diagnostics())
        .content()
        .attribute("alias")
        .flatMap(alias -> Meta.text(alias.expression()));
  }
}
