package io.pgha.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.cli.view.PlanViews;
import io.pgha.core.Project;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.transport.Transport;
import io.pgha.state.State;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Runs many command lines in one process, while the JDK records for the AOT cache what they load.
 *
 * <p>Used when the distribution is built; a cache is recorded by one process, and must know the
 * classes of all commands.
 */
final class TrainingRun {
  private static final String CLASSES = "classes ";
  private static final String LAMBDAS = "lambdas ";

  /** In the names of the classes that the distribution writes for lambdas. */
  private static final String LAMBDA = "$$L";

  private static final String BARE = "bare ";
  private static final String LOOPBACK = "loopback ";
  private static final String JSON = "json ";

  private TrainingRun() {}

  /**
   * Runs the command lines of a file, in the form {@code STATUS ARGUMENT...}, with {@code @here@}
   * standing for the file's folder, and {@code @copy@} for a copy of it that may be written to;
   * {@code classes JAR...} loads all classes of the jars whose names begin so, but for those of
   * lambdas, which {@code lambdas JAR...} loads, {@code bare FOLDER VARIABLES} plans a folder for
   * bare machines, {@code loopback FOLDER VARIABLES} over real connections to this one, and {@code
   * json TEXT} reads a text. Fails when one ends with another status than the expected.
   */
  public static void main(String[] arguments) throws Exception {
    Path script = Path.of(arguments[0]).toAbsolutePath();
    Path copy = Files.createTempDirectory("pgha-training");
    try {
      copy(script.resolveSibling(""), copy);
      run(script, copy);
    } finally {
      delete(copy);
    }
  }

  private static void run(Path script, Path copy) throws Exception {
    for (String line : Files.readAllLines(script)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(JSON)) {
        System.out.println(
            "training: " + new ObjectMapper().readTree(line.substring(JSON.length())));
        continue;
      }
      if (line.startsWith(BARE)) {
        plan(expand(line.substring(BARE.length()), script, copy), BareMachines::new);
        continue;
      }
      if (line.startsWith(LOOPBACK)) {
        planLoopback(expand(line.substring(LOOPBACK.length()), script, copy));
        continue;
      }
      if (line.startsWith(CLASSES) || line.startsWith(LAMBDAS)) {
        boolean lambdas = line.startsWith(LAMBDAS);
        List<String> jars = List.of(line.substring(line.indexOf(' ') + 1).split(" +", -1));
        System.out.println(
            "training: " + loadClasses(jars, lambdas) + " classes loaded of " + jars);
        continue;
      }
      String[] words = expand(line, script, copy).split(" +", -1);
      String[] command = new String[words.length - 1];
      System.arraycopy(words, 1, command, 0, command.length);
      System.out.println("training: " + line);
      int status = Main.run(command);
      if (status != Integer.parseInt(words[0])) {
        throw new IllegalStateException("ended with " + status + ": " + line);
      }
    }
  }

  private static String expand(String line, Path script, Path copy) {
    return line.replace("@here@", script.resolveSibling("").toString())
        .replace("@copy@", copy.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A cache that was recorded without connections is a slower one, but as good. */
  private static void planLoopback(String folderAndVariables) throws Exception {
    Optional<LoopbackMachines> machines = LoopbackMachines.start();
    if (machines.isEmpty()) {
      System.out.println("training: no sshd here, so no connection is learned from");
      return;
    }
    try (LoopbackMachines loopback = machines.get()) {
      loopback.prepare();
      plan(folderAndVariables, () -> loopback);
    }
  }

  /** Plans a folder and shows the plan to nobody. */
  private static void plan(String folderAndVariables, Supplier<Transport> machines)
      throws Exception {
    String[] words = folderAndVariables.split(" +", -1);
    Path folder = Path.of(words[0]).toAbsolutePath().normalize();
    Diagnostics diagnostics = new Diagnostics();
    Project.Given given =
        new Project.Given(Map.of(), List.of(new Project.Option.VarFile(Path.of(words[1]))));
    int shown =
        DeepStack.call(() -> {
          Project project = Project.load(folder, given, Providers.types(), diagnostics);
          Planner planner =
              new Planner(
                  project.configuration().orElseThrow(),
                  State.EMPTY,
                  PlanOptions.NORMAL,
                  diagnostics);
          try (Fleet fleet = new Fleet(machines, planner::connection)) {
            return planner
                .plan(fleet)
                .map(plan -> PlanText.of(PlanViews.of(plan), new Paint(false)).length())
                .orElse(0);
          }
        });
    System.out.println("training: a plan of " + shown + " characters");
    diagnostics.all().forEach(found -> System.out.println("training: " + found.summary()));
  }

  /**
   * Loads what only a run on machines would: there is none where the distribution is built.
   *
   * @return how many classes were loaded
   */
  private static int loadClasses(List<String> jars, boolean lambdas) throws IOException {
    int loaded = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      String name = String.valueOf(jar.getFileName());
      if (jars.stream().anyMatch(name::startsWith)) {
        loaded += loadClasses(jar, lambdas);
      }
    }
    return loaded;
  }

  private static int loadClasses(Path jar, boolean lambdas) throws IOException {
    int loaded = 0;
    try (JarFile content = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(content.entries())) {
        String path = entry.getName();
        if (path.endsWith(".class")
            && path.contains(LAMBDA) == lambdas
            && !path.startsWith("META-INF/")
            && !path.contains("-info")) {
          String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
          try {
            Class.forName(name, false, TrainingRun.class.getClassLoader());
            loaded++;
          } catch (ClassNotFoundException | LinkageError e) {
            // It is made for a library that pgha does not bring: then no run needs it either.
            System.out.println("training: left out " + name);
          }
        }
      }
    }
    return loaded;
  }
}
