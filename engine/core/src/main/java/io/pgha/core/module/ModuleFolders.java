package io.pgha.core.module;

import java.nio.file.Path;

/** Where the modules that come from git are on this machine. */
public interface ModuleFolders {
  /**
   * A module's place.
   *
   * @param folder the folder of its files
   * @param repository the folder that holds all of the repository, which nothing may lead out of
   */
  record Place(Path folder, Path repository) {}

  /**
   * Finds the folder of a module.
   *
   * @param source where it comes from
   * @param call who calls it: the names of the calls that lead there, with dots between them
   * @throws ModuleException where it can't be had
   */
  Place place(ModuleSource.Git source, String call) throws ModuleException, InterruptedException;
}
