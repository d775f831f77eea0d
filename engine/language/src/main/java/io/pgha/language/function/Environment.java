package io.pgha.language.function;

import java.time.Instant;
import java.util.Optional;

/**
 * What evaluation knows of the world.
 *
 * @param files the files that file functions read
 * @param planTime when the plan was made; absent leaves {@code plantimestamp()} unknown
 * @param now the present; absent (validate, plan) leaves {@code timestamp()}, {@code uuid()} and
 *     {@code bcrypt()} unknown
 */
public record Environment(FileSource files, Optional<Instant> planTime, Optional<Instant> now) {}
