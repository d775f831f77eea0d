package io.pgha.ssh.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Files: one find for what they are, one head for what is in them. The digests of what was read are
 * made here; only where a file is too large to be read, find starts one sha256sum.
 */
final class FileSection implements Section {
  static final int LARGEST_TEXT = 1 << 20;

  /** The kernel makes this folder when a process looks: its time is the machine's clock. */
  private static final String NOW = "/proc/self/";

  /** Before paths whose content nobody wants, so that find can tell them from the others. */
  private static final String UNREAD = "/./.";

  /** What find says on standard error of a path at which nothing is, with the path before it. */
  private static final List<String> NOTHING_THERE =
      List.of(": No such file or directory", ": Not a directory");

  /** What find puts around a path, in UTF-8 and elsewhere. */
  private static final String QUOTES = "\u2018'";

  private final List<Probe.OfFile> probes;
  private final int seconds;

  /** The most that is asked of each path. */
  private final TreeMap<String, Content> paths = new TreeMap<>();

  FileSection(List<Probe.OfFile> probes, int seconds) {
    this.probes = probes;
    this.seconds = seconds;
    for (Probe.OfFile probe : probes) {
      if (probe.path().indexOf('\0') < 0) {
        paths.merge(
            probe.path(), probe.content(), (one, other) -> one.compareTo(other) > 0 ? one : other);
      }
    }
  }

  /** The paths that packages may have brought as configuration files. */
  Set<String> configurationFiles() {
    Set<String> files = new TreeSet<>();
    for (String path : paths.keySet()) {
      if (path.startsWith("/etc/") && path.indexOf('\n') < 0) {
        files.add(path);
      }
    }
    return files;
  }

  /** Whether a file's content is read; where a package may have brought it, to compare the two. */
  private boolean isRead(String path) {
    return paths.get(path) != Content.NONE || configurationFiles().contains(path);
  }

  private String quoted(UnaryOperator<String> name) {
    StringBuilder quoted = new StringBuilder();
    paths.keySet().forEach(path -> quoted.append(' ').append(Shell.quote(name.apply(path))));
    return quoted.toString();
  }

  private String shown(String path) {
    return isRead(path) ? path : UNREAD + path;
  }

  @Override
  public List<String> parts(String nonce) {
    // The watchdog, a process that was just made, too, says when: by the time since the machine's
    // start.
    StringBuilder script =
        new StringBuilder("s=; read -r s <\"/proc/$W/stat\"; f uptime 0 \"$s\"\n");
    script.append("f files\n{ e=$(find " + NOW);
    script.append(quoted(this::shown));
    script
        .append(" -maxdepth 0 -printf '%y/%m/%s/%u/%g/%T@/%C@/%p\\0' -type f -size +")
        .append(LARGEST_TEXT)
        .append("c ! -path '" + UNREAD + "/*' -exec sha256sum -z -- {} + 2>&1 >&9 9>&-)")
        // Only what find says tells nothing there from nobody could look.
        .append("; s=$?; } 9>&1\nf files-end 0 $s\nprintf '%s\\n' \"$e\"\n");
    if (paths.isEmpty()) {
      return List.of(script.toString());
    }
    script.append("set --").append(quoted(path -> path)).append('\n');
    script.append(
        """
        f entries
        c() { [ $# -gt 1 ] || [ -e "$1" ] || [ -L "$1" ] || shift; n=$((n + $#)); }
        d() { n=0; c "$1"/*; c "$1"/.[!.]*; c "$1"/..?*; printf '%s %s\\0' $n "$1"; }
        for p do [ -d "$p" ] && [ ! -L "$p" ] && d "$p"; done
        """);
    // head's own environment, a file that holds the number that nobody can guess, stands between
    // the files: so one process reads them all, and no content can pass for the separator.
    StringBuilder read = new StringBuilder();
    for (String path : paths.keySet()) {
      if (isRead(path)) {
        read.append(' ').append(Shell.quote(path));
      }
    }
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
    script.append("f texts-end 0 $?\n");
    return List.of(script.toString());
  }

  /** What the machine's clock said when it was asked for its files; milliseconds since 1970. */
  static Optional<Long> clockMillis(Frames frames) {
    return records(frames, "files").stream()
        .map(Found::parse)
        .flatMap(Optional::stream)
        .filter(found -> found.path().equals(NOW))
        .map(Found::modified)
        .filter(time -> time.matches("\\d{1,10}\\.\\d{3,}"))
        .map(time -> Long.parseLong(time.substring(0, time.indexOf('.') + 4).replace(".", "")))
        .findFirst();
  }

  private static List<String> records(Frames frames, String tag) {
    return frames.find(tag).map(frame -> List.of(frame.text().split("\0"))).orElse(List.of());
  }

  /** What find says of a path, all but the path without a slash. */
  private record Found(
      String type,
      String mode,
      String size,
      String owner,
      String group,
      String modified,
      String changed,
      String path) {
    static Optional<Found> parse(String record) {
      String[] fields = record.split("/", 8);
      return fields.length == 8 && fields[0].length() == 1
          ? Optional.of(
              new Found(
                  fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6],
                  fields[7]))
          : Optional.empty();
    }

    FileFacts.Kind kind() {
      return switch (type) {
        case "f" -> FileFacts.Kind.FILE;
        case "d" -> FileFacts.Kind.DIRECTORY;
        case "l" -> FileFacts.Kind.SYMLINK;
        default -> FileFacts.Kind.OTHER;
      };
    }

