package io.pgha.provider.probe;

/**
 * What a command did.
 *
 * @param exitStatus its exit status
 * @param output its standard output, without the last line break
 * @param errors its standard error, without the last line break
 */
public record CommandOutput(int exitStatus, String output, String errors) {
  /** Whether it ended well. */
  public boolean succeeded() {
    return exitStatus == 0;
  }
}
