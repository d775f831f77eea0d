package io.pgha.provider.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Fetch;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.Shell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What one machine sees of an etcd cluster: the answers of all members that are declared, asked
 * from this machine, and where not all of them answer, of whatever listens on its own loopback.
 *
 * @param member the member that runs, or is to run, on the machine
 * @param answers what answered, by the member's name, or by {@link #LOOPBACK}
 */
record ClusterView(EtcdMember member, Map<String, Answer> answers) {
  /** Stands for what listens on the machine's own loopback. No member's name has a space. */
  static final String LOOPBACK = "on loopback";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One etcd's answer. */
  record Answer(
      boolean healthy,
      String clusterId,
      String memberId,
      String leaderId,
      long revision,
      String version,
      List<Entry> members) {
    Answer {
      members = List.copyOf(members);
    }

    boolean isLeader() {
      return !memberId.isEmpty() && memberId.equals(leaderId);
    }
  }

  /** A line of the member list; one that never started has no client URL. */
  record Entry(
      String id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
    Entry {
      peerUrls = List.copyOf(peerUrls);
      clientUrls = List.copyOf(clientUrls);
    }

    boolean hasStarted() {
      return !clientUrls.isEmpty();
    }
  }

  /**
   * The question. One curl asks all members one after the other; only where one of them does not
   * answer as etcd does, each is asked by a curl of its own, and who is on loopback too, all at the
   * same time and within a few seconds. Not even one curl is started for it where the requests
   * could be made with others.
   */
  static Probe.OfCommand probe(EtcdMember member) {
    StringJoiner all = new StringJoiner(" --next ");
    StringBuilder names = new StringBuilder();
    StringBuilder each = new StringBuilder();
    member
        .peers()
        .forEach((name, address) -> {
          String url = member.clientUrl(address);
          all.add(requests(Shell.quote(url), "\\t"));
          names.append(' ').append(Shell.quote(name));
          each.append(ask(name, url));
        });
    each.append(ask(LOOPBACK, "http://localhost:" + member.clientPort()));
    return Probe.OfCommand.of(
            """
            command -v curl >/dev/null 2>&1 || exit 127
            if answers=$(curl -q --fail-early %s 2>/dev/null); then
              IFS='
            '
              set -f
              set -- $answers
              if [ $# = %d ]; then
                for name in%s; do
                  printf '%%s\\t%%s\\n' "$name" "$1"
                  shift
                done
                exit 0
              fi
              unset IFS
            fi
            ask() {
              answer=$(curl -q %s 2>/dev/null | tr '\\n' '\\t')
              printf '%%s\\t%%s\\n' "$1" "$answer"
            }
            %swait
            """
                .formatted(all, member.peers().size(), names, requests("\"$2\"", "\\n"), each))
        .unless(fetches(member));
  }

  /** The same requests, with what the script prints before each answer. */
  private static List<Fetch> fetches(EtcdMember member) {
    List<Fetch> fetches = new ArrayList<>();
    member
        .peers()
        .forEach((name, address) -> {
          String url = member.clientUrl(address);
          String line = (fetches.isEmpty() ? "" : "\n") + name + "\t";
          fetches.add(fetch(line, url + "/health", ""));
          fetches.add(fetch("\t", url + "/v3/maintenance/status", "{}"));
          fetches.add(fetch("\t", url + "/v3/cluster/member/list", "{\"linearizable\":false}"));
        });
    return fetches;
  }

  private static Fetch fetch(String before, String url, String body) {
    return new Fetch(before, url, Optional.of(body).filter(text -> !text.isEmpty()), 2, false);
  }

  private static String ask(String name, String url) {
    return "ask %s %s &\n".formatted(Shell.quote(name), Shell.quote(url));
  }

  /** The three requests to a member, and what stands behind each answer but the last. */
  private static String requests(String url, String separator) {
    return """
    -s -m 2 --noproxy '*' -w '%2$s' %1$s/health \\
      --next -s -m 2 --noproxy '*' -w '%2$s' -d '{}' %1$s/v3/maintenance/status \\
      --next -s -m 2 --noproxy '*' -w '\\n' -d '{"linearizable":false}' %1$s/v3/cluster/member/list\
    """
        .formatted(url, separator);
  }

  /** What the answers say. Where the question could not be asked, nobody answered. */
  static ClusterView of(EtcdMember member, ProbeResults results) {
    String output =
        results.get(member.host(), probe(member)).found().map(CommandOutput::output).orElse("");
    Map<String, Answer> answers = new TreeMap<>();
    for (String line : output.lines().toList()) {
      List<String> fields = List.of(line.split("\t", -1));
      if (fields.size() >= 4) {
        answer(fields.get(1), fields.get(2), fields.get(3))
            .ifPresent(answer -> answers.put(fields.getFirst(), answer));
      }
    }
    return new ClusterView(member, answers);
  }

