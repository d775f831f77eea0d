package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonProgressTests {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();

  @Test
  void tellsOfStepsAndOfWhatStillGoesOn() throws Exception {
    List<PlannedInstance> instances =
        BarePlan.ofTheGuide(Documents.variables(folder)).plan().instances();
    PlannedInstance host = find(instances, "host.db[\"psql-db-1\"]");
    PlannedInstance vip = find(instances, "vip.main[\"psql-lb-1\"]");
    JsonLines lines =
        new JsonLines(new PrintStream(out, true, StandardCharsets.UTF_8), () -> Instant.EPOCH);
    try (JsonProgress progress = new JsonProgress(lines, _ -> Optional.empty(), now::get)) {
      progress.started(host);
      progress.started(vip);
      progress.stepStarted(host, "psql-db-1", new Step.RefreshPackageLists());
      now.set(TimeUnit.SECONDS.toNanos(10));
      progress.tick();
      progress.failed(host, Diagnostic.error("step", "A step failed", ""));
      progress.waiting(vip, "haproxy answers");
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            start("host.db[\"psql-db-1\"]: Creating...", "info")
                + host()
                + "},\"type\":\"apply_start\"}",
            start("vip.main[\"psql-lb-1\"]: Creating...", "info")
                + vip()
                + "},\"type\":\"apply_start\"}",
            start("host.db[\"psql-db-1\"]: psql-db-1: apt-get update", "info")
                + host()
                + ",\"host\":\"psql-db-1\",\"step\":\"apt-get update\",\"elapsed_seconds\":0},\"type\":\"apply_progress\"}",
            start("host.db[\"psql-db-1\"]: Still creating...", "info")
                + host()
                + ",\"elapsed_seconds\":10},\"type\":\"apply_progress\"}",
            start("vip.main[\"psql-lb-1\"]: Still creating...", "info")
                + vip()
                + ",\"elapsed_seconds\":10},\"type\":\"apply_progress\"}",
            start("host.db[\"psql-db-1\"]: Creation errored after 10s", "error")
                + host()
                + ",\"elapsed_seconds\":10},\"type\":\"apply_errored\"}",
            start("vip.main[\"psql-lb-1\"]: waiting: haproxy answers", "info")
                + vip()
                + ",\"reason\":\"haproxy answers\",\"elapsed_seconds\":10},\"type\":\"apply_progress\"}");
  }

  private static PlannedInstance find(List<PlannedInstance> instances, String address) {
    return instances.stream()
        .filter(each -> each.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static String start(String message, String level) {
    return "{\"@level\":\"%s\",\"@message\":\"%s\",\"@module\":\"pgha.ui\",\"@timestamp\":\"1970-01-01T00:00:00.000000Z\",\"hook\":{\"resource\":"
        .formatted(level, message.replace("\"", "\\\""));
  }

  private static String host() {
    return resource("host", "db", "psql-db-1");
  }

  private static String vip() {
    return resource("vip", "main", "psql-lb-1");
  }

  private static String resource(String type, String name, String key) {
    String address = "%s.%s[\\\"%s\\\"]".formatted(type, name, key);
    return "{\"addr\":\"%s\",\"module\":\"\",\"resource\":\"%s\",\"implied_provider\":\"%s\",\"resource_type\":\"%s\",\"resource_name\":\"%s\",\"resource_key\":\"%s\"},\"action\":\"create\""
        .formatted(address, address, type, type, name, key);
  }
}
