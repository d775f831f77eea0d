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
import java.util.Map;
import java.util.Objects;

/**
 * Makes pages of one file: style sheet and script are in it, named by their digests in its security
 * policy, so that a browser loads nothing and runs nothing else. The template escapes all it is
 * given.
 */
final class Pages {
  private Pages() {}

  /** A file of this package. */
  static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page with the given content. */
  static String of(Map<String, Object> content) {
    String css = resource("page.css") + resource("graph.css");
    String js = resource("page.js");
    Map<String, Object> all = new HashMap<>(content);
    all.put("css", css);
    all.put("js", js);
    all.put(
        "policy",
        "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
            .formatted(digest(css), digest(js)));
    Mustache template =
        new DefaultMustacheFactory()
            .compile(new StringReader(resource("page.mustache")), "page.mustache");
    StringWriter page = new StringWriter();
    template.execute(page, all);
    return page.toString();
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
