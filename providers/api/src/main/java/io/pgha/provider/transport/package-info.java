/** How machines are reached: implemented by a transport such as SSH, used by the engine only. */
@NullMarked
package io.pgha.provider.transport;

import org.jspecify.annotations.NullMarked;
