package io.pgha.cli.view;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Makes pages of one file: style sheet and script are in it, named by their digests in its security
 * policy, so that a browser loads nothing and runs nothing else. The template escapes all it is
 * given. Pieces are named by their paths below this program's package, such as {@code
 * /view/page.css}.
 */
public final class Pages {
  private static final String ROOT = "/io/pgha/cli";

  private Pages() {}

  /** The text of a piece. */
  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(Pages.class.getResourceAsStream(ROOT + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page of a plan or a state with the given content. */
  static String of(Map<String, Object> content) {
    return of("/view/page.mustache", List.of("/view/graph.css"), List.of(), content);
  }

  /**
   * The page that a template makes of the given content.
   *
   * @param template the template
   * @param styles the style sheets behind those of all pages
   * @param scripts the scripts behind those of all pages
   * @param content what the template asks for
   */
  public static String of(
      String template, List<String> styles, List<String> scripts, Map<String, Object> content) {
    String css = resource("/view/page.css") + joined(styles);
    String js = resource("/view/page.js") + joined(scripts);
    Map<String, Object> all = new HashMap<>(content);
    all.put("css", css);
    all.put("js", js);
    all.put(
        "policy",
        "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
            .formatted(digest(css), digest(js)));
    Mustache compiled =
        new DefaultMustacheFactory(name -> new StringReader(resource(name))).compile(template);
    StringWriter page = new StringWriter();
    compiled.execute(page, all);
    return page.toString();
  }

  private static String joined(List<String> names) {
    return names.stream().map(Pages::resource).collect(Collectors.joining());
  }

  private static String digest(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
