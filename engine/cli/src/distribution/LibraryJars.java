import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.constant.ClassDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
   * Whose lambdas are written out, too: what reads the machines' answers, which no training run
   * sees. The lambdas that training runs do come by are faster as the cache keeps them.
   */
  private static final List<String> DIRECT_LAMBDAS =
      List.of(
          "pgha-provider-api-",
          "pgha-ssh-",
          "pgha-host-",
          "pgha-etcd-",
          "pgha-patroni-",
          "pgha-haproxy-",
          "pgha-keepalived-",
          "snakeyaml-engine-");

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
    Rewriting rewriting = new Rewriting();
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      for (JarEntry entry : file.stream().toList()) {
        if (unsigned && isSignature(entry.getName())) {
          continue;
        }
        byte[] bytes = bytes(file, entry);
        rewriting.keep(entry.getName(), bytes, entry.getTime());
        if (unsigned && entry.getName().equals(JarFile.MANIFEST_NAME)) {
          rewriting.replace(entry.getName(), withoutDigests(file));
        } else if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          rewrite(name, entry.getName(), bytes, rewriting);
        }
      }
    }
    if (rewriting.replaced == 0) {
      Files.copy(jar, target);
      return;
    }
    rewriting.extendNests(classFile);
    rewriting.verify(classFile);
    rewriting.write(target);
    System.out.println(name + ": " + rewriting.replaced + " entries rewritten for the AOT cache");
  }

  /** The entries of a jar as they will be. */
  private static final class Rewriting {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, Long> times = new TreeMap<>();
    private final Map<String, List<ClassDesc>> nests = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();
    private int replaced;

    void keep(String entry, byte[] bytes, long time) {
      entries.put(entry, bytes);
      times.put(entry, time);
    }

    void replace(String entry, byte[] bytes) {
      entries.put(entry, bytes);
      changed.add(entry);
      replaced++;
    }

    /** Takes a class with the classes of its lambdas, which are as old as it is. */
    void replace(String entry, DirectCode.Written written) {
      replace(entry, written.bytes());
      written
          .lambdas()
          .forEach((lambda, bytes) -> {
            keep(entryOf(lambda), bytes, times.get(entry));
            changed.add(entryOf(lambda));
          });
      nests
          .computeIfAbsent(entryOf(written.nestHost()), key -> new ArrayList<>())
          .addAll(written.lambdas().keySet());
    }

    private static String entryOf(ClassDesc type) {
      String descriptor = type.descriptorString();
      return descriptor.substring(1, descriptor.length() - 1) + ".class";
    }

    /** A nest lists its members in the class that others are nested in. */
    void extendNests(ClassFile classFile) {
      nests.forEach((host, members) -> {
        if (!members.isEmpty()) {
          entries.computeIfPresent(
              host, (entry, bytes) -> DirectCode.withNestMembers(classFile, bytes, members));
          changed.add(host);
        }
      });
    }

    void verify(ClassFile classFile) {
      for (String entry : changed) {
        if (entry.endsWith(".class")) {
          List<VerifyError> errors = classFile.verify(entries.get(entry));
          if (!errors.isEmpty()) {
            throw new IllegalStateException(entry + " cannot be rewritten", errors.getFirst());
          }
        }
      }
    }

    void write(Path target) throws IOException {
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          JarEntry written = new JarEntry(entry.getKey());
          written.setLastModifiedTime(FileTime.fromMillis(times.get(entry.getKey())));
          out.putNextEntry(written);
          out.write(entry.getValue());
          out.closeEntry();
        }
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

  private void rewrite(String jar, String entry, byte[] bytes, Rewriting rewriting) {
    int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    if (version < OLDEST_CACHEABLE) {
      rewriting.replace(entry, modernised(bytes));
      return;
    }
    boolean lambdas = DIRECT_LAMBDAS.stream().anyMatch(jar::startsWith);
    if (lambdas || jar.startsWith(OWN)) {
      DirectCode.of(classFile, bytes, lambdas)
          .ifPresent(written -> rewriting.replace(entry, written));
    }
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
