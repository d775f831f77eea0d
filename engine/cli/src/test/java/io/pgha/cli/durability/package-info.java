/**
 * What must hold whatever happens to a run, tried on the packaged command: kills, signals, full
 * disks, locks, damaged journals. {@code engine/cli/durability} runs it after {@code mvn package}.
 */
package io.pgha.cli.durability;
