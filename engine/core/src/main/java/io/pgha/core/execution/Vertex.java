package io.pgha.core.execution;

/** One thing in the order of execution. */
public sealed interface Vertex {
  /** The instance that it is about. */
  String address();

  /** The steps of a new instance that disturb nobody. */
  record Prepare(String address) implements Vertex {
    @Override
    public String toString() {
      return address + " (prepare)";
    }
  }

  /** An instance is made, changed, or made anew. */
  record Apply(String address) implements Vertex {
    @Override
    public String toString() {
      return address;
    }
  }

  /** An instance is taken away. */
  record Remove(String address) implements Vertex {
    @Override
    public String toString() {
      return address + " (destroy)";
    }
  }
}
