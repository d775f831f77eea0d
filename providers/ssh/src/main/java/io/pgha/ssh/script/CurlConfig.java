package io.pgha.ssh.script;

/** Options of curl in the form of its configuration file, which goes over standard input. */
public final class CurlConfig {
  private CurlConfig() {}

  /** curl(1), "--config": in quotes a backslash takes the next character's meaning away. */
  public static void option(StringBuilder config, String name, String value) {
    config
        .append(name)
        .append(" = \"")
        .append(
            value
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r"))
        .append("\"\n");
  }
}
