package io.pgha.ssh.connection;

/**
 * What a script printed.
 *
 * @param output standard output
 * @param errors standard error
 * @param exitStatus its exit status; -1 where the machine told none
 * @param sentAtMillis the operator's clock when the script was sent
 * @param answeredAtMillis the operator's clock when the first byte came back
 */
public record ScriptOutput(
    byte[] output, byte[] errors, int exitStatus, long sentAtMillis, long answeredAtMillis) {}
