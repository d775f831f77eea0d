package io.pgha.cli.drift;

import io.pgha.cli.view.PageParts;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a page tells beside the findings: what was not seen, not applied, not to be told. */
final class DriftPageRemarks {
  private final DriftReport report;
  private final boolean many;

  DriftPageRemarks(DriftReport report, boolean many) {
    this.report = report;
    this.many = many;
  }

  void put(Map<String, Object> content) {
    PageParts.put(
        content, "silences", "hasSilences", each(root -> silences(root.root(), root.silences())));
    PageParts.put(content, "pending", "hasPending", each(this::pending));
    PageParts.put(content, "ignored", "hasIgnored", each(this::ignored));
    PageParts.put(content, "remarks", "hasRemarks", each(this::remarks));
  }

  private List<Map<String, Object>> each(Function<RootReport, Stream<Map<String, Object>>> part) {
    return report.roots().stream().flatMap(part).toList();
  }

  private String in(String root) {
    return many ? " · in " + root : "";
  }

  private Stream<Map<String, Object>> silences(String root, List<Silence> silences) {
    return silences.stream()
        .map(silence -> {
          String who = silence.host().isEmpty() ? "Something" : silence.host();
          return Map.of(
              "what", who + ": " + silence.code().replace('-', ' ') + in(root),
              "reason", silence.reason(),
              "addresses", silence.addresses());
        });
  }

  private Stream<Map<String, Object>> pending(RootReport root) {
    return root.pending().stream()
        .map(pending -> {
          List<String> parts =
              new ArrayList<>(List.of(pending.address(), pending.action().verdict()));
          pending.previousAddress().map(old -> "moved from " + old).ifPresent(parts::add);
          if (!pending.attributes().isEmpty()) {
            parts.add(String.join(", ", pending.attributes()));
          }
          pending.declared().map(DriftPageFindings::line).ifPresent(parts::add);
          return Map.<String, Object>of(
              "address",
              pending.address(),
              "rest",
              String.join(" · ", parts.subList(1, parts.size())) + in(root.root()));
        });
  }

  private Stream<Map<String, Object>> ignored(RootReport root) {
    return root.ignored().stream().map(each -> ignored(each, root.root()));
  }

  private Map<String, Object> ignored(Ignored ignored, String root) {
    Finding finding = ignored.finding();
    String hosts = finding.hosts().isEmpty() ? "" : " on " + String.join(", ", finding.hosts());
    return Map.of(
        "summary", finding.summary(),
        "where",
            finding.grade().word()
                + " · "
                + String.join(", ", finding.addresses())
                + hosts
                + in(root),
        "why",
            "%s (until %s; .pghaignore:%d)"
                .formatted(ignored.reason(), ignored.expires(), ignored.line()));
  }

  private Stream<Map<String, Object>> remarks(RootReport root) {
    return root.ignores().stream().map(each -> remark(each, root.root()));
  }

  private Map<String, Object> remark(IgnoreRemark remark, String root) {
    return Map.of(
        "text", remark.text(), "remark", remark.remark() + in(root), "line", remark.line());
  }
}
