package io.pgha.ssh.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files: one stat, one sha256sum, one head for all of them; one grep in dpkg's books and one md5sum
 * where these know a file.
 */
final class FileSection implements Section {
  static final int LARGEST_TEXT = 1 << 20;

  private final List<Probe.OfFile> probes;

  /** The most that is asked of each path. */
  private final TreeMap<String, Content> paths = new TreeMap<>();

  FileSection(List<Probe.OfFile> probes) {
    this.probes = probes;
    for (Probe.OfFile probe : probes) {
      if (probe.path().indexOf('\0') < 0) {
        paths.merge(
            probe.path(), probe.content(), (one, other) -> one.compareTo(other) > 0 ? one : other);
      }
    }
  }

  private String quoted(Content least) {
    return paths.entrySet().stream()
        .filter(entry -> entry.getValue().compareTo(least) >= 0)
        .map(entry -> " " + Shell.quote(entry.getKey()))
        .collect(Collectors.joining());
  }

  @Override
  public List<String> parts(String nonce) {
    if (paths.isEmpty()) {
      return List.of();
    }
    StringBuilder script = new StringBuilder();
    script.append("set --").append(quoted(Content.NONE)).append('\n');
    script.append(
        """
        f stat
        for p do shift; if [ -e "$p" ] || [ -L "$p" ]; then set -- "$@" "$p"; fi; done
        [ $# = 0 ] || stat --printf '%f %s %u %g %U %G %n\\0' -- "$@"
        f entries
        c() { [ $# -gt 1 ] || [ -e "$1" ] || [ -L "$1" ] || shift; n=$((n + $#)); }
        d() { n=0; c "$1"/*; c "$1"/.[!.]*; c "$1"/..?*; printf '%s %s\\0' $n "$1"; }
        for p do [ -d "$p" ] && [ ! -L "$p" ] && d "$p"; done
        """);
    String grepped =
        paths.keySet().stream()
            .filter(path -> path.startsWith("/etc/") && path.indexOf('\n') < 0)
            .map(path -> " -e " + Shell.quote(" " + path))
            .collect(Collectors.joining());
    if (!grepped.isEmpty()) {
      script
          .append("f books\nb=$(grep -hF")
          .append(grepped)
          .append(" /var/lib/dpkg/status /var/lib/ucf/hashfile 2>/dev/null)\n")
          .append("printf '%s\\n' \"$b\"\n")
          .append(
              """
              f md5
              for p do shift; case $b in *" $p"*)
              [ -f "$p" ] && [ ! -L "$p" ] && set -- "$@" "$p";; esac; done
              [ $# = 0 ] || md5sum -z -- "$@"
              """);
    }
    appendContents(script, nonce);
    return List.of(script.toString());
  }

  private void appendContents(StringBuilder script, String nonce) {
    String digested = quoted(Content.DIGEST);
    if (!digested.isEmpty()) {
      script.append("set --").append(digested).append('\n');
      script.append(
          """
          f sha256
          for p do shift; [ -f "$p" ] && [ ! -L "$p" ] && set -- "$@" "$p"; done
          [ $# = 0 ] || $T sha256sum -z -- "$@"
          """);
    }
    String read = quoted(Content.TEXT);
    if (!read.isEmpty()) {
      // head's own environment, a file that holds nothing but the separator, stands between the
      // files: so one process reads them all, and no content can pass for the separator.
      script.append("set --").append(read).append('\n');
      script.append(
          """
          f read
          for p do shift; if [ -f "$p" ] && [ ! -L "$p" ]; then printf '%s\\0' "$p"
          set -- "$@" "$p" /proc/self/environ; fi; done
          f texts
          """);
      script.append("[ $# = 0 ] || env -i S=").append(nonce);
      script.append(" head -q -c ").append(LARGEST_TEXT + 1).append(" -- \"$@\"\n");
    }
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    if (probes.isEmpty()) {
      return;
    }
    Reading reading = new Reading(frames, nonce);
    for (Probe.OfFile probe : probes) {
      answers.put(probe, reading.answer(probe));
    }
  }

  private final class Reading {
    private final Map<String, String> stats = new HashMap<>();
    private final Map<String, String> sha256;
    private final Map<String, String> md5;
    private final Map<String, String> books = new HashMap<>();
    private final Map<String, byte[]> texts = new HashMap<>();
    private final Map<String, Long> entries = new HashMap<>();

