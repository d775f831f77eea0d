import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays out the distribution: bin/pgha, lib/*.jar, a run-time image of the JDK, and two AOT caches:
 * lib/machines.aot for the commands that reach machines, and the smaller lib/pgha.aot for the
 * others, since a cache costs as much to start with as there is in it.
 *
 * <p>Maven runs this as a source program on the JDK of the toolchain, which is also the one that
 * the run-time image is linked from. Arguments: the folder of the sources (the launcher and the
 * training runs), the folder to lay out, the jar of the command, and the class path.
 */
final class Distribution {
  private static final String MAIN_CLASS = "io.pgha.cli.Main";
  private static final String TRAINING_CLASS = "io.pgha.cli.TrainingRun";

  /** What pgha and its libraries use of the JDK. */
  private static final List<String> JDK_MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.security.jgss",
          "java.sql",
          "java.xml",
          // The encodings of textencodebase64 beyond the usual ones: 2 MiB.
          "jdk.charsets",
          "jdk.crypto.cryptoki",
          "jdk.net",
          "jdk.unsupported",
          "jdk.zipfs");

  /**
   * The same when the cache is recorded and when pgha starts, or the cache is not used. C1 alone:
   * most commands end before C2 has paid for itself.
   */
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // A heap of a few pages at first: each page that is touched costs, and most runs need
          // few.
          "-Xms32m",
          // Where the system gives large pages on request: a start is mostly first touches of
          // pages.
          "-XX:+UseTransparentHugePages",
          "-XX:-UsePerfData",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8");

  /**
   * The cache has no profiles of methods: a start would have C1 compile at once what the training
   * run called often, a sixth of the time of a small plan, which is over before it pays.
   */
  private static final List<String> RECORDING_OPTIONS =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  private static final String SERVICES = "META-INF/services/";

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final Path sources;
  private final Path home;
  private final List<Path> jars;

  private Distribution(Path sources, Path home, List<Path> jars) {
    this.sources = sources;
    this.home = home;
    this.jars = jars;
  }

  public static void main(String[] arguments) throws Exception {
    List<Path> jars = new ArrayList<>();
    jars.add(Path.of(arguments[2]));
    // The first entry is the folder of the command's own classes, which are in its jar.
    Stream.of(arguments[3].split(":")).skip(1).map(Path::of).forEach(jars::add);
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(jar + " is no jar: run mvn package from the top folder");
      }
    }
    new Distribution(Path.of(arguments[0]), Path.of(arguments[1]), jars).build();
  }

  private void build() throws Exception {
    Path stamp = home.resolve("lib/inputs");
    String inputs = inputs();
    if (Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
      System.out.println("The distribution is up to date: " + home);
      return;
    }
    delete(home.resolve("bin"));
    delete(home.resolve("lib"));
    Path library = Files.createDirectories(home.resolve("lib"));
    LibraryJars.copy(jars, library);
    List<String> names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
    Path java = linkRuntime() ? home.resolve("runtime") : JAVA_HOME;
    services(library);
    launcher(names);
    record(java.resolve("bin/java"), names, "pgha.aot", "commands");
    record(java.resolve("bin/java"), names, "machines.aot", "machines");
    Files.writeString(stamp, inputs);
    System.out.println("The distribution is in " + home);
  }

  private String inputs() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<Path> files = new ArrayList<>(jars);
    try (Stream<Path> found = Files.walk(sources)) {
      found.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    files.add(JAVA_HOME.resolve("release"));
    try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Path file : files) {
        out.write(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        Files.copy(file, out);
      }
    }
    return HexFormat.of().formatHex(digest.digest()) + "\n";
  }

  // ---- The run-time image

  /**
   * Links the run-time image. A JDK that can't (some packages of it come without its modules) is
   * used itself then: the distribution works, but needs that JDK where it runs.
   */
  private boolean linkRuntime() throws Exception {
    Path runtime = home.resolve("runtime");
    Path stamp = runtime.resolve("linked-from");
    String wanted =
        Files.readString(JAVA_HOME.resolve("release"))
            + JAVA_HOME
            + "\n"
            + String.join(",", JDK_MODULES)
            + "\n";
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return true;
    }
    delete(runtime);
    if (!Files.isExecutable(JAVA_HOME.resolve("bin/jlink"))
        || !(Files.isDirectory(JAVA_HOME.resolve("jmods")) || linksFromItself())) {
      System.out.println(
          JAVA_HOME
              + " can't link a run-time image: pgha will need it, or another Java 25, to run");
      return false;
    }
    run(
        List.of(
            JAVA_HOME.resolve("bin/jlink").toString(),
            "--add-modules",
            String.join(",", JDK_MODULES),
            "--no-header-files",
            "--no-man-pages",
            "--generate-cds-archive",
            "--output",
            runtime.toString()));
    Files.writeString(stamp, wanted);
    return true;
  }

  /** Whether this JDK links from its own image, without jmods (JEP 493): jlink's help says so. */
  private static boolean linksFromItself() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(JAVA_HOME.resolve("bin/jlink").toString(), "--help")
            .redirectErrorStream(true)
            .start();
    String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return help.contains("Linking from run-time image enabled");
  }

  // ---- The services

  /** Gathers what the jars declare for pgha's own services, so that no start has to look for it. */
  private void services(Path library) throws IOException {
    Map<String, List<String>> declared = new TreeMap<>();
    for (Path jar : jars) {
      try (JarFile opened = new JarFile(jar.toFile())) {
        for (JarEntry entry : Collections.list(opened.entries())) {
          if (entry.getName().startsWith(SERVICES + "io.pgha.") && !entry.isDirectory()) {
            String text =
                new String(opened.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
            declared
                .computeIfAbsent(
                    entry.getName().substring(SERVICES.length()), key -> new ArrayList<>())
                .addAll(
                    text.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .toList());
          }
        }
      }
    }
    Path folder = Files.createDirectories(library.resolve("services"));
    for (Map.Entry<String, List<String>> service : declared.entrySet()) {
      Files.write(folder.resolve(service.getKey()), service.getValue());
    }
  }

  // ---- The launcher and the AOT cache

  private void launcher(List<String> names) throws IOException {
    String text =
        Files.readString(sources.resolve("pgha"))
            .replace("@java_options@", String.join(" ", JAVA_OPTIONS))
            .replace("@java_home@", JAVA_HOME.toString())
            .replace(
                "@class_path@",
                names.stream().map(name -> "$home/lib/" + name).collect(Collectors.joining(":")))
            .replace("@main_class@", MAIN_CLASS);
    Path launcher = Files.createDirectories(home.resolve("bin")).resolve("pgha");
    Files.writeString(launcher, text);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void record(Path java, List<String> names, String cache, String training)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-XX:AOTCacheOutput=" + home.resolve("lib").resolve(cache));
    command.addAll(JAVA_OPTIONS);
    command.addAll(RECORDING_OPTIONS);
    command.add("-Dpgha.services=" + home.resolve("lib/services"));
    command.add("-cp");
    command.add(
        names.stream()
            .map(name -> home.resolve("lib").resolve(name).toString())
            .collect(Collectors.joining(":")));
    command.add(TRAINING_CLASS);
    command.add(sources.resolve("training").resolve(training).toString());
    run(command);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    String tool = Path.of(command.getFirst()).getFileName().toString();
    Path log = home.resolveSibling(tool.toLowerCase(Locale.ROOT) + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(tool + " did not end within 5 minutes, see " + log);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          tool + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
