package io.pgha.ssh.step;

import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.ssh.connection.ScriptOutput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step as a script that is sent over standard input. All that a step prints is kept on the
 * machine until it has ended: so a step goes on to its end where the connection breaks meanwhile,
 * and dpkg is never stopped in the middle by a closed pipe.
 */
public final class StepScript {
  /** The end of what a step printed that is sent back, in bytes. */
  private static final int KEPT_OUTPUT = 64 * 1024;

  private final String nonce;
  private final Step step;
  private final Duration timeout;
  private final Secrets secrets;

  /**
   * A step's script.
   *
   * @param nonce lower-case hexadecimal digits that nobody can guess
   * @param timeout how long the step may take; after that the machine ends it itself
   */
  public StepScript(String nonce, Step step, Duration timeout) {
    this.nonce = nonce;
    this.step = step;
    this.timeout = timeout;
    this.secrets = Secrets.of(step);
  }

  /** Why the step can't be done anywhere; empty where it can. */
  public Optional<String> objection() {
    return switch (step) {
      case Step.WriteFile file -> FileSteps.objection(file);
      case Step.MakeDirectory directory -> FileSteps.objectionToPath(directory.path());
      case Step.SetPermissions permissions -> FileSteps.objectionToPath(permissions.path());
      case Step.RemovePath remove -> FileSteps.objectionToRemoval(remove.path());
      case Step.InstallPackages install -> PackageSteps.objection(install.packages(), true);
      case Step.HoldPackages hold -> PackageSteps.objection(hold.packages(), false);
      case Step.RefreshPackageLists refresh -> Optional.empty();
      case Step.UnitAction action -> ServiceSteps.objection(action);
      case Step.RunScript run -> ServiceSteps.objection(run);
      case Step.SendHttp send -> RequestSteps.objection(send);
      case Step.RunSql sql -> RequestSteps.objection(sql);
      case Step.Await await -> throw new IllegalArgumentException("waiting is the engine's own");
    };
  }

  /** The script. */
  public String script() {
    String body =
        switch (step) {
          case Step.WriteFile file -> FileSteps.write(file, nonce);
          case Step.MakeDirectory directory -> FileSteps.makeDirectory(directory);
          case Step.SetPermissions permissions -> FileSteps.setPermissions(permissions);
          case Step.RemovePath remove -> FileSteps.remove(remove);
          case Step.InstallPackages install -> PackageSteps.install(install);
          case Step.RefreshPackageLists refresh -> PackageSteps.refresh();
          case Step.HoldPackages hold -> PackageSteps.hold(hold);
          case Step.UnitAction action -> ServiceSteps.act(action);
          case Step.RunScript run -> ServiceSteps.run(run);
          case Step.SendHttp send -> RequestSteps.send(send, nonce);
          case Step.RunSql sql -> RequestSteps.sql(sql);
          case Step.Await await ->
              throw new IllegalArgumentException("waiting is the engine's own");
        };
    return """
    pgha() {
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    LC_ALL=C.UTF-8
    export PATH LC_ALL
    unset LANGUAGE IFS
    cd /
    umask 022
    trap '' HUP
    fail() { printf '\\n%1$s failed %%s\\n' "$*"; exit 1; }
    T='timeout -k 5 %2$d'
    command -v timeout >/dev/null || T=
    printf '\\n%1$s begun\\n'
    {
    (
    %3$s
    printf '\\n%1$s done\\n'
    ) 2>&1
    } | tail -c %4$d
    }
    pgha </dev/null
    """
        .formatted(nonce, Math.max(1, timeout.toSeconds()), body, KEPT_OUTPUT);
  }

  /** Reads what the script printed; empty where it did not come to its end. */
  public Optional<StepOutcome> outcome(ScriptOutput output) {
    return StepOutput.read(output.output(), nonce, KEPT_OUTPUT, secrets);
  }

  /** The outcome of a step that was not even sent. */
  public static StepOutcome refused(String reason) {
    return new StepOutcome.Failed(reason, "");
  }

  static String reveal(List<Fragment> fragments) {
    return Fragment.reveal(fragments);
  }
}
