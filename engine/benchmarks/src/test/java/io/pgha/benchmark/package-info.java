/** Tests of what the comparison starts from and comes to. */
package io.pgha.benchmark;