    /** The whole seconds of a time such as {@code 1790000000.1234567890}. */
    static long seconds(String time) {
      String seconds = time.split("\\.", 2)[0];
      return seconds.matches("\\d{1,18}") ? Long.parseLong(seconds) : 0;
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
    private final Map<String, Found> found = new HashMap<>();
    private final Map<String, String> large = new HashMap<>();
    private final Map<String, String> books = new HashMap<>();
    private final Map<String, byte[]> texts = new HashMap<>();
    private final Map<String, Long> entries = new HashMap<>();
    private final boolean readAll;
    private final boolean booksRead;
    private final String status;
    private final List<String> errors;

    Reading(Frames frames, String nonce) {
      for (String record : records(frames, "files")) {
        Optional<Found> file = Found.parse(record);
        if (file.isPresent()) {
          found.put(file.get().path(), file.get());
        } else if (record.length() > 66 && record.startsWith("  ", 64)) {
          large.put(record.substring(66), record.substring(0, 64));
        }
      }
      for (String record : records(frames, "entries")) {
        String[] fields = record.split(" ", 2);
        if (fields.length == 2) {
          entries.put(fields[1], Long.parseLong(fields[0]));
        }
      }
      frames.find("books").ifPresent(frame -> frame.text().lines().forEach(this::note));
      readTexts(frames, nonce);
      readAll = frames.find("texts-end", 0).filter(frame -> frame.note().equals("0")).isPresent();
      booksRead =
          configurationFiles().isEmpty()
              || frames.find("books-end", 0).filter(frame -> frame.note().equals("0")).isPresent();
      Optional<Frames.Frame> end = frames.find("files-end", 0);
      status = end.map(Frames.Frame::note).orElse("");
      errors =
          end.map(Frames.Frame::text).orElse("").lines().filter(line -> !line.isEmpty()).toList();
    }

    /** What it means that find printed nothing of a path. */
    private ProbeResult<FileFacts> missing(String path) {
      List<String> nothing =
          errors.stream().filter(line -> NOTHING_THERE.stream().anyMatch(line::endsWith)).toList();
      long missing =
          paths.keySet().stream().filter(each -> !found.containsKey(shown(each))).count();
      // find quotes what is no plain text; where the numbers fit, no path need be looked for.
      if (status.equals("1")
          && (nothing.size() == missing || nothing.stream().anyMatch(line -> names(line, path)))) {
        return new ProbeResult.Absent<>();
      }
      return new ProbeResult.Failed<>(
          errors.stream()
              .filter(line -> names(line, path) && !nothing.contains(line))
              .findFirst()
              .orElse(
                  status.equals(Watchdog.KILLED)
                      ? "find was killed, or did not end within " + seconds + " s"
                      : "find ended with status " + status + " and did not tell of " + path));
    }

    /** Whether a line of errors is about a path, which stands in quotes. */
    private boolean names(String line, String path) {
      String name = shown(path);
      int at = line.indexOf(name);
      return at > 0
          && QUOTES.indexOf(line.charAt(at - 1)) >= 0
          && line.startsWith(": ", at + name.length() + 1);
    }

    /** dpkg's lines are {@code /path md5 [obsolete]}, ucf's are {@code md5 /path}. */
    private void note(String line) {
      if (line.startsWith(" /")) {
        int end = line.indexOf(' ', 1);
        for (; end > 0; end = line.indexOf(' ', end + 1)) {
          String path = line.substring(1, end);
          if (paths.containsKey(path)) {
            books.put(path, line.substring(end + 1).split(" ", 2)[0]);
          }
        }
      } else if (line.indexOf(' ') == 32 && line.length() > 34) {
        books.put(line.substring(34), line.substring(0, 32));
      }
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
        texts.put(path, Arrays.copyOfRange(all, start, end));
        start = end + separator.length();
      }
    }

    ProbeResult<FileFacts> answer(Probe.OfFile probe) {
      String path = probe.path();
      if (!paths.containsKey(path)) {
        return new ProbeResult.Failed<>("no path holds a NUL character");
      }
      Found file = found.get(shown(path));
      if (file == null) {
        return missing(path);
      }
      long size = Long.parseLong(file.size());
      boolean content = probe.content() != Content.NONE && file.kind() == FileFacts.Kind.FILE;
      Optional<byte[]> bytes =
          Optional.ofNullable(texts.get(path))
              .filter(read -> read.length <= LARGEST_TEXT)
              // A file that can't be read, or not to its end, makes head fail.
              .filter(read -> readAll || read.length >= size);
      Optional<String> digest =
          content
              ? bytes.map(read -> digest("SHA-256", read)).or(() -> largeDigest(path))
              : Optional.empty();
      if (content && digest.isEmpty()) {
        return new ProbeResult.Failed<>(path + " could not be read");
      }
      if (!booksRead && configurationFiles().contains(path)) {
        return new ProbeResult.Failed<>(
            "what dpkg knows of " + path + " could not be read (see `dpkg --audit` there)");
      }
      Optional<String> text =
          content && probe.content() == Content.TEXT
              ? bytes.flatMap(Frames::strictText)
              : Optional.empty();
      String known = books.get(path);
      return new ProbeResult.Found<>(
          new FileFacts(
              file.kind(),
              Integer.parseInt(file.mode(), 8),
              file.owner(),
              file.group(),
              file.kind() == FileFacts.Kind.DIRECTORY
                  ? entries.getOrDefault(path, 0L)
                  : bytes.map(read -> (long) read.length).orElse(size),
              digest,
              text,
              known != null
                  && bytes.map(read -> digest("MD5", read)).filter(known::equals).isPresent(),
              Found.seconds(file.modified()),
              Found.seconds(file.changed())));
    }

    private Optional<String> largeDigest(String path) {
      return Optional.ofNullable(large.get(path));
    }
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
