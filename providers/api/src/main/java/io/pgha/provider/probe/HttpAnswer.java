package io.pgha.provider.probe;

/**
 * An HTTP server's answer.
 *
 * @param status such as 200 or 503
 * @param body the body as text
 */
public record HttpAnswer(int status, String body) {}
