package io.pgha.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The implementations of a service on the class path, as {@link ServiceLoader} finds them.
 *
 * <p>It opens every jar for that, a quarter of what a small plan takes. The distribution therefore
 * has a folder with all that its jars declare, in a file for each service, and names it in the
 * property {@value #FOLDER}.
 */
final class Services {
  /** The system property with the folder, where there is one. */
  static final String FOLDER = "pgha.services";

  private Services() {}

  /** One of each implementation, in the order in which they are declared. */
  static <S> List<S> of(Class<S> service) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
    }
    return declared(Path.of(folder, service.getName())).stream()
        .map(name -> instance(service, name))
        .toList();
  }

  private static List<String> declared(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution is not whole: " + file, e);
    }
  }

  private static <S> S instance(Class<S> service, String name) {
    try {
      return service.cast(Class.forName(name).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the distribution is not whole: " + name, e);
    }
  }
}
