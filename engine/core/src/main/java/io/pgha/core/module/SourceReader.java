package io.pgha.core.module;

import io.pgha.core.module.ModuleSource.Git;
import io.pgha.core.module.ModuleSource.Repository;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sources of modules that are not local. */
final class SourceReader {
  private static final String KINDS =
      "A module comes from a local folder (\"./modules/cluster\") or from a git repository:"
          + " \"git::https://example.org/infra.git//modules/cluster?ref=v1.2\", \"git::ssh://…\","
          + " \"git::file:///…\", \"git@example.org:team/infra.git\", \"github.com/team/infra\".";

  private static final Set<String> SCHEMES = Set.of("file", "git", "http", "https", "ssh");
  private static final Pattern FORCED = Pattern.compile("([A-Za-z0-9]+)::(.*)", Pattern.DOTALL);
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?", Pattern.DOTALL);
  private static final Pattern SECURE_COPY =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*)@([A-Za-z0-9][A-Za-z0-9.-]*):(?!//)(.+)");
  private static final Pattern HOSTED =
      Pattern.compile("(github\\.com|gitlab\\.com|bitbucket\\.org)/([^/]+)/([^/]+)(//.*)?");
  private static final Pattern REGISTRY =
      Pattern.compile("([A-Za-z0-9.-]+\\.[A-Za-z0-9.:-]+/)?[\\w-]+/[\\w-]+/[\\w-]+(//.*)?");

  private final String text;

  SourceReader(String text) {
    this.text = text;
  }

  Git git() throws ModuleException {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl) || text.contains(" ")) {
      throw invalid("It is empty, or has spaces or control characters in it.");
    }
    Matcher forced = FORCED.matcher(text);
    boolean named = forced.matches();
    if (named && !forced.group(1).equals("git")) {
      throw unsupported("Modules are not fetched with \"%s::\".".formatted(forced.group(1)));
    }
    String rest = named ? forced.group(2) : text;
    Matcher again = FORCED.matcher(rest);
    if (named && again.matches()) {
      throw unsupported(
          "The transport \"%s::\" runs programs that the source names.".formatted(again.group(1)));
    }
    int question = rest.indexOf('?');
    String address = question < 0 ? rest : rest.substring(0, question);
    Optional<String> ref = ref(question < 0 ? "" : rest.substring(question + 1));
    Matcher hosted = HOSTED.matcher(address);
    if (hosted.matches()) {
      String name = hosted.group(3);
      String file = name.endsWith(".git") ? name : name + ".git";
      String inside = hosted.group(4) == null ? "" : hosted.group(4);
      address = "https://%s/%s/%s%s".formatted(hosted.group(1), hosted.group(2), file, inside);
      named = true;
    }
    Matcher copied = SECURE_COPY.matcher(address);
    if (copied.matches()) {
      String path = copied.group(3);
      address =
          "ssh://%s@%s%s"
              .formatted(
                  copied.group(1), copied.group(2), path.startsWith("/") ? path : "/" + path);
      named = true;
    }
    Matcher url = URL.matcher(address);
    if (!url.matches()) {
      throw notUrl(address, named);
    }
    if (!named) {
      throw unsupported(
          "Nothing is fetched from a \"%s://\" address; one of a git repository begins with \"git::\"."
              .formatted(url.group(1)));
    }
    return git(url, ref);
  }

  private ModuleException notUrl(String address, boolean named) {
    if (named) {
      return invalid(
          "After \"git::\" the address of a repository is needed, such as https://… or ssh://….");
    }
    if (address.startsWith("/")) {
      return unsupported("A local folder is written relative to the file that names it.");
    }
    return unsupported(
        REGISTRY.matcher(address).matches()
            ? "\"%s\" names a module of a registry, and pgha uses none.".formatted(address)
            : "It is neither a local folder, which starts with \"./\" or \"../\", nor the address of a"
                + " git repository.");
  }

  private Git git(Matcher url, Optional<String> ref) throws ModuleException {
    String scheme = url.group(1);
    if (!SCHEMES.contains(scheme)) {
      throw unsupported("git is not allowed to use \"%s://\".".formatted(scheme));
    }
    String authority = url.group(2);
    String whole = url.group(3) == null ? "" : url.group(3);
    int cut = whole.indexOf("//", 1);
    String path = cut < 0 ? whole : whole.substring(0, cut);
    String subfolder = cut < 0 ? "" : whole.substring(cut + 2);
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at);
    String host = authority.substring(at + 1);
    if (scheme.equals("file") ? !authority.isEmpty() : host.isEmpty()) {
      throw invalid(
          scheme.equals("file")
              ? "It has three slashes: file:///srv/git/infra.git."
              : "It has no host.");
    }
    if (host.startsWith("-") || user.startsWith("-") || path.length() < 2) {
      throw invalid("The host, the user or the path in it can be none.");
    }
    if (scheme.equals("ssh") && user.contains(":")) {
      throw invalid("It has a password in it, which ssh does not take: use a key.");
    }
    boolean secret = scheme.startsWith("http") && !user.isEmpty();
    String shown = scheme + "://" + (secret || user.isEmpty() ? "" : user + "@") + host + path;
    return new Git(
        new Repository(shown, secret ? Optional.of(user) : Optional.empty()),
        checkedFolder(subfolder),
        ref);
  }

  private String checkedFolder(String subfolder) throws ModuleException {
    String folder =
        subfolder.endsWith("/") ? subfolder.substring(0, subfolder.length() - 1) : subfolder;
    if (!folder.isEmpty()
        && List.of(folder.split("/", -1)).stream()
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
      throw invalid(
          "The folder after \"//\" leads down into the repository, without \"..\", \".\" or a further \"//\".");
    }
    return folder;
  }

  /** The ref that the parameters ask for; how deep the history is to be makes no difference. */
  private Optional<String> ref(String parameters) throws ModuleException {
    Optional<String> ref = Optional.empty();
    for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      switch (name) {
        case "ref" -> ref = Optional.of(checkedRef(value));
        case "depth" -> {
          if (!value.matches("[1-9][0-9]{0,8}")) {
            throw invalid("\"depth\" is a number from 1.");
          }
        }
        default ->
            throw invalid(
                "It has a parameter%s that is not understood: there are \"ref\" and \"depth\"."
                    .formatted(name.matches("\\w+") ? " \"" + name + "\"" : ""));
      }
    }
    return ref;
  }

  private String decoded(String value) throws ModuleException {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("A \"%\" in it is not followed by two hexadecimal digits.");
    }
  }

  /** What git accepts as a name (git-check-ref-format), and never as an option or a pattern. */
  private String checkedRef(String ref) throws ModuleException {
    if (!ref.matches("[^\\s~^:?*\\[\\\\\\p{Cntrl}]+")
        || ref.startsWith("-")
        || ref.startsWith("/")
        || ref.endsWith("/")
        || ref.endsWith(".lock")
        || ref.contains("..")
        || ref.contains("@{")
        || ref.contains("//")) {
      throw invalid("\"ref\" is the name of a branch or a tag, or a full commit id.");
    }
    return ref;
  }

  private static ModuleException invalid(String why) {
    return new ModuleException("module-source", "Invalid module source", why);
  }

  private static ModuleException unsupported(String why) {
    return new ModuleException("module-source", "Unsupported module source", why + " " + KINDS);
  }
}
