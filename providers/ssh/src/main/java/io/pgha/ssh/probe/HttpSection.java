package io.pgha.ssh.probe;

import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import io.pgha.ssh.script.CurlConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** HTTP: one curl for all requests, which go over standard input with their credentials. */
final class HttpSection implements Section {
  private static final int CONNECTION_REFUSED = 7;
  private static final int TIMED_OUT = 28;

  private final List<Probe.OfHttp> probes;
  private final int seconds;

  HttpSection(List<Probe.OfHttp> probes, int seconds) {
    this.probes = probes;
    this.seconds = Math.min(seconds, 10);
  }

  private static Optional<String> objection(Probe.OfHttp probe) {
    String all =
        probe.method()
            + probe.url()
            + probe.credentials().map(c -> c.username() + c.password()).orElse("");
    if (all.indexOf('\0') >= 0) {
      return Optional.of("the request holds a NUL character");
    }
    return probe.url().matches("https?://[^/]+(/.*)?")
        ? Optional.empty()
        : Optional.of("\"" + probe.url() + "\" is not an HTTP URL");
  }

  private List<Integer> asked() {
    return IntStream.range(0, probes.size())
        .filter(index -> objection(probes.get(index)).isEmpty())
        .boxed()
        .toList();
  }

  @Override
  public List<String> parts(String nonce) {
    List<Integer> asked = asked();
    if (asked.isEmpty()) {
      return List.of();
    }
    StringJoiner config = new StringJoiner("next\n");
    for (int i = 0; i < asked.size(); i++) {
      boolean last = i == asked.size() - 1;
      config.add(
          configuration(asked.get(i), last ? "http-done 0" : "http " + asked.get(i + 1), nonce));
    }
    return List.of(
        """
        f http %d
        if command -v curl >/dev/null; then
        printf %%s %s | curl -q --config - 2>/dev/null
        else f http-none 0; fi
        """
            .formatted(asked.getFirst(), Shell.quote(config.toString())));
  }

  private String configuration(int index, String nextFrame, String nonce) {
    Probe.OfHttp probe = probes.get(index);
    StringBuilder config = new StringBuilder("silent\ngloboff\npath-as-is\nproxy = \"\"\n");
    config.append("proto = \"=http,https\"\n");
    config.append(probe.method().equals("HEAD") ? "head\n" : "");
    CurlConfig.option(config, "request", probe.method());
    CurlConfig.option(config, "url", probe.url());
    CurlConfig.option(config, "max-time", String.valueOf(seconds));
    CurlConfig.option(config, "connect-timeout", String.valueOf(Math.min(3, seconds)));
    probe
        .credentials()
        .ifPresent(
            user -> CurlConfig.option(config, "user", user.username() + ":" + user.password()));
    config
        .append("write-out = \"\\n")
        .append(nonce)
        .append(" http-end ")
        .append(index)
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
