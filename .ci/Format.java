import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Formats every Java file of the tree, or checks that it is formatted, in one run.
 *
 * <p>Arguments: {@code check | write}, the tree, and a file that remembers the digests of formatted
 * sources, so that only what changed is looked at again.
 */
final class Format {
  private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git");

  private final Formatter formatter =
      new Formatter(
          JavaFormatterOptions.builder()
              .style(JavaFormatterOptions.Style.GOOGLE)
              .formatJavadoc(true)
              .build());

  public static void main(String[] arguments) throws Exception {
    boolean write =
        switch (arguments[0]) {
          case "write" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("check or write, not " + arguments[0]);
        };
    System.exit(new Format().run(write, Path.of(arguments[1]), Path.of(arguments[2])) ? 0 : 1);
  }

  private boolean run(boolean write, Path tree, Path memory) throws Exception {
    Set<String> known = Files.exists(memory) ? Set.copyOf(Files.readAllLines(memory)) : Set.of();
    Set<String> formatted = new TreeSet<>();
    List<String> complaints = new ArrayList<>();
    for (Path file : sources(tree)) {
      String text = Files.readString(file);
      String digest = digest(text);
      if (known.contains(digest)) {
        formatted.add(digest);
        continue;
      }
      try {
        String result = format(text);
        if (result.equals(text)) {
          formatted.add(digest);
        } else if (write) {
          Files.writeString(file, result);
          formatted.add(digest(result));
          System.out.println("formatted " + tree.relativize(file));
        } else {
          complaints.add(tree.relativize(file) + ": not formatted");
        }
      } catch (FormatterException e) {
        complaints.add(tree.relativize(file) + ": " + e.getMessage());
      }
    }
    Files.write(memory, formatted);
    complaints.forEach(System.err::println);
    if (!complaints.isEmpty() && !write) {
      System.err.println("Run .ci/format to format the sources.");
    }
    return complaints.isEmpty();
  }

  private String format(String text) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(imports);
  }

  private static List<Path> sources(Path tree) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static String digest(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
