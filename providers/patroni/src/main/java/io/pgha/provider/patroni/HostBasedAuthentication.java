package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is wrong with the lines of pg_hba.conf. */
final class HostBasedAuthentication {
  private static final Set<String> NETWORK =
      Set.of("host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc");

  private HostBasedAuthentication() {}

  static List<Diagnostic> validate(ClusterConfig cluster) {
    if (cluster.values().get("pg_hba").isNull() || !cluster.values().isKnown("pg_hba")) {
      return List.of();
    }
    List<Diagnostic> found = new ArrayList<>();
    AttributePath path = AttributePath.of("pg_hba");
    List<String> lines = cluster.hostBasedAuthentication();
    boolean local = false;
    boolean replicates = false;
    String replicator = cluster.username("replication", "replicator");
    boolean hidden = cluster.instance().isSensitive(path);
    for (int index = 0; index < lines.size(); index++) {
      String shown = hidden ? Fragment.HIDDEN : lines.get(index);
      String[] words = lines.get(index).strip().split("\\s+");
      AttributePath here = path.index(index);
      if (words[0].isEmpty() || words[0].startsWith("#") || words[0].startsWith("include")) {
        continue;
      }
      if (words[0].equals("local") && words.length >= 4) {
        local |=
            names(words[1], "all", "postgres")
                && names(words[2], "all", "postgres")
                && words[3].equals("peer");
      } else if (NETWORK.contains(words[0]) && words.length >= 5) {
        network(shown, words, here, found);
        replicates |= names(words[1], "replication") && names(words[2], "all", replicator);
      } else {
        found.add(
            Diagnostic.error(
                    "bad-rule",
                    "\"" + shown + "\" is no rule of pg_hba.conf",
                    "A rule is: local DATABASE USER METHOD, or host DATABASE USER ADDRESS METHOD.")
                .of(here));
      }
    }
    if (!local) {
      found.add(
          Diagnostic.error(
                  "no-local-rule",
                  "pg_hba lets nobody in over the local socket as postgres",
                  "pgha manages roles and databases, and looks at the servers, over the socket as"
                      + " the system's user postgres. Put \"local all postgres peer\" first.")
              .of(path));
    }
    if (!replicates) {
      found.add(
          Diagnostic.error(
                  "no-replication-rule",
                  "pg_hba lets no replica stream",
                  "Add a line for each node: host replication "
                      + replicator
                      + " ADDRESS/32 scram-sha-256.")
              .of(path));
    }
    return found;
  }

  private static boolean names(String list, String... any) {
    return List.of(list.split(",", -1)).stream().anyMatch(List.of(any)::contains);
  }

  private static void network(
      String line, String[] words, AttributePath here, List<Diagnostic> found) {
    String address = words[3];
    if (address.endsWith("/0") && !address.equals("0.0.0.0/0") && !address.equals("::/0")) {
      String bare = address.substring(0, address.length() - 2);
      found.add(
          Diagnostic.warning(
                  "trap",
                  address + " matches the whole world",
                  "A mask of /0 ignores the address before it. For this host alone write "
                      + bare
                      + (bare.contains(":") ? "/128" : "/32")
                      + ", or the subnet; for everybody write 0.0.0.0/0.")
              .of(here));
    }
    String method = words[words.length > 5 && isMask(words[4]) ? 5 : 4];
    if (method.equals("trust")) {
      found.add(
          Diagnostic.warning(
                  "trap",
                  "\"" + line + "\" lets people in without a password",
                  "Write scram-sha-256 instead of trust.")
              .of(here));
    }
    if (method.equals("md5") || method.equals("password")) {
      found.add(
          Diagnostic.warning(
                  "trap",
                  "\"" + line + "\" uses an outdated method",
                  "Write scram-sha-256 instead of " + method + ".")
              .of(here));
    }
  }

  private static boolean isMask(String word) {
    return word.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
  }
}
