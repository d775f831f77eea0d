package io.pgha.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a comparison is asked to do.
 *
 * @param pgha the command that is measured
 * @param sizes how many instances, in rising order
 * @param rounds how often each command is measured
 * @param limit how long a command may take
 * @param alone whether terraform is left out
 */
record Settings(Path pgha, List<Integer> sizes, int rounds, Duration limit, boolean alone) {
  static final String USAGE =
      """
      usage: run [--quick] [--sizes N,N,...] [--rounds N] [--limit SECONDS] [--alone]
             run --jmh [ARGUMENT OF JMH...]
        --quick   10 and 1,000 instances, one round
        --sizes   how many instances (default: 10,1000,10000,100000); above 100 a multiple of 100
        --rounds  how often each command is run (default: 3); what takes more than a minute runs once
        --limit   how long a command may take (default: 250 s)
        --alone   pgha without terraform
        --jmh     the parts of the engine instead of the whole command\
      """;

  Settings {
    if (sizes.isEmpty() || rounds < 1 || limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("nothing to measure");
    }
    if (!Files.isExecutable(pgha)) {
      throw new IllegalArgumentException(pgha + " is not there: mvn -DskipTests package makes it");
    }
    sizes = sizes.stream().sorted().distinct().toList();
    sizes.forEach(Workload::of);
  }

  /**
   * Reads arguments, the first of which is the command.
   *
   * @throws IllegalArgumentException where they make no sense; says why
   */
  static Settings of(List<String> arguments) {
    List<Integer> sizes = List.of(10, 1000, 10_000, 100_000);
    int rounds = 3;
    Duration limit = Duration.ofSeconds(250);
    boolean alone = false;
    Iterator<String> rest = arguments.iterator();
    Path pgha = Path.of(next(rest, "the path of pgha"));
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--quick" -> {
          sizes = List.of(10, 1000);
          rounds = 1;
        }
        case "--sizes" ->
            sizes = Stream.of(next(rest, option).split(",")).map(Settings::number).toList();
        case "--rounds" -> rounds = number(next(rest, option));
        case "--limit" -> limit = Duration.ofSeconds(number(next(rest, option)));
        case "--alone" -> alone = true;
        default -> throw new IllegalArgumentException("no such option: " + option);
      }
    }
    return new Settings(pgha, sizes, rounds, limit, alone);
  }

  private static String next(Iterator<String> rest, String what) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return rest.next();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no number", e);
    }
  }
}
