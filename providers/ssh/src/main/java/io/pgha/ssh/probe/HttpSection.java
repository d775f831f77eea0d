package io.pgha.ssh.probe;

import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.Fetch;
import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import io.pgha.ssh.script.CurlConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * HTTP: one curl for all requests, which go over standard input with their credentials. It asks
 * what spares commands too, as long as nothing fails; else once more without that.
 */
final class HttpSection implements Section {
  /** A shell variable: {@code yes} where all that spares commands was answered. */
  static final String FETCHED = "fetched";

  private static final int CONNECTION_REFUSED = 7;
  private static final int TIMED_OUT = 28;

  private final List<Probe.OfHttp> probes;
  private final List<Fetch> fetches;
  private final int seconds;

  /**
   * A section.
   *
   * @param fetches the requests that spare commands
   */
  HttpSection(List<Probe.OfHttp> probes, List<Fetch> fetches, int seconds) {
    this.probes = probes;
    this.fetches = fetches;
    this.seconds = Math.min(seconds, 10);
  }

  /** What curl is to ask; its number is its frame's. */
  private record Request(
      int number,
      String method,
      String url,
      Optional<Credentials> credentials,
      Optional<String> body,
      int seconds,
      boolean onlySuccess) {}

  private Request request(int index) {
    Probe.OfHttp probe = probes.get(index);
    return new Request(
        index, probe.method(), probe.url(), probe.credentials(), Optional.empty(), seconds, false);
  }

  private Request fetch(int index) {
    Fetch fetch = fetches.get(index);
    return new Request(
        probes.size() + index,
        fetch.body().isPresent() ? "POST" : "GET",
        fetch.url(),
        Optional.empty(),
        fetch.body(),
        Math.min(fetch.seconds(), seconds),
        fetch.onlySuccess());
  }

  private static Optional<String> objection(Probe.OfHttp probe) {
    String all =
        probe.method()
            + probe.url()
            + probe.credentials().map(c -> c.username() + c.password()).orElse("");
    if (all.indexOf('\0') >= 0) {
      return Optional.of("the request holds a NUL character");
    }
    return isHttp(probe.url())
        ? Optional.empty()
        : Optional.of("\"" + probe.url() + "\" is not an HTTP URL");
  }

  private static boolean isHttp(String url) {
    return url.matches("https?://[^/]+(/.*)?");
  }

  /** Whether requests can be asked here; where one can't, their command runs. */
  static boolean canAsk(List<Fetch> fetches) {
    return fetches.stream()
        .allMatch(fetch ->
            isHttp(fetch.url()) && (fetch.url() + fetch.body().orElse("")).indexOf('\0') < 0);
  }

  @Override
  public List<String> parts(String nonce) {
    List<Request> asked = new ArrayList<>();
    IntStream.range(0, probes.size())
        .filter(index -> objection(probes.get(index)).isEmpty())
        .forEach(index -> asked.add(request(index)));
    int own = asked.size();
    IntStream.range(0, fetches.size()).forEach(index -> asked.add(fetch(index)));
    if (asked.isEmpty()) {
      return List.of();
    }
    List<String> configurations = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      boolean last = i == asked.size() - 1;
      configurations.add(
          configuration(
              asked.get(i), last ? "http-done 0" : "http " + asked.get(i + 1).number(), nonce));
    }
    String frame = "f http " + asked.getFirst().number() + "\n";
    String plain = joined(configurations.subList(0, own));
    if (fetches.isEmpty()) {
      return List.of(
          frame
              + "if command -v curl >/dev/null; then\nprintf %%s %s | curl -q --config - 2>/dev/null\n"
                  .formatted(Shell.quote(plain))
              + "else f http-none 0; fi\n");
    }
    String more = (own == 0 ? "" : "next\n") + joined(configurations.subList(own, asked.size()));
    return List.of(
        """
        %1$sh=%2$s
        %3$s=
        if command -v curl >/dev/null; then
        if printf %%s%%s "$h" %4$s | curl -q --fail-early --config - 2>/dev/null; then
        %3$s=yes
        f fetched 0
        %5$sfi
        else f http-none 0; fi
        """
            .formatted(
                frame,
                Shell.quote(plain),
                FETCHED,
                Shell.quote(more),
                own == 0
                    ? ""
                    : "else\n" + frame + "printf %s \"$h\" | curl -q --config - 2>/dev/null\n"));
  }

  private static String joined(List<String> configurations) {
    StringJoiner config = new StringJoiner("next\n");
    configurations.forEach(config::add);
    return config.toString();
  }

  private static String configuration(Request request, String nextFrame, String nonce) {
    StringBuilder config = new StringBuilder("silent\ngloboff\npath-as-is\nproxy = \"\"\n");
    config.append("proto = \"=http,https\"\n");
    config.append(request.method().equals("HEAD") ? "head\n" : "");
    config.append(request.onlySuccess() ? "fail\n" : "");
    CurlConfig.option(config, "request", request.method());
    CurlConfig.option(config, "url", request.url());
    request.body().ifPresent(body -> CurlConfig.option(config, "data-raw", body));
    CurlConfig.option(config, "max-time", String.valueOf(request.seconds()));
    CurlConfig.option(config, "connect-timeout", String.valueOf(Math.min(3, request.seconds())));
    request
        .credentials()
        .ifPresent(
            user -> CurlConfig.option(config, "user", user.username() + ":" + user.password()));
    config
        .append("write-out = \"\\n")
        .append(nonce)
        .append(" http-end ")
        .append(request.number())
        .append(" %{http_code} %{exitcode} %{errormsg}\\n\\n")
        .append(nonce)
        .append(' ')
        .append(nextFrame)
        .append("\\n\"\n");
    return config.toString();
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    for (int i = 0; i < probes.size(); i++) {
      Optional<String> objection = objection(probes.get(i));
      answers.put(
          probes.get(i),
          objection.isPresent() ? new ProbeResult.Failed<>(objection.get()) : answer(frames, i));
    }
  }

  /**
   * What came of requests that spare a command.
   *
   * @param first the number of the first of them among all that were given
   * @param asked the requests
   * @return empty where the command was run
   */
  Optional<String> fetched(Frames frames, int first, List<Fetch> asked) {
    if (frames.find("fetched", 0).isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < asked.size(); i++) {
      text.append(asked.get(i).before());
      text.append(
          frames
              .find("http", probes.size() + first + i)
              .map(Frames.Frame::text)
              .orElse("")
              .stripTrailing()
              .replace('\n', ' '));
    }
    return Optional.of(text.toString());
  }

  private ProbeResult<HttpAnswer> answer(Frames frames, int index) {
    if (frames.find("http-none", 0).isPresent()) {
      return new ProbeResult.Absent<>();
    }
    Optional<Frames.Frame> end = frames.find("http-end", index);
    if (end.isEmpty()) {
      return new ProbeResult.Failed<>("curl gave no answer");
    }
    String[] words = end.get().note().split(" ", 3);
    int exit = Integer.parseInt(words[1]);
    return switch (exit) {
      case 0 ->
          new ProbeResult.Found<>(
              new HttpAnswer(
                  Integer.parseInt(words[0]),
                  frames.find("http", index).map(Frames.Frame::text).orElse("")));
      case CONNECTION_REFUSED -> new ProbeResult.Absent<>();
      case TIMED_OUT -> new ProbeResult.Failed<>("no answer within " + seconds + " s");
      default ->
          new ProbeResult.Failed<>(
              words.length > 2 && !words[2].isBlank() ? words[2].strip() : "curl error " + exit);
    };
  }
}
