package io.pgha.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.format.CanonicalForm;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.json.JsonSyntax;
import io.pgha.language.syntax.Parser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes, reading ends, and throws nothing: files of the project, broken in all ways
 * that bytes can be, read as HCL, as JSON, as a template, as an expression that is evaluated, and
 * brought into their form.
 *
 * <p>For {@code -Dpgha.fuzz.seconds=N} (120 by default, 900 with {@code -Dpgha.long=true}), from
 * {@code -Dpgha.fuzz.seed=N} on. What an input does wrong is told with its seed, which makes it
 * again.
 */
class FuzzTests {
  /** No input of some kilobytes may take longer. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final int MOST_BYTES = 60_000;

  /** As deep as the command's own. */
  private static final long STACK = 1L << 30;

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          "\"",
          "${",
          "%{",
          "<<EOT\n",
          "<<-EOT\n",
          "\nEOT\n",
          "\\",
          "\\u",
          "...",
          "[*]",
          ".*",
          "?",
          ":",
          "=>",
          "=",
          ",",
          "\n",
          "\r\n",
          "\0",
          "\uFEFF",
          "for x in y :",
          "if",
          "1e999999999",
          "-0",
          "0.1e-999999",
          "null",
          "/*",
          "*/",
          "#",
          "//",
          "::",
          "!",
          "&&",
          "\u202E",
          "e\u0301",
          "\uD83D\uDE00",
          "{\"//\":",
          "[[",
          "{{",
          "((",
          "-",
          "%{if",
          "%{ endfor }");

  private static final List<String> TEXTS =
      List.of(
          "[for k, v in {a = 1, b = [2, 3]} : \"${k}-${v}\" if k != null]...",
          "{for i, x in [\"a\", \"b\"] : x => upper(x)... if true}",
          "true ? [1, \"a\"][0] : {a = 1}[\"a\"]",
          "format(\"%05.2f %s %q %#v\", 3.14159, \"a\", \"b\", [1])",
          "<<-EOT\n  %{ for x in [1, 2] ~}\n  ${x}\n  %{ endfor ~}\nEOT\n",
          "jsondecode(jsonencode({a = [1, null, true, \"\\u00e9\"]})).a[*]",
          "regexall(\"(?P<x>[a-z]+)-([0-9]*)\", \"ab-12 cd-\")",
          "yamldecode(\"a: [1, {b: c}]\\nd: !!str 1\")",
          "cidrsubnets(\"fd00::/48\", 16, 16, 8)",
          "{\"resource\": {\"host\": {\"a\": {\"address\": \"${1 + 2}\", \"//\": [null]}}}}",
          "formatdate(\"YYYY-MM-DD'T'hh:mm:ssZ\", timeadd(\"2020-02-29T00:00:00Z\", \"-1h30m\"))",
          "try(tonumber(\"x\"), 1e400 % 7, -1 / 3 * 3)");

  @Test
  void whatever_the_bytes_reading_ends_and_throws_nothing() throws Exception {
    List<byte[]> corpus = corpus();
    long seed = Long.getLong("pgha.fuzz.seed", System.nanoTime());
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(
                Long.getLong("pgha.fuzz.seconds", Boolean.getBoolean("pgha.long") ? 900L : 120L));
    long tried = 0;
    for (; tried == 0 || System.nanoTime() < end; tried++) {
      byte[] bytes = broken(corpus, new Random(seed + tried));
      Optional<String> wrong = wrong(bytes);
      if (wrong.isPresent()) {
        Path file = Files.createDirectories(Path.of("target")).resolve("fuzz-" + (seed + tried));
        Files.write(file, bytes);
        assertThat(wrong).as("-Dpgha.fuzz.seed=%d, %s".formatted(seed + tried, file)).isEmpty();
      }
    }
    System.out.println("fuzz: " + tried + " inputs from seed " + seed);
  }

  private static List<byte[]> corpus() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    Path root = Path.of("../..").toRealPath();
    for (String folder : List.of("examples", "modules")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        files
            .filter(file -> file.toString().matches(".*\\.(hcl|json|tf)"))
            .sorted()
            .map(FuzzTests::bytes)
            .filter(bytes -> bytes.length < MOST_BYTES)
            .forEach(corpus::add);
      }
    }
    TEXTS.forEach(text -> corpus.add(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(corpus).hasSizeGreaterThan(TEXTS.size() + 5);
    return corpus;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] broken(List<byte[]> corpus, Random random) {
    byte[] bytes = corpus.get(random.nextInt(corpus.size()));
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes && bytes.length < MOST_BYTES; i++) {
      int at = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, at + random.nextInt(1 + random.nextInt(200)));
      byte[] other = corpus.get(random.nextInt(corpus.size()));
      int from = random.nextInt(other.length);
      byte[] put =
          switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            case 3 ->
                PIECES
                    .get(random.nextInt(PIECES.size()))
                    .repeat(1 + random.nextInt(3000))
                    .getBytes(StandardCharsets.UTF_8);
            case 4 -> slice(other, from, Math.min(other.length, from + random.nextInt(400)));
            default -> slice(bytes, 0, at);
          };
      bytes = joined(slice(bytes, 0, at), put, slice(bytes, to, bytes.length));
    }
    return bytes;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** What goes wrong when the bytes are read; empty where nothing does. */
  private static Optional<String> wrong(byte[] bytes) throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread reader =
        new Thread(
            null,
            () -> {
              try {
                read(bytes);
                done.complete(null);
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            },
            "fuzz",
            STACK);
    reader.setDaemon(true);
    reader.start();
    try {
      done.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException _) {
      List<String> where =
          Stream.of(reader.getStackTrace()).limit(12).map(Object::toString).toList();
      return Optional.of("does not end: " + String.join("\n  ", where));
    } catch (ExecutionException e) {
      List<String> where =
          Stream.of(e.getCause().getStackTrace()).limit(12).map(Object::toString).toList();
      return Optional.of(e.getCause() + "\n  " + String.join("\n  ", where));
    }
  }

  private static void read(byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceFile.decode("fuzz", bytes, diagnostics);
    Parser.parseFile(file, diagnostics);
    JsonSyntax.parseFile(file, diagnostics);
    CanonicalForm.of(file, diagnostics);
    Evaluator evaluator =
        new Evaluator(
            FunctionTable.standard(),
            new Environment(
                new FolderFiles(Path.of("src/test")),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH)));
    Variables none = Variables.of(Map.of());
    evaluator.evaluate(Parser.parseExpression(file, diagnostics), none, diagnostics);
    evaluator.evaluate(Parser.parseTemplate(file, diagnostics), none, diagnostics);
    evaluator.evaluate(JsonSyntax.parseExpression(file, diagnostics), none, diagnostics);
    // Each is told with its place, which is looked up in the text.
    diagnostics.all().forEach(each -> each.subject().ifPresent(range -> range.start().line()));
  }
}
