package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.core.plan.Plan;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.state.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who says whether a plan is carried out. */
interface Approval {
  /** What speaks against it before anything is planned, as errors. */
  List<Diagnostic> obstacles(Project loaded, State state);

  /** Whether it is; what it is, and why not, is shown. */
  boolean isGiven(Project loaded, Plan plan) throws IOException;

  /**
   * The command that does the rest where not all of it was done.
   *
   * @param variables the root module's variables
   * @param done whether an instance need not be made anew any more
   */
  String continuation(Map<String, Module.Variable> variables, Predicate<String> done);
}
