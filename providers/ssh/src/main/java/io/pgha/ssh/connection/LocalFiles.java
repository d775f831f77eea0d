package io.pgha.ssh.connection;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What of the operator's machine a connection uses.
 *
 * @param home the operator's home folder, for {@code ~/} and the standard key files
 * @param agentSocket the socket of the SSH agent, which ssh finds by SSH_AUTH_SOCK
 */
public record LocalFiles(Path home, Optional<Path> agentSocket) {
  /** The path of a file as written in a configuration. */
  Path expand(String path) {
    return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
  }
}
