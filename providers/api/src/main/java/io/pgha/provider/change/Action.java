package io.pgha.provider.change;

/** What is to be done with an instance. */
public enum Action {
  NO_OP,
  CREATE,
  UPDATE,
  /** Delete and create, in the order that the configuration's lifecycle asks for. */
  REPLACE,
  DELETE
}
