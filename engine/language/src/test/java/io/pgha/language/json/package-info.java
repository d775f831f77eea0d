@NullMarked
package io.pgha.language.json;

import org.jspecify.annotations.NullMarked;
