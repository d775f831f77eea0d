package io.pgha.core.configuration;

import io.pgha.core.configuration.TestFile.MockProvider;
import io.pgha.core.configuration.TestFile.MockType;
import io.pgha.core.configuration.TestFile.Said;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads {@code mock_provider} blocks, and the folders of mocks that they name. */
final class MockProviderBlocks {
  /** What a file of mocks holds: any provider may take it for its own. */
  private static final BodySchema FILE =
      BodySchema.EMPTY
          .block("mock_resource", "type")
          .block("mock_data", "type")
          .block("override_resource")
          .block("override_data");

  private static final BodySchema PROVIDER = FILE.optional("alias", "source", Substitutions.DURING);

  private static final BodySchema TYPE =
      BodySchema.EMPTY.optional("defaults", Substitutions.DURING);

  private final Path root;
  private final ConfigurationLoader files;
  private final Diagnostics diagnostics;

  /** The blocks of folders that were read: several providers may share one. */
  private final Map<Path, List<Block>> folders = new HashMap<>();

  MockProviderBlocks(Path root, ConfigurationLoader files, Diagnostics diagnostics) {
    this.root = root;
    this.files = files;
    this.diagnostics = diagnostics;
  }

  /** Reads a block; nothing where it can't be told which configuration it stands for. */
  Optional<MockProvider> read(Block block) {
    BodyContent content = block.body().content(PROVIDER, diagnostics);
    boolean duringPlan = Substitutions.duringPlan(content, false, diagnostics);
    Said own = said(content.blocks(), duringPlan);
    Said shared = said(shared(content), duringPlan);
    return ProviderBlocks.alias(content, diagnostics)
        .map(alias -> new MockProvider(block.label(0), alias, own, shared, block.headerRange()));
  }

  private Said said(List<Block> blocks, boolean duringPlan) {
    SequencedMap<String, MockType> types = new LinkedHashMap<>();
    Substitutions overrides = new Substitutions(duringPlan, diagnostics);
    for (Block block : blocks) {
      if (block.type().startsWith("override_")) {
        overrides.add(block);
        continue;
      }
      MockType type = type(block, duringPlan);
      MockType other = types.putIfAbsent(type.type(), type);
      if (other != null) {
        diagnostics.add(
            Diagnostic.error(
                "duplicate-block",
                "Duplicate " + block.type() + " block",
                "\""
                    + block.label(0)
                    + "\" is mocked at "
                    + other.range()
                    + " already. Say there all that is to be said of it.",
                block.headerRange()));
      }
    }
    return new Said(List.copyOf(types.values()), overrides.ofResources());
  }

  private MockType type(Block block, boolean duringPlan) {
    BodyContent content = block.body().content(TYPE, diagnostics);
    return new MockType(
        (block.type().equals("mock_data") ? "data." : "") + block.label(0),
        content.attribute("defaults").map(Attribute::expression),
        Substitutions.duringPlan(content, duringPlan, diagnostics),
        block.headerRange());
  }

  /** The blocks of the files in the folder that a block names, seen from the configuration's. */
  private List<Block> shared(BodyContent content) {
    String source = Meta.text(content, "source", diagnostics);
    if (source.isEmpty()) {
      return List.of();
    }
    SourceRange range = content.attribute("source").orElseThrow().expression().range();
    Path folder = root.resolve(source).normalize();
    if (!Files.isDirectory(folder)) {
      diagnostics.add(
          Diagnostic.error(
              "no-mocks",
              "Folder of mocks not found",
              "There is no folder \"" + source + "\", seen from the configuration's folder.",
              range));
      return List.of();
    }
    List<Block> known = folders.get(folder);
    if (known == null) {
      known = blocks(folder, source, range);
      folders.put(folder, known);
    }
    return known;
  }

  private List<Block> blocks(Path folder, String source, SourceRange range) {
    List<Path> found = ConfigurationFiles.ending(folder, ".pghamock", diagnostics);
    if (found.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "no-mocks",
              "Folder without mocks",
              "\""
                  + source
                  + "\" holds no file that ends in .pghamock.hcl or .pghamock.json. What Terraform"
                  + " calls .tfmock.hcl is called so here.",
              range));
    }
    List<Block> blocks = new ArrayList<>();
    for (Path file : found) {
      files.parse(file).ifPresent(body -> blocks.addAll(body.content(FILE, diagnostics).blocks()));
    }
    return blocks;
  }
}
