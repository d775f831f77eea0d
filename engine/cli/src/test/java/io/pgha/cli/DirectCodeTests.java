package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the distribution writes out does what javac's own would. */
class DirectCodeTests {
  private static final String SAMPLE =
      """
      import java.util.*;
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
        public static List<String> report() {
          List<String> said = new ArrayList<>();
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
    Path target = Files.createDirectories(folder.resolve(name));
    List<String> arguments = new ArrayList<>(List.of("-d", target.toString()));
    Stream.of(sources).map(Path::toString).forEach(arguments::add);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return target;
  }

  /** The rewritten class; empty where it stays as it is. */
  @SuppressWarnings("unchecked") // as DirectCode declares it
  private static Optional<byte[]> rewritten(Class<?> directCode, byte[] bytes) throws Exception {
    Method of = directCode.getDeclaredMethod("of", ClassFile.class, byte[].class);
    of.setAccessible(true);
    return (Optional<byte[]>) of.invoke(null, ClassFile.of(), bytes);
  }

  private static Object report(Path classes) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
      return Objects.requireNonNull(loader.loadClass("Sample").getMethod("report").invoke(null));
    }
  }

  @Test
  void saysTheSame() throws Exception {
    Path source = Files.writeString(folder.resolve("Sample.java"), SAMPLE);
    Path sample = compiled("sample", source);
    Path tool =
        compiled("tool", Documents.ROOT.resolve("engine/cli/src/distribution/DirectCode.java"));
    Path direct = Files.createDirectories(folder.resolve("direct"));
    List<String> changed = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {tool.toUri().toURL()}, null);
        Stream<Path> files = Files.list(sample)) {
      Class<?> directCode = loader.loadClass("DirectCode");
      for (Path file : files.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Optional<byte[]> written = rewritten(directCode, bytes);
        Files.write(direct.resolve(file.getFileName()), written.orElse(bytes));
        if (written.isPresent()) {
          changed.add(file.getFileName().toString());
          assertThat(ClassFile.of().verify(written.get())).isEmpty();
          assertThat(rewritten(directCode, written.get())).as("once is enough").isEmpty();
        }
      }
    }
    assertThat(changed)
        .containsExactly(
            "Sample$Dot.class",
            "Sample$Empty.class",
            "Sample$Every.class",
            "Sample$Line.class",
            "Sample$Shape.class",
            "Sample.class");
    assertThat(report(direct)).isEqualTo(report(sample));
  }
}
