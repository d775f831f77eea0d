package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.PassedProvider;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ObjectItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code provider} blocks, and the arguments of others that name configurations. */
final class ProviderBlocks {
  private static final List<String> RESERVED_ARGUMENTS = List.of("count", "depends_on", "source");
  private static final List<String> RESERVED_BLOCKS = List.of("lifecycle", "locals");

  private static final BodySchema BLOCK =
      BodySchema.EMPTY
          .optional("alias", "for_each", "version", "count", "depends_on", "source")
          .block("lifecycle")
          .block("locals");

  private final List<ProviderBlock> blocks = new ArrayList<>();
  private final Diagnostics diagnostics;

  ProviderBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  List<ProviderBlock> all() {
    return List.copyOf(blocks);
  }

  /** Reads a {@code provider} block. */
  void add(Block block) {
    Body.Partial partial = block.body().partialContent(BLOCK, diagnostics);
    BodyContent content = partial.content();
    refuseReserved(content);
    partial
        .remaining()
        .justAttributes(diagnostics)
        .values()
        .forEach(argument ->
            error(
                "unknown-argument",
                "Unsupported argument",
                "The provider \""
                    + block.label(0)
                    + "\" takes no arguments: which machines there are, and how they are reached, is"
                    + " said by resources.",
                argument.nameRange()));
    content
        .attribute("version")
        .ifPresent(version ->
            diagnostics.add(
                Diagnostic.warning(
                        "deprecated-version",
                        "Version constraints inside provider configuration blocks are deprecated",
                        "Providers are part of pgha: required_version in the pgha block says which"
                            + " version is needed. Take this one away.")
                    .at(version.range())));
    Block.Label name = block.labels().getFirst();
    if (!name.isIdentifier()) {
      error(
          "invalid-name",
          "Invalid provider local name",
          "\"" + name.text() + "\" can't be what a provider is called: it is no name.",
          name.range());
      return;
    }
    Optional<String> alias = alias(content, diagnostics);
    Optional<Attribute> forEach = content.attribute("for_each");
    if (forEach.isPresent() && content.attribute("alias").isEmpty()) {
      error(
          "missing-alias",
          "Alias required when using \"for_each\"",
          "Only a configuration with an alias can be repeated, since the default one is what is"
              + " taken where none is named.",
          forEach.get().nameRange());
      return;
    }
    alias.ifPresent(text ->
        blocks.add(
            new ProviderBlock(
                name.text(),
                text,
                forEach.map(Attribute::expression),
                name.range(),
                block.headerRange())));
  }

  private void refuseReserved(BodyContent content) {
    for (String name : RESERVED_ARGUMENTS) {
      content
          .attribute(name)
          .ifPresent(argument ->
              error(
                  "reserved-name",
                  "Reserved argument name in provider block",
                  "The provider argument name \"" + name + "\" is reserved for later use.",
                  argument.nameRange()));
    }
    for (String type : RESERVED_BLOCKS) {
      for (Block reserved : content.blocksOf(type)) {
        error(
            "reserved-name",
            "Reserved block type name in provider block",
            "The block type name \"" + type + "\" is reserved for later use.",
            reserved.typeRange());
      }
    }
  }

  /** The alias, an empty text where none is given; nothing where it can be none. */
  static Optional<String> alias(BodyContent content, Diagnostics diagnostics) {
    Optional<Attribute> attribute = content.attribute("alias");
    if (attribute.isEmpty()) {
      return Optional.of("");
    }
    Optional<String> text = Meta.text(attribute.get().expression());
    if (text.isEmpty()) {
      Meta.text(content, "alias", diagnostics);
      return Optional.empty();
    }
    return Names.check(
            text.get(),
            attribute.get().expression().range(),
            "provider configuration alias",
            diagnostics)
        ? text
        : Optional.empty();
  }

  /** The configuration that a {@code provider} argument names; what is none is reported. */
  static Optional<ProviderReference> chosen(BodyContent content, Diagnostics diagnostics) {
    Optional<Attribute> written = content.attribute("provider");
    return written.isEmpty()
        ? Optional.empty()
        : ProviderReference.of(written.get().expression(), "provider", diagnostics);
  }

  /** What the {@code providers} argument of a module call passes; what is wrong is reported. */
  static List<PassedProvider> passed(BodyContent content, Diagnostics diagnostics) {
    Optional<Attribute> written = content.attribute("providers");
    if (written.isEmpty()) {
      return List.of();
    }
    if (!(written.get().expression() instanceof ObjectConstructor object)) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-providers",
              "Invalid providers argument",
              "It is an object: what the module calls a configuration, and which one of here it is,"
                  + " as in { host.old = host.west }.",
              written.get().expression().range()));
      return List.of();
    }
    Map<String, PassedProvider> passed = new LinkedHashMap<>();
    for (ObjectItem item : object.items()) {
      Optional<ProviderReference> inner =
          ProviderReference.ofKey(item.key(), "providers", diagnostics);
      Optional<ProviderReference> outer =
          ProviderReference.of(item.value(), "providers", diagnostics);
      if (inner.isPresent() && outer.isPresent()) {
        add(passed, new PassedProvider(inner.get(), outer.get()), diagnostics);
      }
    }
    return List.copyOf(passed.values());
  }

  private static void add(
      Map<String, PassedProvider> all, PassedProvider passed, Diagnostics diagnostics) {
    ProviderReference inner = passed.inner();
    if (inner.key().isPresent()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-provider-reference",
              "Invalid provider configuration reference",
              "A module is passed a configuration as " + inner + ", without a key.",
              inner.range()));
      return;
    }
    PassedProvider other = all.putIfAbsent(inner.toString(), passed);
    if (other != null) {
      diagnostics.add(
          Diagnostic.error(
              "duplicate-provider",
              "Duplicate provider address",
              "The module was passed "
                  + inner
                  + " at "
                  + other.inner().range()
                  + " already. Each of its configurations is given once.",
              inner.range()));
    }
  }

  private void error(String code, String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error(code, summary, detail, range));
  }
}
