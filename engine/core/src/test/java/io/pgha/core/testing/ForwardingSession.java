package io.pgha.core.testing;

import io.pgha.state.CheckResult;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session that passes everything on to another one, for tests that change or watch a part. */
public interface ForwardingSession extends StateSession {
  /** Whom everything is passed on to. */
  StateSession session();

  @Override
  default State state() {
    return session().state();
  }

  @Override
  default Optional<InstanceState> instance(String id) {
    return session().instance(id);
  }

  @Override
  default List<String> notices() {
    return session().notices();
  }

  @Override
  default List<JournalRecord.Intended> interrupted() {
    return session().interrupted();
  }

  @Override
  default void commit(JournalRecord entry) throws StateException {
    session().commit(entry);
  }

  @Override
  default void finish(Map<String, OutputState> outputs, List<CheckResult> checks)
      throws StateException {
    session().finish(outputs, checks);
  }

  @Override
  default void close() throws StateException {
    session().close();
  }
}