    Reading(Frames frames, String nonce) {
      for (String record : records(frames, "stat")) {
        String[] fields = record.split(" ", 7);
        if (fields.length == 7) {
          stats.put(fields[6], record);
        }
      }
      sha256 = digests(frames, "sha256");
      md5 = digests(frames, "md5");
      for (String record : records(frames, "entries")) {
        String[] fields = record.split(" ", 2);
        if (fields.length == 2) {
          entries.put(fields[1], Long.parseLong(fields[0]));
        }
      }
      readBooks(frames);
      readTexts(frames, nonce);
    }

    private static List<String> records(Frames frames, String tag) {
      return frames.find(tag).map(frame -> List.of(frame.text().split("\0"))).orElse(List.of());
    }

    /** Records such as {@code 4f2a… /etc/fstab}. */
    private static Map<String, String> digests(Frames frames, String tag) {
      Map<String, String> digests = new HashMap<>();
      for (String record : records(frames, tag)) {
        int space = record.indexOf(' ');
        if (space > 0 && record.length() > space + 2) {
          digests.put(record.substring(space + 2), record.substring(0, space));
        }
      }
      return digests;
    }

    /** dpkg's lines are {@code /path md5 [obsolete]}, ucf's are {@code md5 /path}. */
    private void readBooks(Frames frames) {
      frames
          .find("books")
          .ifPresent(frame ->
              frame
                  .text()
                  .lines()
                  .forEach(line -> {
                    for (String path : paths.keySet()) {
                      if (line.startsWith(" " + path + " ")) {
                        books.put(path, line.substring(path.length() + 2).split(" ", 2)[0]);
                      } else if (line.endsWith("  " + path) && line.indexOf(' ') == 32) {
                        books.put(path, line.substring(0, 32));
                      }
                    }
                  }));
    }

    /** The files that the script named, in its order; each with a separator after it. */
    private void readTexts(Frames frames, String nonce) {
      byte[] all = frames.find("texts").map(Frames.Frame::data).orElse(new byte[0]);
      String text = new String(all, ISO_8859_1);
      String separator = "S=" + nonce + "\0";
      int start = 0;
      for (String path : records(frames, "read")) {
        int end = text.indexOf(separator, start);
        if (end < 0) {
          return;
        }
        // A file that went away or can't be read leaves nothing between its separators.
        if (sha256.containsKey(path)) {
          texts.put(path, text.substring(start, end).getBytes(ISO_8859_1));
        }
        start = end + separator.length();
      }
    }

    ProbeResult<FileFacts> answer(Probe.OfFile probe) {
      String path = probe.path();
      if (!paths.containsKey(path)) {
        return new ProbeResult.Failed<>("no path holds a NUL character");
      }
      String stat = stats.get(path);
      if (stat == null) {
        return new ProbeResult.Absent<>();
      }
      String[] fields = stat.split(" ", 7);
      int mode = Integer.parseInt(fields[0], 16);
      FileFacts.Kind kind = kind(mode);
      boolean content = probe.content() != Content.NONE && kind == FileFacts.Kind.FILE;
      if (content && !sha256.containsKey(path)) {
        return new ProbeResult.Failed<>(path + " could not be read");
      }
      byte[] bytes = texts.getOrDefault(path, new byte[0]);
      boolean whole = texts.containsKey(path) && bytes.length <= LARGEST_TEXT;
      Optional<String> digest =
          content
              ? whole ? Optional.of(sha256(bytes)) : Optional.ofNullable(sha256.get(path))
              : Optional.empty();
      Optional<String> text =
          content && whole && probe.content() == Content.TEXT
              ? Frames.strictText(bytes)
              : Optional.empty();
      long size =
          kind == FileFacts.Kind.DIRECTORY
              ? entries.getOrDefault(path, 0L)
              : whole ? bytes.length : Long.parseLong(fields[1]);
      String known = books.get(path);
      return new ProbeResult.Found<>(
          new FileFacts(
              kind,
              mode & 07777,
              name(fields[4], fields[2]),
              name(fields[5], fields[3]),
              size,
              digest,
              text,
              known != null && known.equals(md5.get(path))));
    }

    private static String name(String name, String number) {
      return name.equals("UNKNOWN") ? number : name;
    }
  }

  private static FileFacts.Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> FileFacts.Kind.FILE;
      case 0040000 -> FileFacts.Kind.DIRECTORY;
      case 0120000 -> FileFacts.Kind.SYMLINK;
      default -> FileFacts.Kind.OTHER;
    };
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
