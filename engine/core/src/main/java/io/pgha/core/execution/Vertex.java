package io.pgha.core.execution;

/** One thing in the order of execution. */
public sealed interface Vertex {
  /** The instance or resource that it is about. */
  String address();

  /** Whether there is something to do; a joint only holds an order together. */
  default boolean isWork() {
    return true;
  }

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

  /** An instance that does not change, or all instances of a resource, are as they are to be. */
  record Ready(String address) implements Vertex {
    @Override
    public boolean isWork() {
      return false;
    }

    @Override
    public String toString() {
      return address + " (ready)";
    }
  }

  /** Nothing that goes uses an instance that stays, or any instance of a resource, any more. */
  record Released(String address) implements Vertex {
    @Override
    public boolean isWork() {
      return false;
    }

    @Override
    public String toString() {
      return address + " (released)";
    }
  }
}
