package io.pgha.ssh.probe;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.List;
import java.util.Map;

/** The probes of one kind in a batch. */
interface Section {
  /**
   * Parts of the script, each ended by a line break, that print frames and depend on nothing but
   * the script's preamble. They run one after the other: what would keep the output of several
   * unmixed, files or a process more for each, costs more than it gains.
   */
  List<String> parts(String nonce);

  /** Puts the answers that the frames hold. */
  void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers);
}
