package io.pgha.core.module;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Where a module comes from. */
public sealed interface ModuleSource {
  /**
   * A folder, seen from the folder of the file that names it.
   *
   * @param path as written; starts with {@code ./} or {@code ../}
   */
  record Local(String path) implements ModuleSource {}

  /**
   * A folder in a git repository.
   *
   * @param repository where the repository is
   * @param subfolder the folder within, with single slashes; empty for the whole
   * @param ref a branch, a tag or a full commit id; empty for the default branch
   */
  record Git(Repository repository, String subfolder, Optional<String> ref)
      implements ModuleSource {
    /** It as it may be shown: without what gives access. */
    @Override
    public String toString() {
      return "git::"
          + repository
          + (subfolder.isEmpty() ? "" : "//" + subfolder)
          + ref.map(name -> "?ref=" + name).orElse("");
    }
  }

  /**
   * A git repository.
   *
   * @param url what git is given, and what may be shown and kept: without a password
   * @param access what gives access to it over HTTP, as {@code user:password}; never shown or kept
   */
  record Repository(String url, Optional<String> access) {
    /**
     * Has git send what gives access, to this host only. By the environment: everybody on a machine
     * may see the arguments of its processes.
     */
    void giveAccess(Map<String, String> environment) {
      if (access.isEmpty()) {
        return;
      }
      String given = environment.getOrDefault("GIT_CONFIG_COUNT", "0");
      int before = given.matches("\\d{1,4}") ? Integer.parseInt(given) : 0;
      int path = url.indexOf('/', url.indexOf("://") + "://".length());
      String server = path < 0 ? url : url.substring(0, path);
      String secret = decoded(access.get());
      environment.put("GIT_CONFIG_COUNT", String.valueOf(before + 1));
      environment.put("GIT_CONFIG_KEY_" + before, "http." + server + "/.extraHeader");
      environment.put(
          "GIT_CONFIG_VALUE_" + before,
          "Authorization: Basic "
              + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decoded(String written) {
      try {
        return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // A % that stands for itself.
        return written;
      }
    }

    /** A text of git's without what gives access. */
    String cleaned(String text) {
      return access
          .map(secret ->
              withoutPassword(
                  text.replace(secret + "@", ""), secret.substring(secret.indexOf(':') + 1)))
          .orElse(text);
    }

    private static String withoutPassword(String text, String password) {
      return password.isEmpty() ? text : text.replace(password, "…");
    }

    @Override
    public String toString() {
      return url;
    }
  }

  /**
   * Reads a source as written.
   *
   * @throws ModuleException where it is none that is understood; the message shows no secret
   */
  static ModuleSource parse(String text) throws ModuleException {
    return text.startsWith("./") || text.startsWith("../") || text.equals(".") || text.equals("..")
        ? new Local(text)
        : new SourceReader(text).git();
  }
}
