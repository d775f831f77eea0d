package io.pgha.provider.probe;

import java.util.Optional;

/**
 * An HTTP request whose answer is a part of what a command prints, see {@link
 * Probe.OfCommand#shortcut}.
 *
 * @param before what stands before the answer
 * @param url the URL, without credentials
 * @param body what is posted; empty for a GET
 * @param seconds how long the answer may take
 * @param onlySuccess whether an HTTP status from 400 on is no answer
 */
public record Fetch(
    String before, String url, Optional<String> body, int seconds, boolean onlySuccess) {}
