package io.pgha.state.file;

import java.io.IOException;
import java.nio.file.Path;

/** A disk that fails at the given operation and, if it is dead, at all that follow. */
final class FaultyDisk implements Disk {
  private final Disk sound;
  private final String message;
  private final boolean dead;
  private long left;

  /** How a write fails: after half of its bytes, as a full disk or a crash has it. */
  FaultyDisk(long operationsThatWork, String message, boolean deadAfterwards) {
    this(REAL, operationsThatWork, message, deadAfterwards);
  }

  /**
   * A fault of another disk.
   *
   * @param sound what does the operations that work
   */
  FaultyDisk(Disk sound, long operationsThatWork, String message, boolean deadAfterwards) {
    this.sound = sound;
    this.left = operationsThatWork;
    this.message = message;
    this.dead = deadAfterwards;
  }

  /** Makes it work again. */
  void mend() {
    left = Long.MAX_VALUE;
  }

  /** Makes it fail from now on. */
  void breakDown() {
    left = 0;
  }

  /** Whether the fault has not come yet. */
  boolean isSound() {
    return left > 0;
  }

  private boolean fails() {
    if (left < 0) {
      return dead;
    }
    left--;
    return left < 0;
  }

  private void operation() throws IOException {
    if (fails()) {
      throw new IOException(message);
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    operation();
    Output real = sound.create(file);
    return new Output() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (fails()) {
          real.write(bytes, offset, length / 2);
          throw new IOException(message);
        }
        real.write(bytes, offset, length);
      }

      @Override
      public void sync() throws IOException {
        operation();
        real.sync();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  @Override
  public void link(Path file, Path another) throws IOException {
    operation();
    sound.link(file, another);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    operation();
    sound.move(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    operation();
    sound.delete(file);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    operation();
    sound.syncFolder(folder);
  }
}