  /** What the member itself answers. */
  Optional<Answer> own() {
    return Optional.ofNullable(answers.get(member.name()))
        .filter(answer ->
            answer.members().stream()
                .anyMatch(each ->
                    each.id().equals(answer.memberId())
                        && each.peerUrls().contains(member.peerUrl())));
  }

  /** What listens on the machine without being the declared member. */
  Optional<Answer> stranger() {
    Optional<Answer> local =
        Optional.ofNullable(answers.get(LOOPBACK))
            .or(() -> Optional.ofNullable(answers.get(member.name())));
    return own().isPresent() ? Optional.empty() : local;
  }

  /** The answer that knows most of the declared cluster, a healthy one first. */
  Optional<Answer> cluster() {
    List<String> declared = member.peerUrls();
    return answers.entrySet().stream()
        .filter(each -> !each.getKey().equals(LOOPBACK))
        .map(Map.Entry::getValue)
        .filter(answer ->
            answer.members().stream()
                .anyMatch(each -> each.peerUrls().stream().anyMatch(declared::contains)))
        .min(
            Comparator.comparing((Answer answer) -> !answer.healthy())
                .thenComparing(answer -> isExpelled() && answer.memberId().equals(ownId())));
  }

  private String ownId() {
    return Optional.ofNullable(answers.get(member.name())).map(Answer::memberId).orElse("");
  }

  /** Whether the cluster was begun with the member in it and waits for its first start. */
  boolean isAwaited() {
    return entry().filter(each -> !each.hasStarted() && !each.name().isEmpty()).isPresent();
  }

  /** The declared cluster's line about the member itself. */
  Optional<Entry> entry() {
    return cluster()
        .flatMap(answer ->
            answer.members().stream()
                .filter(each -> each.peerUrls().contains(member.peerUrl()))
                .findFirst());
  }

  /**
   * Whether the cluster no longer has this member: all others that answer agree on that. The member
   * itself may not have noticed yet; while it answers, only healthy others are believed.
   */
  boolean isExpelled() {
    List<String> declared = member.peerUrls();
    List<Answer> others =
        answers.entrySet().stream()
            .filter(each -> !each.getKey().equals(LOOPBACK))
            .filter(each -> !each.getKey().equals(member.name()))
            .map(Map.Entry::getValue)
            .filter(answer -> answer.healthy() || own().isEmpty())
            .filter(answer ->
                answer.members().stream()
                    .anyMatch(each -> each.peerUrls().stream().anyMatch(declared::contains)))
            .toList();
    return !others.isEmpty()
        && others.stream()
            .flatMap(answer -> answer.members().stream())
            .noneMatch(each -> each.peerUrls().contains(member.peerUrl()));
  }

  /** Members of the declared cluster that nobody declares. */
  List<Entry> undeclared() {
    List<String> declared = member.peerUrls();
    return cluster().stream()
        .flatMap(answer -> answer.members().stream())
        .filter(each -> each.peerUrls().stream().noneMatch(declared::contains))
        .toList();
  }

  /** Whether the member itself says that it is healthy. */
  boolean isHealthy() {
    return own().map(Answer::healthy).orElse(false);
  }

  private static Optional<Answer> answer(String health, String status, String list) {
    JsonNode healthNode = parse(health);
    JsonNode statusNode = parse(status);
    JsonNode listNode = parse(list);
    if (statusNode.isMissingNode() && listNode.isMissingNode()) {
      return Optional.empty();
    }
    JsonNode header =
        listNode.isMissingNode() ? statusNode.path("header") : listNode.path("header");
    List<Entry> members = new ArrayList<>();
    for (JsonNode each : listNode.path("members")) {
      members.add(
          new Entry(
              hexadecimal(each.path("ID").asText()),
              each.path("name").asText(),
              strings(each.path("peerURLs")),
              strings(each.path("clientURLs")),
              each.path("isLearner").asBoolean()));
    }
    return Optional.of(
        new Answer(
            healthNode.path("health").asText().equals("true"),
            hexadecimal(header.path("cluster_id").asText()),
            hexadecimal(header.path("member_id").asText()),
            hexadecimal(statusNode.path("leader").asText()),
            statusNode.path("header").path("revision").asLong(),
            statusNode.path("version").asText(),
            members));
  }

  /** What is no JSON object (a time-out's empty text, a proxy's page) is no answer. */
  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node != null && node.isObject() && !node.has("error") ? node : JSON.missingNode();
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  private static List<String> strings(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** An id as etcdctl prints it; the gateway gives it in decimal. */
  private static String hexadecimal(String decimal) {
    if (decimal.isEmpty() || decimal.equals("0")) {
      return "";
    }
    return decimal.chars().allMatch(Character::isDigit)
        ? Long.toHexString(Long.parseUnsignedLong(decimal))
        : decimal;
  }
}
