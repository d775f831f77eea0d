package io.pgha.core.module;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
    /** Git runs it with a shell; the values are not part of what the shell reads. */
    private static final String HELPER =
        "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \"$PGHA_GIT_USER\""
            + " \"$PGHA_GIT_PASSWORD\"; }; f";

    /**
     * Has git ask for what gives access when the server of this repository wants it, and no other,
     * wherever it may send git. By the environment: everybody on a machine may see the arguments of
     * its processes.
     */
    void giveAccess(Map<String, String> environment) {
      if (access.isEmpty()) {
        return;
      }
      String secret = access.get();
      int path = url.indexOf('/', url.indexOf("://") + "://".length());
      String server = "credential." + (path < 0 ? url : url.substring(0, path));
      int colon = secret.indexOf(':');
      if (colon < 0) {
        // The password comes from a helper that the user has set up.
        setting(server + ".username", decoded(secret), environment);
        return;
      }
      environment.put("PGHA_GIT_USER", decoded(secret.substring(0, colon)));
      environment.put("PGHA_GIT_PASSWORD", decoded(secret.substring(colon + 1)));
      String key = server + ".helper";
      // The first takes away helpers that are set up elsewhere.
      setting(key, "", environment);
      setting(key, HELPER, environment);
    }

    private static void setting(String key, String value, Map<String, String> environment) {
      String given = environment.getOrDefault("GIT_CONFIG_COUNT", "0");
      int index = given.matches("\\d{1,4}") ? Integer.parseInt(given) : 0;
      environment.put("GIT_CONFIG_COUNT", String.valueOf(index + 1));
      environment.put("GIT_CONFIG_KEY_" + index, key);
      environment.put("GIT_CONFIG_VALUE_" + index, value);
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
