package io.pgha.provider.change;

/** What is to be done with an instance. */
public enum Action {
  NO_OP,
  /** It is a data source that can't be read yet; no type plans this. */
  READ,
  CREATE,
  UPDATE,
  /** Delete and create, in the order that the configuration's lifecycle asks for. */
  REPLACE,
  DELETE
}
