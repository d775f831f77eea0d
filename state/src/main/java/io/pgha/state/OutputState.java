package io.pgha.state;

import io.pgha.language.value.Value;

/**
 * An output of the root module.
 *
 * @param value its value, known and unmarked
 * @param sensitive whether it is not to be shown
 */
public record OutputState(Value value, boolean sensitive) {}
