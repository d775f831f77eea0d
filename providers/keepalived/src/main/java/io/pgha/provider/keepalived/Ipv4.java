package io.pgha.provider.keepalived;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param bits its 32 bits
 */
record Ipv4(long bits) {
  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  /** The address that a text names; a host's name is none. */
  static Optional<Ipv4> of(String text) {
    Matcher matcher = DOTTED.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long bits = 0;
    for (int group = 1; group <= 4; group++) {
      int octet = Integer.parseInt(matcher.group(group));
      if (octet > 255) {
        return Optional.empty();
      }
      bits = (bits << 8) | octet;
    }
    return Optional.of(new Ipv4(bits));
  }

  /** The network of the address with a prefix of the given length, in the usual notation. */
  String network(long prefix) {
    long network = bits & mask(prefix);
    return "%d.%d.%d.%d/%d"
        .formatted(
            (network >> 24) & 255,
            (network >> 16) & 255,
            (network >> 8) & 255,
            network & 255,
            prefix);
  }

  boolean isInNetworkOf(Ipv4 other, long prefix) {
    return (bits & mask(prefix)) == (other.bits & mask(prefix));
  }

  private static long mask(long prefix) {
    return prefix == 0 ? 0 : (0xffffffffL << (32 - prefix)) & 0xffffffffL;
  }
}
