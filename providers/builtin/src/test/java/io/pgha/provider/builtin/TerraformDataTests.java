package io.pgha.provider.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.provider.Provider;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class TerraformDataTests {
  private static final String ID = "6a2f41a3-c54c-fce8-32d2-0324e1c32e22";

  private final TerraformDataType type = new TerraformDataType();

  private FakeInstance data(Map<String, ?> arguments) {
    return new FakeInstance.World().add(type, "terraform_data.one", arguments);
  }

  private PlanRequest request(
      FakeInstance instance, boolean deletion, Optional<ObjectValue> prior, boolean claimed) {
    return new PlanRequest(
        instance,
        deletion,
        prior.map(attributes -> new Prior(attributes, List.of())),
        type.read(instance, new FakeMachines()),
        claimed);
  }

  private Change after(FakeInstance before, FakeInstance now) {
    ObjectValue prior = before.stored().with("id", new Str(ID));
    return type.plan(request(now, false, Optional.of(prior), true));
  }

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(ServiceLoader.load(Provider.class))
        .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("builtin"));
  }

  @Test
  void theInputComesOutAsOutput() {
    assertThat(data(Map.of("input", List.of("a", 1))).values().get("output"))
        .isEqualTo(data(Map.of("input", List.of("a", 1))).values().get("input"));
  }

  @Test
  void anUnknownInputLeavesTheOutputUnknown() {
    assertThat(type.derive(data(Map.of("input", Unknown.of(Type.STRING))))).isEmpty();
  }

  @Test
  void itIsMadeWithAnIdThatIsUnknownBefore() {
    Change change = type.plan(request(data(Map.of("input", "a")), false, Optional.empty(), false));
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.computed()).isEqualTo(ObjectValue.of(Map.of("output", new Str("a"))));
    assertThat(change.prepare()).isEmpty();
    assertThat(change.activate()).isEmpty();
  }

  @Test
  void onceItIsBegunItHasAnIdAndNothingMoreIsToBeDone() {
    Change change = type.plan(request(data(Map.of()), false, Optional.empty(), true));
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(((Str) change.computed().get("id")).value()).matches("[0-9a-f-]{36}");
  }

  @Test
  void theIdIsKept() {
    Change change = after(data(Map.of("input", "a")), data(Map.of("input", "a")));
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(change.computed().get("id")).isEqualTo(new Str(ID));
  }

  @Test
  void anotherInputUpdatesIt() {
    Change change = after(data(Map.of("input", "a")), data(Map.of("input", "b")));
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.attributes())
        .extracting(each -> each.path().toString())
        .containsExactly("input");
    assertThat(change.computed().get("id")).isEqualTo(new Str(ID));
    assertThat(change.computed().get("output")).isEqualTo(new Str("b"));
  }

  @Test
  void aTriggerHasItMadeAnewWithAnotherId() {
    Change change =
        after(data(Map.of("triggers_replace", "a")), data(Map.of("triggers_replace", "b")));
    assertThat(change.action()).isEqualTo(Action.REPLACE);
    assertThat(change.attributes()).allMatch(AttributeChange::forcesReplacement);
    assertThat(change.computed().attributes()).doesNotContainKey("id");
  }

  @Test
  void itGoesWithoutAStep() {
    FakeInstance instance = data(Map.of());
    Change change = type.plan(request(instance, true, Optional.of(instance.stored()), true));
    assertThat(change.action()).isEqualTo(Action.DELETE);
    assertThat(change.activate()).isEmpty();
  }
}
