package io.pgha.provider.probe;

import java.util.List;

/**
 * Facts of a machine.
 *
 * @param machineId the content of /etc/machine-id
 * @param hostName the kernel's host name
 * @param osId such as debian or ubuntu
 * @param osVersion such as 13 or 24.04
 * @param osCodename such as trixie
 * @param kernel the kernel's release
 * @param architecture Debian's name, such as amd64
 * @param processors online processors
 * @param memoryBytes physical memory
 * @param addresses its addresses as {@code interface address/prefix}, loopback left out
 * @param clockOffsetMillis the machine's clock minus the operator's, as far as the time of the
 *     answer proves it
 * @param bootId changes at every boot
 */
public record MachineFacts(
    String machineId,
    String hostName,
    String osId,
    String osVersion,
    String osCodename,
    String kernel,
    String architecture,
    int processors,
    long memoryBytes,
    List<String> addresses,
    long clockOffsetMillis,
    String bootId) {
  public MachineFacts {
    addresses = List.copyOf(addresses);
  }
}
