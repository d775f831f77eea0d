package io.pgha.ssh.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a script at the same time, their output one after the other and unmixed. A POSIX shell
 * has no way to keep the output of several background commands but temporary files, which a probe
 * must not write; so every part runs before a pipe that is read when the part after it has ended.
 */
final class Concurrent {
  /** Each lane costs three processes; dash knows file descriptors of one digit only. */
  private static final int LANES = 3;

  private Concurrent() {}

  static String script(List<String> parts) {
    List<String> lanes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (i < LANES) {
        lanes.add(parts.get(i));
      } else {
        lanes.set(i % LANES, lanes.get(i % LANES) + parts.get(i));
      }
    }
    return lanes.isEmpty() ? "" : nested(lanes, 0);
  }

  private static String nested(List<String> lanes, int lane) {
    if (lane == lanes.size() - 1) {
      return "{\n" + lanes.get(lane) + "} </dev/null\n";
    }
    int descriptor = 3 + lane;
    return "{\n"
        + lanes.get(lane)
        + "} </dev/null | {\nexec "
        + descriptor
        + "<&0\n"
        + nested(lanes, lane + 1)
        + "cat <&"
        + descriptor
        + "\n}\n";
  }
}
