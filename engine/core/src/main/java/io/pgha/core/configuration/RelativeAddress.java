package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An address as a block of a module has it, seen from that module: of a module or of a resource,
 * whole or of one instance.
 *
 * @param parts the modules that lead there, outermost first, then what is meant; never empty
 * @param range where it is written
 */
public record RelativeAddress(List<Part> parts, SourceRange range) {
  private static final String MODULE = "module";

  /**
   * One part of an address.
   *
   * @param name what comes before the key, such as {@code module.main} or {@code host.db}
   * @param key what stands in brackets, with them; empty where nothing does
   */
  public record Part(String name, String key) {
    /** The part with another key. */
    public Part withKey(String other) {
      return new Part(name, other);
    }

    /** Whether it leads into a module. */
    public boolean isModule() {
      return RelativeAddress.isModule(name);
    }

    /** The type of the resource that it is, or the word module. */
    public String type() {
      return name.substring(0, name.lastIndexOf('.'));
    }

    /** The part as it stands in an address. */
    @Override
    public String toString() {
      return name + key;
    }
  }

  public RelativeAddress {
    parts = List.copyOf(parts);
  }

  /** The parts of an instance's address. */
  public static List<Part> parts(InstanceAddress address) {
    return address.steps().stream()
        .map(step -> {
          int key = step.endsWith("]") ? step.indexOf('[') : step.length();
          return new Part(step.substring(0, key), step.substring(key));
        })
        .toList();
  }

  /** The address of parts that follow each other. */
  public static String text(List<Part> parts) {
    return parts.stream().map(Part::toString).collect(Collectors.joining("."));
  }

  /** What is meant, without what leads there. */
  public Part last() {
    return parts.getLast();
  }

  /** Whether it means a module, not a resource. */
  public boolean isModule() {
    return last().isModule();
  }

  /** Whether it leads into something that another address means. */
  boolean isIn(RelativeAddress other) {
    int length = other.parts().size();
    return parts.size() > length
        && parts.subList(0, length - 1).equals(other.parts().subList(0, length - 1))
        && parts.get(length - 1).name().equals(other.last().name())
        && (other.last().key().isEmpty() || parts.get(length - 1).equals(other.last()));
  }

  /** The address as one would write it. */
  @Override
  public String toString() {
    return text(parts);
  }

  /** Reads an argument that is an address; what is none is reported. */
  static Optional<RelativeAddress> of(BodyContent content, String name, Diagnostics diagnostics) {
    return content.attribute(name).flatMap(attribute -> of(attribute.expression(), diagnostics));
  }

  private static Optional<RelativeAddress> of(Expression written, Diagnostics diagnostics) {
    return of(written, false, diagnostics);
  }

  /** Reads an argument that is an address, of what is only read too; what is none is reported. */
  static Optional<RelativeAddress> target(
      BodyContent content, String name, Diagnostics diagnostics) {
    return content
        .attribute(name)
        .flatMap(attribute -> target(attribute.expression(), diagnostics));
  }

  /** Reads an address, of what is only read too; what is none is reported. */
  public static Optional<RelativeAddress> target(Expression written, Diagnostics diagnostics) {
    return of(written, true, diagnostics);
  }

  /** Reads an address of what can be made anew: no module, and nothing that is only read. */
  static Optional<RelativeAddress> managed(Expression written, Diagnostics diagnostics) {
    Optional<RelativeAddress> address = of(written, diagnostics);
    if (address.isPresent() && address.get().isModule()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-address",
              "Not an address of a resource",
              "A module is not made anew as a whole: name resources in it, such as"
                  + " module.main.host.db.",
              written.range()));
      return Optional.empty();
    }
    return address;
  }

  private static Optional<RelativeAddress> of(
      Expression written, boolean data, Diagnostics diagnostics) {
    return AddressPattern.of(written, data, diagnostics)
        .flatMap(pattern -> {
          List<Part> parts = new ArrayList<>();
          for (AddressPattern.Part part : pattern.parts()) {
            Optional<String> key = part.key().map(RelativeAddress::key).orElse(Optional.of(""));
            if (key.isEmpty()) {
              diagnostics.add(AddressPattern.notAnAddress(pattern.range()));
              return Optional.empty();
            }
            parts.add(new Part(part.name(), key.get()));
          }
          return Optional.of(new RelativeAddress(parts, pattern.range()));
        });
  }

  /** A constant key with its brackets; nothing where it can be none. */
  private static Optional<String> key(Expression key) {
    return key instanceof Expression.Literal constant ? key(constant.value()) : Optional.empty();
  }

  /** A key with its brackets; nothing where a value can be none. */
  public static Optional<String> key(Value key) {
    if (key instanceof Str(String text)) {
      return Optional.of("[" + ValueText.quote(text) + "]");
    }
    return key instanceof Num number && number.isInteger() && number.value().signum() >= 0
        ? Optional.of("[" + number.text() + "]")
        : Optional.empty();
  }

  /** Whether a part's name leads into a module. */
  static boolean isModule(String name) {
    return name.startsWith(MODULE + ".");
  }
}
