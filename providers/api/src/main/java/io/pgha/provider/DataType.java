package io.pgha.provider;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import java.util.List;

/**
 * A data source type: a schema, and how the answers to its questions are read. Nothing of it is
 * ever made or changed, and state keeps nothing of it.
 *
 * <p>The engine reads it when a plan is made. Where an argument is not known by then, or something
 * that it needs is to be changed, it is read when that is done.
 */
public interface DataType {
  /** The name that configuration uses, such as {@code host_file}. */
  String name();

  /** The arguments, and what is read as computed attributes. */
  Schema schema();

  /** What is wrong with the arguments; values may be unknown. */
  default List<Diagnostic> validate(Instance instance) {
    return List.of();
  }

  /** The questions, and the hosts to ask; called only with arguments that are known. */
  List<PlacedProbe> probes(Instance instance);

  /** What the answers say. */
  Reading read(Instance instance, ProbeResults results);

  /** The types that it follows, as {@link ResourceType#follows} says. */
  default List<String> follows() {
    return List.of();
  }

  /** What came of reading. */
  sealed interface Reading {
    /**
     * It was read.
     *
     * @param attributes the computed attributes
     */
    record Found(ObjectValue attributes) implements Reading {}

    /**
     * It can't be read, and what refers to it can't be planned.
     *
     * @param why what is wrong and what to do, an error
     */
    record Failed(Diagnostic why) implements Reading {}
  }
}
