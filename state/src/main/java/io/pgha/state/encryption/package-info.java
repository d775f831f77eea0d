/** Encryption of what is kept: how bytes are made unreadable for others, and with which key. */
@NullMarked
package io.pgha.state.encryption;

import org.jspecify.annotations.NullMarked;
