/** HCL's JSON form: a JSON reader that keeps positions, and bodies over what it read. */
@NullMarked
package io.pgha.language.json;

import org.jspecify.annotations.NullMarked;
