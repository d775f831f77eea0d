package io.pgha.provider.patroni;

import io.pgha.provider.step.Shell;

/** Deletes keys in etcd through its JSON gateway. */
final class DcsRemoval {
  private DcsRemoval() {}

  /** A script that deletes a range; where etcd is gone there is nothing to delete. */
  static String deleteRange(ClusterConfig cluster, String body) {
    StringBuilder script = new StringBuilder("for endpoint in");
    cluster
        .etcdEndpoints()
        .forEach(url -> script.append(' ').append(Shell.quote(url.replaceFirst("/+$", ""))));
    return script
        .append("; do\n  curl -sf --noproxy '*' --max-time 4 -o /dev/null -d ")
        .append(Shell.quote(body))
        .append(" \"$endpoint/v3/kv/deleterange\" && exit 0\ndone\n")
        .append("echo 'etcd does not answer: its keys stay' >&2\nexit 0")
        .toString();
  }
}
