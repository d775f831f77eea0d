/** The configuration as written: files, modules, resources, variables, before any evaluation. */
@NullMarked
package io.pgha.core.configuration;

import org.jspecify.annotations.NullMarked;
