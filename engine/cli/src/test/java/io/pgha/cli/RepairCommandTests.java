package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a finding names. */
class RepairCommandTests {
  @TempDir private Path folder;

  private final ProjectOptions project = new ProjectOptions();
  private Map<String, Module.Variable> variables;

  @BeforeEach
  void declare() throws Exception {
    variables = DeclaredVariables.in(folder);
  }

  private String command(String root, String... addresses) {
    return new RepairCommand(new Main.Root(root, folder), project, variables)
        .of(List.of(addresses));
  }

  @Test
  void namesWhatItRepairs() {
    assertThat(command(".", "vip.main", "host.db[\"a\"]"))
        .isEqualTo(
            "pgha drift -repair-plan=repair.plan -target=vip.main '-target=host.db[\"a\"]'"
                + "; pgha apply repair.plan");
  }

  @Test
  void worksInTheRootThatWasLookedAt() {
    assertThat(command("clusters/my prod", "vip.main"))
        .isEqualTo(
            "pgha -chdir='clusters/my prod' drift -repair-plan=repair.plan -target=vip.main"
                + "; pgha -chdir='clusters/my prod' apply repair.plan");
  }

  @Test
  void givesTheVariablesAgainInTheirOrderWithoutSecrets() {
    project.values.add(new Project.Option.Var("size=3"));
    project.values.add(new Project.Option.VarFile(Path.of("prod.tfvars")));
    project.values.add(new Project.Option.Var("password=hush"));
    assertThat(command(".", "vip.main"))
        .isEqualTo(
            "pgha drift -repair-plan=repair.plan -var=size=3 -var-file=prod.tfvars"
                + " -var=password=\"${pgha_password:?}\" -target=vip.main"
                + "; pgha apply -var-file=prod.tfvars -var=password=\"${pgha_password:?}\" repair.plan");
  }
}
