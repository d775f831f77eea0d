/** State in local files: the JSON format, the journal, the lock, and the backend made of them. */
@NullMarked
package io.pgha.state.file;

import org.jspecify.annotations.NullMarked;
