package io.pgha.provider.change;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;

/**
 * A difference in one attribute.
 *
 * @param path where
 * @param before the live value; a null where there is none
 * @param after the desired value, perhaps unknown; a null where it goes
 * @param secret whether neither may be shown
 * @param reason why it differs or what its change takes, such as {@code changed outside pgha} or
 *     {@code needs a restart}; may be empty
 * @param forcesReplacement whether the instance must be made anew for it
 */
public record AttributeChange(
    AttributePath path,
    Value before,
    Value after,
    boolean secret,
    String reason,
    boolean forcesReplacement) {}
