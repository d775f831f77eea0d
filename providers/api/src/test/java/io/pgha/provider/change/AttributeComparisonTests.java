package io.pgha.provider.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.testing.Plain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class AttributeComparisonTests {
  private static final Schema SCHEMA =
      new Schema(
          1,
          "",
          List.of(
              Attribute.required("name", Type.STRING, "").forceNew(),
              Attribute.optional("size", Type.STRING, "")
                  .comparedBy((path, left, right) -> text(left).equals(text(right))),
              Attribute.optional("labels", Type.map(Type.STRING), "")
                  .with(Attribute.Flag.DECLARED_KEYS),
              Attribute.optional("all", Type.map(Type.STRING), ""),
              Attribute.optional("password", Type.STRING, "").secret(),
              Attribute.computed("role", Type.STRING, "").with(Attribute.Flag.VOLATILE),
              Attribute.object(
                  "limits",
                  List.of(
                      Attribute.required("soft", Type.NUMBER, ""),
                      Attribute.optional("hard", Type.NUMBER, "")),
                  ""),
              Attribute.objectMap(
                  "disks", List.of(Attribute.required("size", Type.NUMBER, "")), ""),
              Attribute.objectList(
                  "rules", List.of(Attribute.required("port", Type.NUMBER, "")), "")),
          "");

  private static String text(io.pgha.language.value.Value value) {
    return value instanceof Str(String text) ? text.replace(" ", "") : "";
  }

  private static ObjectValue values(Map<String, ? extends @Nullable Object> plain) {
    Map<String, io.pgha.language.value.Value> values = new HashMap<>();
    plain.forEach((name, value) ->
        values.put(name, Plain.value(value, SCHEMA.attribute(name).orElseThrow().type())));
    return ObjectValue.of(values);
  }

  private static List<String> differ(
      Map<String, ? extends @Nullable Object> desired,
      @Nullable Map<String, ?> prior,
      Map<String, ?> live) {
    return AttributeComparison.of(
            SCHEMA,
            values(desired),
            Optional.ofNullable(prior).map(AttributeComparisonTests::values),
            values(live),
            List.of())
        .stream()
        .map(change ->
            "%s %s -> %s%s%s"
                .formatted(
                    change.path(),
                    Shown.of(change.before()),
                    Shown.of(change.after()),
                    change.reason().isEmpty() ? "" : " (" + change.reason() + ")",
                    change.forcesReplacement() ? " replaces" : ""))
        .toList();
  }

  private static final class Shown {
    static String of(io.pgha.language.value.Value value) {
      return switch (value) {
        case Str(String text) -> text;
        case io.pgha.language.value.Num number -> number.text();
        case io.pgha.language.value.Null none -> "null";
        case Unknown unknown -> "?";
        default -> value.toString();
      };
    }
  }

  @Test
  void equalAndEquivalentValuesDoNotDiffer() {
    assertThat(
            differ(
                Map.of("name", "a", "size", "1 MB"),
                Map.of("name", "a", "size", "1MB"),
                Map.of("name", "a", "size", "1MB")))
        .isEmpty();
  }

  @Test
  void aForceNewAttributeReplaces() {
    assertThat(differ(Map.of("name", "b"), Map.of("name", "a"), Map.of("name", "a")))
        .containsExactly("name a -> b replaces");
  }

  @Test
  void aLiveValueOtherThanTheAppliedOneWasChangedOutside() {
    assertThat(
            differ(
                Map.of("name", "a", "size", "1MB"),
                Map.of("name", "a", "size", "1MB"),
                Map.of("name", "a", "size", "2MB")))
        .containsExactly("size 2MB -> 1MB (changed outside pgha)");
  }

  @Test
  void onlyDeclaredKeysAreManagedWhereTheSchemaSaysSo() {
    assertThat(
            differ(
                Map.of("labels", Map.of("x", "1"), "all", Map.of("x", "1")),
                Map.of("labels", Map.of("x", "1", "gone", "3"), "all", Map.of("x", "1")),
                Map.of(
                    "labels", Map.of("x", "1", "y", "2", "gone", "3"),
                    "all", Map.of("x", "1", "y", "2"))))
        .containsExactly(
            "labels[\"gone\"] 3 -> null", "all[\"y\"] 2 -> null (changed outside pgha)");
  }

  @Test
  void nestedObjectsDifferByElement() {
    assertThat(
            differ(
                Map.of(
                    "limits", Map.of("soft", 1, "hard", 5),
                    "disks", Map.of("a", Map.of("size", 1), "b", Map.of("size", 2)),
                    "rules", List.of(Map.of("port", 80), Map.of("port", 443))),
                Map.of(
                    "limits", Map.of("soft", 1, "hard", 4),
                    "disks", Map.of("a", Map.of("size", 3)),
                    "rules", List.of(Map.of("port", 80), Map.of("port", 8443))),
                Map.of()))
        .containsExactly(
            "limits.hard 4 -> 5",
            "disks[\"a\"].size 3 -> 1",
            "disks[\"b\"].size null -> 2",
            "rules[1].port 8443 -> 443");
  }

  @Test
  void whatWasNeverDeclaredIsNotManaged() {
    Map<String, @Nullable Object> desired = new HashMap<>();
    desired.put("name", "a");
    desired.put("size", null);
    assertThat(differ(desired, Map.of("name", "a"), Map.of("name", "a", "size", "9MB"))).isEmpty();
    assertThat(differ(desired, Map.of("name", "a", "size", "9MB"), Map.of("name", "a")))
        .containsExactly("size 9MB -> null");
  }

  @Test
  void anUnknownValueDiffers() {
    assertThat(
            differ(
                Map.of("name", "a", "size", Unknown.of(Type.STRING)),
                Map.of("name", "a", "size", "1MB"),
                Map.of()))
        .containsExactly("size 1MB -> ?");
  }

  @Test
  void aSecretShowsOnceAndNeverItsValue() {
    assertThat(differ(Map.of("name", "a", "password", "p"), null, Map.of()))
        .containsExactly("name null -> a", "password null -> (sensitive)");
    assertThat(differ(Map.of("name", "a", "password", "p"), Map.of("name", "a"), Map.of()))
        .isEmpty();
  }

  @Test
  void sensitiveValuesAreHidden() {
    assertThat(
            AttributeComparison.of(
                SCHEMA,
                values(Map.of("name", "new")),
                Optional.of(values(Map.of("name", "old"))),
                ObjectValue.EMPTY,
                List.of(AttributePath.of("name"))))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.secret()).isTrue();
          assertThat(change.before()).isEqualTo(new Str("(sensitive)"));
          assertThat(change.after()).isEqualTo(new Str("(sensitive)"));
        });
  }
}
