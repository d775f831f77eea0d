package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.SourceRange;
import java.util.Optional;

/**
 * An instance that an {@code import} block names.
 *
 * @param address its address
 * @param id what it is called by where it is, an empty text where the block does not say; empty
 *     while it is not known
 * @param range where the address is written
 * @param blockRange the header of the block
 */
public record ImportedInstance(
    String address, Optional<String> id, SourceRange range, SourceRange blockRange) {}
