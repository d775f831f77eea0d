package io.pgha.provider.artifact;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The oldest version of a package that will do.
 *
 * @param software what the package brings, for people
 * @param name the package
 * @param major the version's first number
 * @param minor the second
 * @param why who needs it, as a clause that the version follows, such as {@code Patroni needs}
 * @param remedy what to do, in whole sentences
 */
public record LeastVersion(
    String software, String name, int major, int minor, String why, String remedy) {
  /** Debian Policy 5.6.12: an epoch may stand before it. */
  private static final Pattern NUMBERS =
      Pattern.compile("(?:\\d+:)?(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

  /**
   * The version of the package on a host where it is older; empty where it is not, or not there.
   */
  public Optional<String> olderOn(String host, ProbeResults answers) {
    return answers
        .get(host, new Probe.OfPackage(name))
        .found()
        .map(PackageFacts::version)
        .filter(this::isNewerThan);
  }

  private boolean isNewerThan(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    int first = Integer.parseInt(numbers.group(1));
    int second = numbers.group(2) == null ? 0 : Integer.parseInt(numbers.group(2));
    return first < major || (first == major && second < minor);
  }

  /**
   * The error that says so.
   *
   * @param code such as {@code etcd-too-old}
   * @param found the version that is there
   */
  public Diagnostic error(String code, String found) {
    return Diagnostic.error(
        code,
        software + " on this machine is too old",
        "The package %s is %s, but %s %d.%d or newer. %s"
            .formatted(name, found, why, major, minor, remedy));
  }
}
