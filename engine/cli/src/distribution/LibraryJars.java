import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Copies jars into the distribution so that the AOT cache takes all of their classes: it takes none
 * that is older than Java 6's, none from a signed jar, and nothing that is made at run time.
 */
final class LibraryJars {
  /** Below Java 6's class files the verifier works in a way that the AOT cache does not take. */
  private static final int OLDEST_CACHEABLE = ClassFile.JAVA_6_VERSION;

  /**
   * picocli asks for this class at every start, and to learn that there is none the JDK opens every
   * jar of the class path: a third of the time of a short command. A name in java.base is not found
   * at once.
   */
  private static final String GROOVY = "groovy.lang.Closure";

  private static final String NO_GROOVY = "java.lang.NoGroovyHere";

  /** Our own: their code is written out, see {@link DirectCode}. */
  private static final String OWN = "pgha-";

  /**
   * Who checks a signature at a start checks it for every class that is loaded first, some 0.1 s.
   * The jar with the security provider itself keeps its own: some JDKs take only signed ones.
   */
  private static final List<String> UNSIGNED = List.of("bcpkix-", "bcutil-");

  private final ClassFile classFile;

  private LibraryJars(ClassLoader classes) {
    this.classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(classes)));
  }

  /** Copies jars into a folder, under the names that they have. */
  static void copy(List<Path> jars, Path folder) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    try (URLClassLoader classes = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      LibraryJars copies = new LibraryJars(classes);
      for (Path jar : jars) {
        copies.copy(jar, folder.resolve(jar.getFileName()));
      }
    }
  }

  private void copy(Path jar, Path target) throws IOException {
    String name = jar.getFileName().toString();
    boolean unsigned = UNSIGNED.stream().anyMatch(name::startsWith);
    int rewritten = 0;
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      try (JarOutputStream out = new JarOutputStream(written)) {
        for (JarEntry entry : file.stream().toList()) {
          if (unsigned && isSignature(entry.getName())) {
            continue;
          }
          byte[] bytes = bytes(file, entry);
          Optional<byte[]> other =
              unsigned && entry.getName().equals(JarFile.MANIFEST_NAME)
                  ? Optional.of(withoutDigests(file))
                  : rewritten(name, entry.getName(), bytes);
          rewritten += other.isPresent() ? 1 : 0;
          JarEntry copied = new JarEntry(entry.getName());
          copied.setLastModifiedTime(FileTime.fromMillis(entry.getTime()));
          out.putNextEntry(copied);
          out.write(other.orElse(bytes));
          out.closeEntry();
        }
      }
      if (rewritten == 0) {
        Files.copy(jar, target);
      } else {
        Files.write(target, written.toByteArray());
        System.out.println(name + ": " + rewritten + " entries rewritten for the AOT cache");
      }
    }
  }

  private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static boolean isSignature(String entry) {
    return entry.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  /** The manifest with what it says of the jar as a whole. */
  private static byte[] withoutDigests(JarFile file) throws IOException {
    Manifest manifest = new Manifest(file.getManifest());
    manifest.getEntries().clear();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private Optional<byte[]> rewritten(String jar, String entry, byte[] bytes) {
    if (!entry.endsWith(".class") || entry.startsWith("META-INF/")) {
      return Optional.empty();
    }
    int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    Optional<byte[]> written =
        version < OLDEST_CACHEABLE
            ? Optional.of(modernised(bytes))
            : jar.startsWith(OWN) ? DirectCode.of(classFile, bytes) : Optional.empty();
    List<VerifyError> errors = written.map(classFile::verify).orElse(List.of());
    if (!errors.isEmpty()) {
      throw new IllegalStateException(entry + " cannot be rewritten", errors.getFirst());
    }
    return written;
  }

  /** The same class as a class file of Java 8, with the stack maps that it needs there. */
  private byte[] modernised(byte[] bytes) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(
        classFile.parse(bytes),
        version.andThen(
            ClassTransform.transformingMethodBodies((builder, element) -> {
              if (element instanceof ConstantInstruction constant
                  && constant.constantValue().equals(GROOVY)) {
                builder.loadConstant(NO_GROOVY);
              } else {
                builder.with(element);
              }
            })));
  }
}
