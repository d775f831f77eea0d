package io.pgha.state.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** What is done to files, so that tests can make any of it fail at any moment. */
interface Disk {
  /** Creates an empty file that only its owner may read, in the place of one that is there. */
  Output create(Path file) throws IOException;

  /** Makes another name for a file. */
  void link(Path file, Path another) throws IOException;

  /** Gives a file another name, all or nothing, in the place of one that is there. */
  void move(Path from, Path to) throws IOException;

  /** Removes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Makes the names in a folder durable. */
  void syncFolder(Path folder) throws IOException;

  /** A file that is written from its start to its end. */
  interface Output extends AutoCloseable {
    /** Appends bytes. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Makes what was written durable. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The real one. Interrupting a thread never closes a file under it, as channels do. */
  Disk REAL =
      new Disk() {
        @Override
        public Output create(Path file) throws IOException {
          Files.deleteIfExists(file);
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
          FileOutputStream out = new FileOutputStream(file.toFile());
          return new Output() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              out.write(bytes, offset, length);
            }

            @Override
            public void sync() throws IOException {
              out.getFD().sync();
            }

            @Override
            public void close() throws IOException {
              out.close();
            }
          };
        }

        @Override
        public void link(Path file, Path another) throws IOException {
          Files.deleteIfExists(another);
          try {
            Files.createLink(another, file);
          } catch (UnsupportedOperationException e) {
            Files.copy(file, another, StandardCopyOption.COPY_ATTRIBUTES);
          }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
          // A channel is the only way to a folder; an interrupt must not close it half-way.
          boolean interrupted = Thread.interrupted();
          try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
          } finally {
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        }
      };
}
