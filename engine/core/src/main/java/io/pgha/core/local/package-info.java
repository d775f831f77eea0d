/** Files and programs of the machine that pgha itself runs on. */
@NullMarked
package io.pgha.core.local;

import org.jspecify.annotations.NullMarked;
