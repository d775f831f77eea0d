package io.pgha.language.function;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IP network.
 *
 * @param address its first address
 * @param length how many leading bits are the network's
 * @param bits how many bits an address has: 32 or 128
 */
record Network(BigInteger address, int length, int bits) {
  static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int GROUPS = 8;

  int hostBits() {
    return bits - length;
  }

  String text() {
    return text(address, bits) + "/" + length;
  }

  /** The network of {@code address/length}, host bits cleared. */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    return ofAddress(text.substring(0, slash))
        .filter(host -> length <= host.bits())
        .map(host -> {
          int hostBits = host.bits() - length;
          BigInteger first = host.address().shiftRight(hostBits).shiftLeft(hostBits);
          return new Network(first, length, host.bits()).unmapped();
        });
  }

  /** An IPv4 network where this is one written as IPv6 ({@code ::ffff:192.0.2.0/120}). */
  private Network unmapped() {
    boolean mapped =
        bits == IPV6_BITS
            && length >= IPV6_BITS - IPV4_BITS
            && address.shiftRight(IPV4_BITS).intValue() == 0xffff
            && address.bitLength() == IPV4_BITS + 16;
    return mapped
        ? new Network(
            address.mod(BigInteger.ONE.shiftLeft(IPV4_BITS)),
            length - (IPV6_BITS - IPV4_BITS),
            IPV4_BITS)
        : this;
  }

  /** The network that is one address only. */
  static Optional<Network> ofAddress(String text) {
    return text.indexOf(':') < 0
        ? ipv4(text).map(address -> new Network(address, IPV4_BITS, IPV4_BITS))
        : ipv6(text).map(address -> new Network(address, IPV6_BITS, IPV6_BITS));
  }

  private static Optional<BigInteger> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    long address = 0;
    for (String part : parts) {
      // Leading zeros are tolerated and decimal, as they always were in HCL.
      if (!part.matches("\\d{1,20}") || new BigInteger(part).bitLength() > 8) {
        return Optional.empty();
      }
      address = address * 256 + new BigInteger(part).intValue();
    }
    return parts.length == 4 ? Optional.of(BigInteger.valueOf(address)) : Optional.empty();
  }

  private static Optional<BigInteger> ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<List<Integer>> head = groups(gap < 0 ? text : text.substring(0, gap));
    Optional<List<Integer>> tail = groups(gap < 0 ? "" : text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int missing = GROUPS - head.get().size() - tail.get().size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail.get());
    BigInteger address = BigInteger.ZERO;
    for (int group : all) {
      address = address.shiftLeft(16).or(BigInteger.valueOf(group));
    }
    return Optional.of(address);
  }

  private static Optional<List<Integer>> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<BigInteger> embedded =
          i == parts.length - 1 && parts[i].indexOf('.') >= 0 ? ipv4(parts[i]) : Optional.empty();
      if (embedded.isPresent()) {
        int address = embedded.get().intValue();
        groups.add(address >>> 16);
        groups.add(address & 0xffff);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  /** An address as text; of IPv6 the canonical form of RFC 5952. */
  static String text(BigInteger address, int bits) {
    if (bits == IPV4_BITS) {
      long number = address.longValue();
      return ((number >> 24) & 0xff)
          + "."
          + ((number >> 16) & 0xff)
          + "."
          + ((number >> 8) & 0xff)
          + "."
          + (number & 0xff);
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = address.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
    }
    return compressed(groups);
  }

  private static String compressed(int[] groups) {
    int start = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        start = i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
