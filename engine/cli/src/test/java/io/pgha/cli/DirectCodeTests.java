package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the distribution writes out does what javac's own would. */
class DirectCodeTests {
  private static final String SAMPLE =
      """
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.stream.*;
      public class Sample {
        sealed interface Shape {
          default String kind() {
            return switch (this) {
              case Dot dot when dot.x() > 5 -> "far dot";
              case Dot dot -> "dot";
              case Line line -> "line";
              case Every every -> "every";
            };
          }
        }
        record Dot(int x, int y) implements Shape {}
        record Line(Dot from, Dot to, String name) implements Shape {}
        record Every(
            boolean a, byte b, char c, short d, int e, long f, float g, double h, int[] i, Object j)
            implements Shape {}
        record Empty() {}
        enum Colour { RED, GREEN }
        static String mixed(Object value) {
          return switch (value) {
            case null -> "null";
            case Colour.RED -> "red";
            case String text -> words(text);
            case Integer number when number > 3 -> "many";
            case List<?> list -> "list";
            case int[] array -> "array";
            case Map.Entry<?, ?> entry -> "entry";
            default -> "other";
          };
        }
        static String words(String word) {
          return switch (word) {
            case "text" -> "this text";
            case String text when text.length() > 4 -> "long text";
            case String text -> "text";
          };
        }
        static String types(Object value) {
          return switch (value) {
            case CharSequence text -> "text";
            case Number number -> "number";
            case Collection<?> all -> "collection";
            case Object other -> "other";
          };
        }
        static String nothing(Shape shape) {
          try {
            return switch (shape) {
              case Dot dot -> "dot";
              case Line line -> "line";
              case Every every -> "every";
            };
          } catch (NullPointerException e) {
            return "no null";
          }
        }
        static Every every(double h, float g, Object j) {
          return new Every(true, (byte) 1, 'c', (short) 2, 3, 4L, g, h, null, j);
        }
        interface Greeter {
          String greet(String name);
          private String polite(String name) {
            return "dear " + greet(name);
          }
          default Supplier<String> later(String name) {
            return () -> polite(name);
          }
          static Greeter of(String word) {
            return name -> word + " " + name;
          }
        }
        static class Counter {
          private int count;
          private int next(int by) {
            return count += by;
          }
          IntUnaryOperator counting() {
            return this::next;
          }
          class Inner {
            private final long more = 3;
            LongSupplier sum() {
              return () -> more + next(1);
            }
          }
        }
        interface Wide {
          long of(int number);
        }
        static long twice(long number) {
          return 2 * number;
        }
        static String all(String... words) {
          return String.join("-", words);
        }
        static List<Object> lambdas() {
          List<Object> said = new ArrayList<>();
          Counter counter = new Counter();
          Counter.Inner inner = counter.new Inner();
          said.add(Greeter.of("hello").greet("you"));
          said.add(Greeter.of("hello").later("you").get());
          said.add(counter.counting().applyAsInt(4));
          said.add(inner.sum().getAsLong());
          boolean flag = true;
          byte small = 1;
          char letter = 'x';
          short few = 2;
          float half = 0.5f;
          double third = 1.0 / 3;
          long big = 1L << 40;
          Supplier<String> held = () -> "" + flag + small + letter + few + half + third + big;
          said.add(held.get());
          ToIntFunction<String> length = String::length;
          Function<String, Integer> boxed = String::length;
          said.add(length.applyAsInt("four") + boxed.apply("seven"));
          Supplier<List<String>> maker = ArrayList::new;
          Function<Integer, int[]> array = int[]::new;
          said.add(maker.get() + " " + array.apply(3).length);
          BiFunction<Integer, Integer, Dot> dot = Dot::new;
          said.add(dot.apply(1, 2));
          Comparator<Dot> order = Comparator.comparingInt(Dot::x).thenComparing(d -> -d.y());
          said.add(order.compare(new Dot(1, 2), new Dot(1, 3)));
          Wide wide = Sample::twice;
          ToLongFunction<Integer> wider = Sample::twice;
          said.add(wide.of(4) + wider.applyAsLong(5));
          Function<String, String> spread = Sample::all;
          said.add(spread.apply("one"));
          Consumer<List<String>> thrown = List::size;
          thrown.accept(List.of());
          Runnable grown = () -> said.add(counter.next(1));
          grown.run();
          Predicate<Object> text = String.class::isInstance;
          said.add(text.test("text"));
          said.add(Stream.of(3, 1, 2).sorted(Comparator.reverseOrder()).map(String::valueOf)
              .collect(Collectors.joining(",")));
          said.add(IntStream.range(0, 3).mapToObj(i -> new Dot(i, i)).map(Dot::toString).toList());
          UnaryOperator<String> same = UnaryOperator.identity();
          said.add(same.apply("same"));
          Callable<Long> called = () -> twice(big);
          try {
            said.add(called.call());
          } catch (Exception e) {
            said.add(e);
          }
          try {
            Supplier<String> none = ((Greeter) null).later("x")::get;
            said.add(none);
          } catch (NullPointerException e) {
            said.add("no null");
          }
          Runnable serial = (Runnable & java.io.Serializable) () -> said.add("serializable");
          serial.run();
          return said;
        }
        public static List<String> report() {
          List<String> said = new ArrayList<>();
          lambdas().forEach(each -> said.add("" + each));
          List<Object> all = new ArrayList<>(List.of(
              new Dot(1, 2), new Dot(1, 2), new Dot(9, 2), new Line(new Dot(1, 2), null, "a"),
              new Line(new Dot(1, 2), null, "a"), new Line(null, null, null),
              every(0.0, 0f, "x"), every(-0.0, 0f, "x"), every(Double.NaN, 0f, "x"),
              every(Double.NaN, 0f, "x"), every(0.0, Float.NaN, null), every(0.0, -0f, null),
              new Empty(), new Empty(), Colour.RED, Colour.GREEN, "text", "other", 3, 4,
              List.of(1), new int[0], Map.entry(1, 2), 2.5));
          all.add(null);
          for (Object left : all) {
            said.add(mixed(left) + " " + (left == null ? "" : types(left)));
            if (left instanceof Record record) {
              said.add(record + " " + record.hashCode());
              for (Object right : all) {
                said.add("" + record.equals(right));
              }
            }
            if (left instanceof Shape shape) {
              said.add(shape.kind());
            }
          }
          said.add(nothing(null));
          return said;
        }
      }
      """;

