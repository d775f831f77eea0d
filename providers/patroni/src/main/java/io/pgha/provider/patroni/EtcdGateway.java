package io.pgha.provider.patroni;

import io.pgha.provider.probe.Fetch;
import io.pgha.provider.step.Shell;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of etcd's own JSON gateway by curl, so that no client of etcd need be on the host: the
 * first endpoint that answers does it.
 *
 * @param endpoints the client URLs, with a scheme and without a slash at the end
 */
record EtcdGateway(List<String> endpoints) {
  EtcdGateway {
    endpoints = endpoints.stream().map(EtcdGateway::whole).toList();
  }

  static EtcdGateway of(ClusterConfig cluster) {
    return new EtcdGateway(cluster.etcdEndpoints());
  }

  private static String whole(String url) {
    return (url.contains("://") ? url : "http://" + url).replaceFirst("/+$", "");
  }

  /** A text as the gateway takes it. */
  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text as the gateway gives it. */
  static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** The body that names one key. */
  static Map<String, Object> key(String key) {
    return Map.of("key", base64(key));
  }

  /** The body that names all keys of a folder, which ends with a slash. */
  static Map<String, Object> folder(String folder) {
    String end = folder.substring(0, folder.length() - 1) + (char) ('/' + 1);
    return Map.of("key", base64(folder), "range_end", base64(end));
  }

  /** Prints what is under keys, then does {@code done}; goes on where nobody answers. */
  String range(Map<String, Object> body, String done) {
    return "for endpoint in"
        + words()
        + "; do\n  curl -sf --noproxy '*' --max-time 4 -d "
        + Shell.quote(Trees.json(body))
        + " \"$endpoint/v3/kv/range\" && "
        + done
        + "\ndone\n";
  }

  /** What is under keys, asked of the first endpoint alone; empty where there is none. */
  Optional<Fetch> fetch(Map<String, Object> body) {
    return endpoints.stream()
        .findFirst()
        .map(url -> new Fetch("", url + "/v3/kv/range", Optional.of(Trees.json(body)), 4, true));
  }

  /** Deletes keys, and ends the script with an error where nobody does it. */
  String delete(Map<String, Object> body) {
    return "body="
        + Shell.quote(Trees.json(body))
        + "\n"
        + write("deleterange")
        + """
        echo 'none of the etcd endpoints deleted the keys, so they are still there: bring a majority of the etcd members up and apply again' >&2
        exit 1
        """;
  }

  /** Puts a key; the body comes on standard input, for its value may be nobody's business. */
  String put() {
    return "body=$(cat)\n" + write("put") + "echo 'etcd does not answer' >&2\nexit 1\n";
  }

  /** printf is the shell's own: no list of processes shows the body. */
  private String write(String call) {
    return "for endpoint in"
        + words()
        + "; do\n  printf %s \"$body\" |"
        + " curl -sf --noproxy '*' --max-time 4 -o /dev/null -d @- \"$endpoint/v3/kv/"
        + call
        + "\" && exit 0\ndone\n";
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    endpoints.forEach(url -> words.append(' ').append(Shell.quote(url)));
    return words.toString();
  }
}
