package io.pgha.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real headless Chromium, driven over W3C WebDriver by chromedriver. */
public final class Browser implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Process driver;
  private final String session;

  private Browser(Path driverFile, Path profile) throws IOException, InterruptedException {
    driver =
        new ProcessBuilder(driverFile.toString(), "--port=0").redirectErrorStream(true).start();
    int port = port(driver.inputReader(StandardCharsets.UTF_8));
    String all = "http://127.0.0.1:" + port + "/session";
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile);
    Map<String, Object> wanted =
        Map.of(
            "goog:chromeOptions", Map.of("args", arguments),
            "goog:loggingPrefs", Map.of("browser", "ALL"));
    JsonNode made = send("POST", all, Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    session = all + "/" + made.path("sessionId").asText();
  }

  /** Why there is no browser here; empty where there is one. */
  public static Optional<String> missing() {
    return find("chromedriver").isPresent() && find("chromium").isPresent()
        ? Optional.empty()
        : Optional.of("no Chromium with its driver: apt-get install chromium chromium-driver");
  }

  private static Optional<Path> find(String program) {
    return java.util.Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one with a fresh profile. */
  public static Browser start(Path profile) throws IOException, InterruptedException {
    return new Browser(find("chromedriver").orElseThrow(), profile);
  }

  private static int port(BufferedReader out) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      Matcher matcher = STARTED.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("chromedriver did not start: " + said);
  }

  private JsonNode send(String method, String address, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.equals("")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode value = JSON.readTree(response.body()).path("value");
    if (response.statusCode() != 200) {
      throw new IOException(address + ": " + value.path("message").asText());
    }
    return value;
  }

  /** Opens a page. */
  public void open(Path file) throws IOException, InterruptedException {
    send("POST", session + "/url", Map.of("url", file.toUri().toString()));
  }

  /** What a function body returns in the page. */
  public JsonNode run(String script) throws IOException, InterruptedException {
    return send("POST", session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Waits until an expression holds in the page. */
  public void await(String condition) throws IOException, InterruptedException {
    send(
        "POST",
        session + "/execute/async",
        Map.of(
            "script",
            "const done = arguments[0];"
                + "const look = () => (%s) ? done(true) : setTimeout(look, 20); look();"
                    .formatted(condition),
            "args",
            List.of()));
  }

  /** Clicks like a person: where something else lies above the element it fails. */
  public void click(String selector) throws IOException, InterruptedException {
    send("POST", element(selector) + "/click", Map.of());
  }

  /** Types into an element. */
  public void type(String selector, String keys) throws IOException, InterruptedException {
    send("POST", element(selector) + "/value", Map.of("text", keys));
  }

  private String element(String selector) throws IOException, InterruptedException {
    JsonNode found =
        send("POST", session + "/element", Map.of("using", "css selector", "value", selector));
    return session + "/element/" + found.elements().next().asText();
  }

  /** Takes a width and a colour scheme. */
  public void show(int width, int height, String scheme) throws IOException, InterruptedException {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private void command(String name, Map<String, Object> parameters)
      throws IOException, InterruptedException {
    send("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  /** What the console said since the last time. */
  public List<String> console() throws IOException, InterruptedException {
    List<String> messages = new ArrayList<>();
    send("POST", session + "/se/log", Map.of("type", "browser"))
        .forEach(entry -> messages.add(entry.path("message").asText()));
    return messages;
  }

  /** Keeps what it shows as a PNG. */
  public void screenshot(Path file) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    String png = send("GET", session + "/screenshot", "").asText();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  @Override
  public void close() throws IOException {
    try {
      send("DELETE", session, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the browser was closed", e);
    } finally {
      driver.destroy();
      driver.onExit().join();
      client.close();
    }
  }
}
