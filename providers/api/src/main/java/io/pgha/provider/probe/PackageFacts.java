package io.pgha.provider.probe;

/**
 * An installed Debian package.
 *
 * @param version the installed version
 * @param held whether it is on hold
 */
public record PackageFacts(String version, boolean held) {}
