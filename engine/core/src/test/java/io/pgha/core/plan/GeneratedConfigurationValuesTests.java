package io.pgha.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.provider.schema.Attribute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedConfigurationValuesTests {
  private static final List<Attribute> LOGIN =
      List.of(
          Attribute.required("user", Type.STRING, "Who."),
          Attribute.optional("password", Type.STRING, "The secret.").with(Attribute.Flag.SECRET));

  private static final ObjectValue GIVEN =
      ObjectValue.of(Map.of("user", new Str("a"), "password", new Str("hunter2")));

  private static final ObjectValue KEPT = ObjectValue.of(Map.of("user", new Str("a")));

  @Test
  void secretsWithinObjectsAreLeftOut() {
    Attribute single = Attribute.object("login", LOGIN, "A login.");
    assertThat(GeneratedConfiguration.configurable(single, GIVEN)).isEqualTo(KEPT);
    Attribute list = Attribute.objectList("logins", LOGIN, "Logins.");
    assertThat(GeneratedConfiguration.configurable(list, new TupleValue(List.of(GIVEN))))
        .isEqualTo(new TupleValue(List.of(KEPT)));
  }
}
