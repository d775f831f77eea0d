package io.pgha.provider.probe;

/**
 * A probe and the host to ask.
 *
 * @param host the address of the {@code host} instance
 * @param probe the question
 */
public record PlacedProbe(String host, Probe<?> probe) {}
