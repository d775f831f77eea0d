package io.pgha.core.evaluation;

import io.pgha.language.value.Null;
import io.pgha.language.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The instances that a resource or module has. */
sealed interface Expansion {
  /** Just one, without key. */
  record Single() implements Expansion {}

  /** As many as a number says. */
  record Counted(long count) implements Expansion {}

  /** One a key, with its value. */
  record Keyed(SequencedMap<String, Value> elements) implements Expansion {
    public Keyed {
      elements = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(elements));
    }
  }

  /** It could not be told; an error says why. */
  record Failed() implements Expansion {}

  /** The keys of all instances with what {@code each.value} is there. */
  default SequencedMap<InstanceKey, Value> keys() {
    SequencedMap<InstanceKey, Value> keys = new LinkedHashMap<>();
    switch (this) {
      case Single() -> keys.put(new InstanceKey.None(), Null.ANY);
      case Counted(long count) -> {
        for (long index = 0; index < count; index++) {
          keys.put(new InstanceKey.OfCount(index), Null.ANY);
        }
      }
      case Keyed(SequencedMap<String, Value> elements) ->
          elements.forEach((key, value) -> keys.put(new InstanceKey.OfForEach(key), value));
      case Failed() -> {
        // nothing is known, and the error is reported already
      }
    }
    return keys;
  }
}
