package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.SourcePaths;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what providers find at its place in the source. */
public final class Findings {
  private Findings() {}

  /** A finding about an instance at the line that its path was written on, else at its block. */
  public static Diagnostic placed(Diagnostic finding, ResourceInstance instance) {
    return SourcePaths.placed(
        finding.about(instance.address()), instance.arguments(), instance.range());
  }

  /** A finding that names its instance by address. */
  static Diagnostic placed(Diagnostic finding, Map<String, ResourceInstance> configured) {
    return finding
        .address()
        .map(configured::get)
        .map(instance -> placed(finding, instance))
        .orElse(finding);
  }

  /** References that name no instance of the type that is needed. */
  static List<Diagnostic> references(
      Instance instance, ResourceInstance configured, InstanceIndex index, Schema schema) {
    List<Diagnostic> findings = new ArrayList<>();
    for (io.pgha.provider.schema.Attribute attribute : schema.attributes()) {
      if (attribute.reference().isEmpty()) {
        continue;
      }
      String wanted = attribute.reference().get();
      AttributePath path = AttributePath.of(attribute.name());
      Value value = instance.values().get(attribute.name());
      if (value instanceof Str(String target)) {
        check(target, wanted, path, configured, index).ifPresent(findings::add);
      }
      List<Value> elements = Values.elements(value);
      for (int i = 0; i < elements.size(); i++) {
        if (elements.get(i).unmarked() instanceof Str(String target)) {
          check(target, wanted, path.index(i), configured, index).ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  private static Optional<Diagnostic> check(
      String target,
      String wanted,
      AttributePath path,
      ResourceInstance configured,
      InstanceIndex index) {
    Optional<Instance> found = index.get(target);
    if (found.filter(instance -> instance.type().equals(wanted)).isPresent()) {
      return Optional.empty();
    }
    String problem =
        found
            .map(instance -> "is a " + instance.type() + ", not a " + wanted)
            .orElse("is no resource instance of this configuration");
    return Optional.of(
        placed(
            Diagnostic.error(
                    "invalid-reference",
                    "Not a reference to a " + wanted,
                    "\""
                        + target
                        + "\" "
                        + problem
                        + ". Write the id of one, such as "
                        + wanted
                        + ".NAME.id.")
                .of(path),
            configured));
  }

  /** The error for a destruction that the lifecycle forbids. */
  static List<Diagnostic> prevented(String address, Module.Resource declared) {
    if (!declared.lifecycle().preventDestroy()) {
      return List.of();
    }
    return List.of(
        Diagnostic.error(
                "prevent-destroy",
                "Instance cannot be destroyed",
                address
                    + " has lifecycle.prevent_destroy, but the plan calls for it to be destroyed."
                    + " Take prevent_destroy away, or leave the instance out of the plan with"
                    + " -target.",
                declared.range())
            .about(address));
  }

  /** What is wrong with an instance: of what only a check block reads, it stops nothing. */
  public static Diagnostic weighed(Diagnostic found, PlannedInstance instance, Module module) {
    boolean checked =
        TypeRegistry.isData(instance.type())
            && module
                .declaring(InstanceAddress.parse(instance.address()))
                .filter(Module.Resource::checked)
                .isPresent();
    return checked ? found.asWarning() : found;
  }

  /** Says that the secrets of an instance are not known, so that it can't be compared. */
  static Diagnostic untold(String address) {
    return Diagnostic.warning(
            "configuration-untold",
            "Can't compare " + address,
            "State keeps none of its secrets, and whether configuration still has it is decided by"
                + " something that is not known. State stays as it is.")
        .about(address);
  }

  /** Says that those who would know of an instance are silent. */
  public static Diagnostic nobodyKnows(String address) {
    return Diagnostic.error(
            "nobody-knows",
            "Can't tell how " + address + " is",
            "Nobody who knows answers, so state stays as it is. Look at what it is part of, then try"
                + " again.")
        .about(address);
  }
}
