/** The pgha command: subcommands, renderers and the distribution. */
@NullMarked
package io.pgha.cli;

import org.jspecify.annotations.NullMarked;
