package io.pgha.provider.step;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of text that may be secret.
 *
 * @param text the text
 * @param secret whether it must not be shown
 */
public record Fragment(String text, boolean secret) {
  /** What stands for a secret where text is shown. */
  public static final String HIDDEN = "(sensitive)";

  /** Text that may be shown. */
  public static Fragment plain(String text) {
    return new Fragment(text, false);
  }

  /** Text that must not be shown. */
  public static Fragment secret(String text) {
    return new Fragment(text, true);
  }

  /** The whole text of fragments, secrets included: for the machine only. */
  public static String reveal(List<Fragment> fragments) {
    return fragments.stream().map(Fragment::text).collect(Collectors.joining());
  }

  /** The text of fragments as people may see it. */
  public static String show(List<Fragment> fragments) {
    return fragments.stream()
        .map(fragment -> fragment.secret ? HIDDEN : fragment.text)
        .collect(Collectors.joining());
  }

  /** Hides a secret. */
  @Override
  public String toString() {
    return secret ? HIDDEN : text;
  }
}
