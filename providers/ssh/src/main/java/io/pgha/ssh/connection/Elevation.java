package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;

/** Says why a script couldn't be run as root, from what sudo printed. */
public final class Elevation {
  private Elevation() {}

  static TransportException failed(HostConnection host, String errors, int status) {
    String said = lastLine(errors);
    if (host.sudo() instanceof HostConnection.Sudo.None) {
      return new TransportException(
          Code.CONNECTION_LOST,
          "%s let %s log in, but ran no shell script (status %d%s); check that user's login shell"
              .formatted(host, host.user(), status, said.isEmpty() ? "" : ": " + said));
    }
    return new TransportException(
        Code.SUDO_FAILED,
        "%s can't become root on %s by sudo: %s"
            .formatted(host.user(), host, why(host, errors, said, status)));
  }

  private static String why(HostConnection host, String errors, String said, int status) {
    if (errors.contains("try again") || errors.contains("incorrect password")) {
      return "the sudo password is wrong";
    }
    if (errors.contains("must have a tty")) {
      return "its sudoers has requiretty, which no program can serve; add a line: Defaults:"
          + host.user()
          + " !requiretty";
    }
    if (errors.contains("password is required") || errors.contains("terminal is required")) {
      return "sudo asks for a password and none is given; give the sudo password, or allow it"
          + " without one in sudoers: "
          + host.user()
          + " ALL=(ALL) NOPASSWD: ALL";
    }
    if (errors.contains("not in the sudoers") || errors.contains("not allowed")) {
      return "sudoers doesn't allow it (" + said + ")";
    }
    if (status == 127 || errors.contains("not found") || errors.contains("No such file")) {
      return "sudo is not installed there; install it, or log in as root";
    }
    return said.isEmpty() ? "sudo ended with status " + status : said;
  }

  private static String lastLine(String text) {
    String stripped = text.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
  }

  /** The user was to be root and is not. */
  public static TransportException notRoot(HostConnection host) {
    return new TransportException(
        Code.SUDO_FAILED,
        ("logged in to %s as %s, who is not root there, and no sudo is declared: log in as root, or"
                + " declare sudo")
            .formatted(host, host.user()));
  }
}
