package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.configuration.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuationTests {
  @TempDir private Path folder;

  private Map<String, Module.Variable> variables;

  @BeforeEach
  void declare() throws Exception {
    variables = DeclaredVariables.in(folder);
  }

  private String goOn(String... arguments) {
    return new Continuation(variables, address -> address.equals("note.done"))
        .of(List.of(arguments));
  }

  @Test
  void theCommandIsTheOneThatWasGiven() {
    assertThat(goOn("-chdir=a b", "apply", "-auto-approve", "-target", "note.x[\"it's\"]"))
        .isEqualTo("pgha '-chdir=a b' apply -auto-approve -target 'note.x[\"it'\\''s\"]'");
  }

  @Test
  void valuesOfSensitiveVariablesAreNotShown() {
    assertThat(goOn("apply", "-var=size=3", "-var", "password=hush", "--var=password = hush"))
        .isEqualTo(
            "pgha apply -var=size=3 -var=password=\"${pgha_password:?}\" --var=password=\"${pgha_password:?}\"");
  }

  @Test
  void valuesOfVariablesThatNobodyDeclaredAreNotShown() {
    assertThat(goOn("apply", "-var", "pasword=hush"))
        .isEqualTo("pgha apply -var=pasword=\"${pgha_pasword:?}\"");
  }

  @Test
  void whatWasMadeAnewIsNotMadeAnewAgain() {
    assertThat(
            goOn("apply", "-replace=note.done", "-replace", "note.left", "-replace", "note.done"))
        .isEqualTo("pgha apply -replace=note.left");
  }
}
