package io.pgha.state.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Brings documents of older versions up to the newest, one version at a time.
 *
 * @param first the oldest version that is understood
 * @param steps what leads from each version to the next
 */
record Upgrades(int first, List<Step> steps) {
  /** All that there are: version 1 is the first. */
  static final Upgrades CHAIN = new Upgrades(1, List.of());

  /** Rewrites a document of one version as one of the next. */
  interface Step {
    void rewrite(InputStream older, OutputStream newer) throws IOException;
  }

  void apply(int version, InputStream source, OutputStream target) throws IOException {
    if (version < first) {
      throw new IOException("there never was a format version " + version);
    }
    InputStream current = source;
    for (Step step : steps.subList(version - first, steps.size())) {
      ByteArrayOutputStream next = new ByteArrayOutputStream();
      step.rewrite(current, next);
      current = new ByteArrayInputStream(next.toByteArray());
    }
    current.transferTo(target);
  }
}
