package io.pgha.provider.probe;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.FirstLine;
import io.pgha.provider.step.Shell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a host reaches the ports of others that something on it will need. Asked only until that
 * is there: afterwards its own health tells.
 *
 * <p>Nothing listens on a bare machine: a connection that is refused has got there. A firewall that
 * refuses in the other's name can't be told from that.
 *
 * @param host the address of the host that asks
 * @param made the path of a file that pgha writes there, with its name in the first line: once it
 *     has, the question is no longer needed
 * @param ports what must be reached, in the order in which it is told
 */
public record Reach(String host, String made, List<Port> ports) {
  /** Longer than the time after which a first lost packet is sent again: RFC 6298, 1 s. */
  private static final int PATIENCE_SECONDS = 3;

  public Reach {
    ports = List.copyOf(ports);
  }

  /** A TCP port at an IP address or name. */
  public record Port(String address, int number) {
    private static final Pattern AUTHORITY = Pattern.compile("\\[?([^\\[\\]/\\s]+)]?:(\\d{1,5})");

    /** The port of {@code host:port}, an IPv6 address in brackets; empty for any other text. */
    public static Optional<Port> of(String authority) {
      Matcher matcher = AUTHORITY.matcher(authority);
      return matcher.matches()
          ? Optional.of(new Port(matcher.group(1), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + number;
    }
  }

  /** The question; none where nothing is needed. */
  public List<PlacedProbe> probes() {
    return ports.isEmpty() ? List.of() : List.of(new PlacedProbe(host, question()));
  }

  private Probe<CommandOutput> question() {
    String tries =
        ports.stream()
            .map(port -> "try %s %d &\n".formatted(Shell.quote(port.address()), port.number()))
            .collect(Collectors.joining());
    return Probe.OfCommand.of(
        """
        made=%s
        if [ -f "$made" ]; then
          IFS= read -r first <"$made"
          case $first in *'%s'*) exit 0 ;; esac
        fi
        try() {
          said=$(LC_ALL=C timeout %d bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>&1) && return
          said=${said%%%%"
        "*}
          case $said in
            *refused*) ;;
            '') echo "$2 $1 no answer" ;;
            *) echo "$2 $1 ${said##*: }" ;;
          esac
        }
        %swait
        """
            .formatted(Shell.quote(made), FirstLine.BEGINNING, PATIENCE_SECONDS, tries));
  }

  /** What the host does not reach, and why. */
  Map<Port, String> missed(ProbeResults answers) {
    List<String> lines =
        answers.get(host, question()).found().stream()
            .flatMap(output -> output.output().lines())
            .toList();
    Map<Port, String> missed = new LinkedHashMap<>();
    for (Port port : ports) {
      String beginning = "%d %s ".formatted(port.number(), port.address());
      lines.stream()
          .filter(line -> line.startsWith(beginning))
          .findFirst()
          .ifPresent(line -> missed.put(port, line.substring(beginning.length())));
    }
    return missed;
  }

  /**
   * A warning that names what is not reached: no error, since a machine that is down for a while
   * must not keep the others from being made.
   *
   * @param instance what needs the ports
   * @param consequence what happens where they stay closed, a whole sentence
   */
  public List<Diagnostic> warnings(ProbeResults answers, Instance instance, String consequence) {
    Map<Port, String> missed = ports.isEmpty() ? Map.of() : missed(answers);
    if (missed.isEmpty()) {
      return List.of();
    }
    String name =
        instance
            .reference(AttributePath.of("host"))
            .flatMap(machine -> Values.of(machine).string("name"))
            .orElse(host);
    String list =
        missed.entrySet().stream()
            .map(each -> "%s (%s)".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    return List.of(
        Diagnostic.warning(
                "unreachable-ports",
                name + " does not reach ports that it needs",
                "It gets no connection to %s. Look for a firewall between the machines, a wrong address, or a machine that is down. %s"
                    .formatted(list, consequence))
            .about(instance.address())
            .on(name));
  }
}
