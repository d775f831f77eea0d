package io.pgha.state;

import io.pgha.language.value.ObjectValue;

/**
 * How a host was last reached, so that what has left the configuration can still be destroyed.
 *
 * @param connection the connection arguments without keys and passwords
 * @param machineId the machine's own id; empty where it is not known
 */
public record HostState(ObjectValue connection, String machineId) {}
