package io.pgha.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a command.
 *
 * @param finished whether it ended by itself within its time
 * @param status its exit status
 * @param seconds its wall time, or how long it was waited for
 * @param peakKib the most memory that was resident at once, in KiB
 */
record Run(boolean finished, int status, double seconds, long peakKib) {
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Runs a command; what it prints goes to a file. */
  static Run of(
      List<String> command,
      Path folder,
      Map<String, String> environment,
      Path output,
      Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      long peak = 0;
      // The kernel keeps the peak itself: what is lost is only what came in the last look's time.
      while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peak(process.pid()));
        if (System.nanoTime() - start > limit.toNanos()) {
          return new Run(false, -1, seconds(start), peak);
        }
      }
      return new Run(true, process.exitValue(), seconds(start), peak);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The peak of a process that may be gone by now. */
  private static long peak(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
