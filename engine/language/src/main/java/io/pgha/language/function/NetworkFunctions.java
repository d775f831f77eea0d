package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Functions of IP networks. */
final class NetworkFunctions {
  static final List<Function> ALL =
      List.of(
          Function.named("cidrhost", "The address of a host in a network.")
              .takes("prefix", Type.STRING)
              .takes("hostnum", Type.NUMBER)
              .returns(Type.STRING, NetworkFunctions::host),
          Function.named("cidrnetmask", "The netmask of an IPv4 network.")
              .takes("prefix", Type.STRING)
              .returns(Type.STRING, NetworkFunctions::netmask),
          Function.named("cidrsubnet", "A subnet of a network.")
              .takes("prefix", Type.STRING)
              .takes("newbits", Type.NUMBER)
              .takes("netnum", Type.NUMBER)
              .returns(Type.STRING, NetworkFunctions::subnet),
          Function.named("cidrsubnets", "Subnets of a network, one after the other.")
              .takes("prefix", Type.STRING)
              .takesAny(Parameter.of("newbits", Type.NUMBER))
              .returns(Type.list(Type.STRING), NetworkFunctions::subnets),
          Function.named("cidrcontains", "Tells whether a network contains an address or network.")
              .takes("containing_prefix", Type.STRING)
              .takes("contained_ip_or_prefix", Type.STRING)
              .returns(Type.BOOL, NetworkFunctions::contains));

  private NetworkFunctions() {}

  private static Network network(Call call, int argument) throws FunctionException {
    return Network.parse(call.text(argument))
        .orElseThrow(() ->
            new FunctionException(
                argument, "invalid CIDR expression: invalid CIDR address: " + call.text(argument)));
  }

  private static BigInteger whole(Call call, int argument) throws FunctionException {
    BigDecimal number = call.number(argument).value();
    if (number.scale() > 0) {
      throw new FunctionException(argument, "a whole number is required");
    }
    return number.toBigInteger();
  }

  private static Value host(Call call) throws FunctionException {
    Network network = network(call, 0);
    BigInteger number = whole(call, 1);
    BigInteger size = BigInteger.ONE.shiftLeft(network.hostBits());
    BigInteger offset = number.signum() < 0 ? size.add(number) : number;
    if (offset.signum() < 0 || offset.compareTo(size) >= 0) {
      throw new FunctionException(
          "prefix of " + network.length() + " does not accommodate a host numbered " + number);
    }
    return new Str(Network.text(network.address().add(offset), network.bits()));
  }

  private static Value netmask(Call call) throws FunctionException {
    Network network = network(call, 0);
    if (network.bits() != Network.IPV4_BITS) {
      throw new FunctionException(0, "IPv6 addresses cannot have a netmask: " + call.text(0));
    }
    BigInteger all = BigInteger.ONE.shiftLeft(network.bits()).subtract(BigInteger.ONE);
    BigInteger hosts = BigInteger.ONE.shiftLeft(network.hostBits()).subtract(BigInteger.ONE);
    return new Str(Network.text(all.subtract(hosts), network.bits()));
  }

  private static Value subnet(Call call) throws FunctionException {
    Network network = network(call, 0);
    int newBits = call.integer(1);
    BigInteger number = whole(call, 2);
    if (newBits < 0) {
      throw new FunctionException(1, "must not be negative");
    }
    if (newBits > network.hostBits()) {
      throw new FunctionException(
          "insufficient address space to extend prefix of " + network.length() + " by " + newBits);
    }
    if (number.signum() < 0 || number.bitLength() > newBits) {
      throw new FunctionException(
          "prefix extension of " + newBits + " does not accommodate a subnet numbered " + number);
    }
    int length = network.length() + newBits;
    BigInteger offset = number.shiftLeft(network.bits() - length);
    return new Str(new Network(network.address().add(offset), length, network.bits()).text());
  }

  private static Value subnets(Call call) throws FunctionException {
    Network network = network(call, 0);
    List<Value> subnets = new ArrayList<>();
    BigInteger next = network.address();
    BigInteger end = next.add(BigInteger.ONE.shiftLeft(network.hostBits()));
    for (int i = 1; i < call.arguments().size(); i++) {
      int newBits = call.integer(i);
      if (newBits < 1) {
        throw new FunctionException(i, "must extend prefix by at least one bit");
      }
      int length = network.length() + newBits;
      if (length > network.bits()) {
        throw new FunctionException(
            i,
            "would extend prefix to "
                + length
                + " bits, which is too long for an IPv"
                + (network.bits() == Network.IPV4_BITS ? "4" : "6")
                + " address");
      }
      BigInteger size = BigInteger.ONE.shiftLeft(network.bits() - length);
      // A subnet starts at a multiple of its own size.
      BigInteger start = next.add(size).subtract(BigInteger.ONE).divide(size).multiply(size);
      next = start.add(size);
      if (next.compareTo(end) > 0) {
        throw new FunctionException(
            i,
            "not enough remaining address space for a subnet with a prefix of "
                + length
                + " bits after "
                + (subnets.isEmpty() ? network.text() : ((Str) subnets.getLast()).value()));
      }
      subnets.add(new Str(new Network(start, length, network.bits()).text()));
    }
    return new ListValue(Type.STRING, subnets);
  }

  private static Value contains(Call call) throws FunctionException {
    Network outer = network(call, 0);
    Network inner =
        Network.parse(call.text(1))
            .or(() -> Network.ofAddress(call.text(1)))
            .orElseThrow(
                () -> new FunctionException(1, "invalid IP address or prefix: " + call.text(1)));
    if (outer.bits() != inner.bits()) {
      throw new FunctionException(
          "address family mismatch: " + call.text(0) + " vs. " + call.text(1));
    }
    return Bool.of(
        inner.length() >= outer.length()
            && inner
                .address()
                .shiftRight(outer.hostBits())
                .equals(outer.address().shiftRight(outer.hostBits())));
  }
}