  @TempDir private Path folder;

  private Path compiled(String name, Path... sources) throws Exception {
    return compiled(name, List.of(), sources);
  }

  private Path compiled(String name, List<String> options, Path... sources) throws Exception {
    Path target = Files.createDirectories(folder.resolve(name));
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-d", target.toString()));
    Stream.of(sources).map(Path::toString).forEach(arguments::add);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return target;
  }

  private static Object report(Path classes) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
      return Objects.requireNonNull(loader.loadClass("Sample").getMethod("report").invoke(null));
    }
  }

  /** The jar as the distribution has it. */
  private Path rewritten(Path jar, String name) throws Exception {
    Path sources = Documents.ROOT.resolve("engine/cli/src/distribution");
    Path tool =
        compiled(
            "tool",
            sources.resolve("LibraryJars.java"),
            sources.resolve("DirectCode.java"),
            sources.resolve("DirectLambda.java"));
    Path target = Files.createDirectories(folder.resolve(name));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {tool.toUri().toURL()}, null)) {
      Method copy =
          loader.loadClass("LibraryJars").getDeclaredMethod("copy", List.class, Path.class);
      copy.setAccessible(true);
      copy.invoke(null, List.of(jar), target);
    }
    return target.resolve(jar.getFileName());
  }

  private Path jar(String name, Path classes) throws Exception {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        out.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** The classes of which the bytes, too, are others, or that are new. */
  private static List<String> changed(Path jar, Path other) throws Exception {
    List<String> changed = new ArrayList<>();
    try (JarFile before = new JarFile(jar.toFile());
        JarFile after = new JarFile(other.toFile())) {
      for (JarEntry entry : Collections.list(after.entries())) {
        JarEntry former = before.getJarEntry(entry.getName());
        if (former == null || former.getCrc() != entry.getCrc()) {
          changed.add(entry.getName());
        }
      }
    }
    return changed;
  }

  /** What of a kind the JDK would still make at run time. */
  private static long leftToTheJdk(Path jar, String bootstrap) throws Exception {
    long left = 0;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        ClassModel model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
        left +=
            model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(InvokeDynamicInstruction.class::cast)
                .filter(each -> each.bootstrapMethod().methodName().equals(bootstrap))
                .count();
      }
    }
    return left;
  }

  @Test
  void saysTheSame() throws Exception {
    Path source = Files.writeString(folder.resolve("Sample.java"), SAMPLE);
    Path sample = compiled("sample", source);
    Path jar = jar("pgha-sample.jar", sample);
    Path direct = rewritten(jar, "direct");
    assertThat(changed(jar, direct))
        .containsExactly(
            "Sample$Dot.class",
            "Sample$Empty.class",
            "Sample$Every.class",
            "Sample$Line.class",
            "Sample$Shape.class",
            "Sample.class");
    assertThat(report(direct)).isEqualTo(report(jar));
    assertThat(changed(direct, rewritten(direct, "again"))).as("once is enough").isEmpty();
  }

  @Test
  void lambdasSayTheSame() throws Exception {
    Path source = Files.writeString(folder.resolve("Sample.java"), SAMPLE);
    Path jar = jar("pgha-ssh-sample.jar", compiled("sample", source));
    Path direct = rewritten(jar, "direct");
    assertThat(report(direct)).isEqualTo(report(jar));
    assertThat(leftToTheJdk(jar, "metafactory")).isGreaterThan(20);
    assertThat(leftToTheJdk(direct, "metafactory")).as("numbers that become wider").isEqualTo(2);
    assertThat(leftToTheJdk(direct, "altMetafactory"))
        .as("the serializable one, and how it is read back")
        .isEqualTo(2);
    assertThat(changed(direct, rewritten(direct, "again"))).as("once is enough").isEmpty();
  }

  /** Before Java 11 a class for a lambda could not call what is private. */
  @Test
  void lambdasOfOldClassesStayAsTheyAre() throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Sample.java"),
            """
            import java.util.*;
            public class Sample {
              private static String word(String name) {
                return "word " + name;
              }
              public static List<String> report() {
                java.util.function.Function<String, String> word = Sample::word;
                return Collections.singletonList(word.apply("x"));
              }
            }
            """);
    Path jar = jar("pgha-ssh-old.jar", compiled("old", List.of("--release", "8"), source));
    Path direct = rewritten(jar, "direct");
    assertThat(changed(jar, direct)).isEmpty();
    assertThat(report(direct)).isEqualTo(List.of("word x"));
  }
}
