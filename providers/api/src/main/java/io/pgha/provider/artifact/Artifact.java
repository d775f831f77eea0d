package io.pgha.provider.artifact;

import io.pgha.provider.step.Fragment;
import java.util.List;
import java.util.Optional;

/** Something that an instance owns on a host, as it should be. */
public sealed interface Artifact {
  /** The address of the host it is on. */
  String host();

  /** What it is, unique on the host: {@code kind:name}. */
  String key();

  /**
   * A regular file with a content, mode and owner.
   *
   * @param validation as in {@link io.pgha.provider.step.Step.WriteFile}
   * @param backup as there
   */
  record OfFile(
      String host,
      String path,
      List<Fragment> content,
      int mode,
      String owner,
      String group,
      Optional<String> validation,
      Optional<String> backup)
      implements Artifact {
    public OfFile {
      content = List.copyOf(content);
    }

    @Override
    public String key() {
      return "file:" + path;
    }
  }

  /** A directory with a mode and owner; what it holds is not looked at. */
  record OfDirectory(String host, String path, int mode, String owner, String group)
      implements Artifact {
    @Override
    public String key() {
      return "directory:" + path;
    }
  }

  /**
   * An installed package.
   *
   * @param version the exact version; empty: any
   * @param held whether it is on hold; empty: not looked at
   */
  record OfPackage(String host, String name, Optional<String> version, Optional<Boolean> held)
      implements Artifact {
    @Override
    public String key() {
      return "package:" + name;
    }
  }

  /**
   * A systemd unit.
   *
   * @param name with its suffix
   * @param enabled whether it starts at boot
   * @param running whether it runs now
   */
  record OfUnit(String host, String name, boolean enabled, boolean running) implements Artifact {
    @Override
    public String key() {
      return "unit:" + name;
    }
  }
}
