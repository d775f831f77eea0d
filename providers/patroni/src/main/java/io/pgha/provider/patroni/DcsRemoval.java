package io.pgha.provider.patroni;

import io.pgha.provider.step.Shell;

/** Deletes keys in etcd through its JSON gateway. A key that can't be deleted is an error. */
final class DcsRemoval {
  private DcsRemoval() {}

  /** A script that deletes a range, through the first endpoint that does it. */
  static String deleteRange(ClusterConfig cluster, String body) {
    StringBuilder script = new StringBuilder("for endpoint in");
    cluster
        .etcdEndpoints()
        .forEach(url -> script.append(' ').append(Shell.quote(url.replaceFirst("/+$", ""))));
    return script
        .append("; do\n  curl -sf --noproxy '*' --max-time 4 -o /dev/null -d ")
        .append(Shell.quote(body))
        .append(" \"$endpoint/v3/kv/deleterange\" && exit 0\ndone\n")
        .append(
            "echo 'none of the etcd endpoints deleted the keys, so they are still there: bring a")
        .append(" majority of the etcd members up and apply again' >&2\nexit 1")
        .toString();
  }
}
