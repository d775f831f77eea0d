package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance that an {@code import} block names.
 *
 * @param address its address
 * @param id what it is called by where it is, an empty text where the block does not say; empty
 *     while it is not known
 * @param identity the arguments that tell where it is, by name; empty where the block does not say
 * @param range where the address is written
 * @param blockRange the header of the block
 */
public record ImportedInstance(
    String address,
    Optional<String> id,
    SortedMap<String, Value> identity,
    SourceRange range,
    SourceRange blockRange) {
  public ImportedInstance {
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
  }
}
