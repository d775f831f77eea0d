/** Members of an etcd cluster. */
@NullMarked
package io.pgha.provider.etcd;

import org.jspecify.annotations.NullMarked;
