package io.pgha.core.evaluation;

import io.pgha.core.configuration.AddressPattern;
import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates {@code import} blocks to the instances that they name. */
final class ImportedInstances {
  private final Expressions expressions;
  private final ModuleInstance root;
  private final Cell.Stack stack;
  private final Diagnostics diagnostics;
  private final List<Cell<Found>> blocks;

  /**
   * What a block names.
   *
   * @param untold the error that it is where it never becomes known what else it names
   */
  private record Found(
      Module.Import block, List<ImportedInstance> instances, Optional<Diagnostic> untold) {}

  ImportedInstances(
      Expressions expressions, ModuleInstance root, Cell.Stack stack, Diagnostics diagnostics) {
    this.expressions = expressions;
    this.root = root;
    this.stack = stack;
    this.diagnostics = diagnostics;
    this.blocks = root.module().imports().stream().map(this::cell).toList();
  }

  private Cell<Found> cell(Module.Import block) {
    return new Cell<>(
        stem(block),
        Optional.empty(),
        () -> found(block),
        () -> new Found(block, List.of(), Optional.empty()));
  }

  /** What the addresses of all that a block may name begin with. */
  private static String stem(Module.Import block) {
    StringBuilder stem = new StringBuilder();
    for (AddressPattern.Part part : block.to().parts()) {
      stem.append(stem.isEmpty() ? "" : ".").append(part.name());
      if (part.key().isPresent()) {
        break;
      }
    }
    return stem.toString();
  }

  private Found found(Cell<Found> cell) {
    return cell.get(stack, Optional.empty(), diagnostics::add);
  }

  /** All that is known to be named. */
  List<ImportedInstance> all() {
    Map<String, ImportedInstance> all = new TreeMap<>();
    for (Cell<Found> cell : blocks) {
      Found found = found(cell);
      found.instances().forEach(instance -> add(all, instance, found.block()));
    }
    return List.copyOf(all.values());
  }

  /** The blocks of which it can't be told yet what they name. */
  List<Deferral> deferrals() {
    return blocks.stream()
        .flatMap(cell -> found(cell).untold().stream().map(why -> Deferral.ofImport(cell, why)))
        .toList();
  }

  private Found found(Module.Import block) {
    List<ImportedInstance> instances = new ArrayList<>();
    List<Diagnostic> untold = new ArrayList<>();
    Expansion expansion = expressions.expand(block, root);
    if (expansion instanceof Expansion.Deferred(Diagnostic why)) {
      untold.add(why);
    }
    expansion
        .keys()
        .forEach((key, each) ->
            instance(block, new Repetition(key, each), untold).ifPresent(instances::add));
    return new Found(block, List.copyOf(instances), untold.stream().findFirst());
  }

  private void add(
      Map<String, ImportedInstance> all, ImportedInstance instance, Module.Import block) {
    ImportedInstance other = all.putIfAbsent(instance.address(), instance);
    if (other != null) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-import",
              instance.address() + " is imported twice",
              other.range().equals(instance.range())
                  ? "Each element of for_each must name another instance: use each.key or"
                      + " each.value in the key of \"to\"."
                  : "The block at %s is about it too. Keep one of them."
                      .formatted(other.blockRange()),
              block.range()));
    }
  }

  private Optional<ImportedInstance> instance(
      Module.Import block, Repetition repetition, List<Diagnostic> untold) {
    List<RelativeAddress.Part> parts = new ArrayList<>();
    for (AddressPattern.Part part : block.to().parts()) {
      Optional<String> key =
          part.key().isEmpty() ? Optional.of("") : key(part.key().get(), repetition, untold);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      parts.add(new RelativeAddress.Part(part.name(), key.get()));
    }
    Optional<Optional<String>> id = id(block, repetition);
    return id.map(text ->
        new ImportedInstance(
            RelativeAddress.text(parts),
            text,
            identity(block, repetition),
            block.to().range(),
            block.range()));
  }

  /** The arguments that tell where it is; what is not known or may not be shown is reported. */
  private SortedMap<String, Value> identity(Module.Import block, Repetition repetition) {
    SortedMap<String, Value> identity = new TreeMap<>();
    if (block.identity().isEmpty()) {
      return identity;
    }
    Expression written = block.identity().get();
    if (expressions.evaluate(written, root, repetition) instanceof ObjectValue object) {
      object
          .attributes()
          .forEach((name, value) -> {
            if (!value.isKnown() || !value.marks().isEmpty()) {
              invalidIdentity("\"%s\" is not known yet, or sensitive.".formatted(name), written);
            } else if (!value.isNull()) {
              identity.put(name, value);
            }
          });
    } else {
      invalidIdentity("It is an object of arguments, such as { host = host.db.id }.", written);
    }
    return identity;
  }

  private void invalidIdentity(String detail, Expression written) {
    diagnostics.add(
        Diagnostic.error(
            "invalid-import", "Invalid identity of an import block", detail, written.range()));
  }

  /**
   * A key with its brackets; empty where it is not known yet, or can be none, which is reported.
   */
  private Optional<String> key(Expression key, Repetition repetition, List<Diagnostic> untold) {
    Value value = expressions.evaluate(key, root, repetition);
    if (!value.marks().isEmpty()) {
      diagnostics.add(
          invalidKey(
              "It is sensitive or ephemeral, but it would be shown in the address.", key.range()));
      return Optional.empty();
    }
    if (!value.isKnown()) {
      untold.add(
          invalidKey(
              "It is known only after apply, so it can't be told which instance is meant.",
              key.range()));
      return Optional.empty();
    }
    Optional<String> text = RelativeAddress.key(value);
    if (text.isEmpty()) {
      diagnostics.add(
          invalidKey("A key of an address is a string, or a whole number from 0.", key.range()));
    }
    return text;
  }

  private static Diagnostic invalidKey(String detail, SourceRange range) {
    return Diagnostic.error("invalid-import", "Invalid key", detail, range);
  }

  /**
   * What it is called by: an empty text where nothing is said, nothing within where it is not known
   * yet, and nothing at all where it can be none, which is reported.
   */
  private Optional<Optional<String>> id(Module.Import block, Repetition repetition) {
    if (block.id().isEmpty()) {
      return Optional.of(Optional.of(""));
    }
    Expression written = block.id().get();
    Value value = expressions.evaluate(written, root, repetition);
    if (!value.isKnown()) {
      return Optional.of(Optional.empty());
    }
    Value text;
    try {
      text = Conversion.convert(value.unmarked(), Type.STRING);
    } catch (ConversionException e) {
      return invalidId("It must be a string: " + e.getMessage() + ".", written);
    }
    if (!value.marks().isEmpty()) {
      return invalidId("It is sensitive, but it would be shown.", written);
    }
    return text instanceof Str(String id) && !id.isEmpty()
        ? Optional.of(Optional.of(id))
        : invalidId("It is %s.".formatted(text.isNull() ? "null" : "empty"), written);
  }

  private Optional<Optional<String>> invalidId(String detail, Expression written) {
    diagnostics.add(
        Diagnostic.error(
            "invalid-import", "Invalid id of an import block", detail, written.range()));
    return Optional.empty();
  }
}
