/**
 * Files, directories, packages and units that an instance owns on its hosts, compared in one way
 * for all.
 */
@NullMarked
package io.pgha.provider.artifact;

import org.jspecify.annotations.NullMarked;
