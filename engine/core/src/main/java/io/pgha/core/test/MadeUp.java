package io.pgha.core.test;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes up what nobody says: texts that nothing can rely on, and otherwise nothing. */
final class MadeUp {
  private static final int LENGTH = 8;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private MadeUp() {}

  /** A value of a type: 8 random characters, 0, false, or what is empty. */
  static Value of(Type type) {
    return switch (type) {
      case Type.Primitive primitive ->
          switch (primitive) {
            case STRING -> new Str(text());
            case NUMBER -> Num.ZERO;
            case BOOL -> Bool.FALSE;
            case DYNAMIC -> Null.ANY;
          };
      case Type.ListType list -> new ListValue(list.element(), List.of());
      case Type.SetType set -> new SetValue(set.element(), List.of());
      case Type.MapType map -> MapValue.of(map.element(), Map.of());
      case Type.TupleType tuple ->
          new TupleValue(tuple.elements().stream().map(MadeUp::of).toList());
      case Type.ObjectType object -> {
        TreeMap<String, Value> attributes = new TreeMap<>();
        object.attributes().forEach((name, inner) -> attributes.put(name, of(inner)));
        yield ObjectValue.of(attributes);
      }
    };
  }

  private static String text() {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
