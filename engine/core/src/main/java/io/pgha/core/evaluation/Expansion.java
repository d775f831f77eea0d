package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Null;
import io.pgha.language.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The instances that a resource or module has. */
sealed interface Expansion {
  /** The keys of all instances with what {@code each.value} is there. */
  SequencedMap<InstanceKey, Value> keys();

  /** Just one, without key. */
  record Single() implements Expansion {
    @Override
    public SequencedMap<InstanceKey, Value> keys() {
      return ONE;
    }
  }

  /** The one that there could be is switched off. */
  record Disabled() implements Expansion {
    @Override
    public SequencedMap<InstanceKey, Value> keys() {
      return NO_KEYS;
    }
  }

  /** As many as a number says. */
  record Counted(SequencedMap<InstanceKey, Value> keys) implements Expansion {
    /** So many instances. */
    static Counted of(long count) {
      SequencedMap<InstanceKey, Value> keys = new LinkedHashMap<>();
      for (long index = 0; index < count; index++) {
        keys.put(new InstanceKey.OfCount(index), Null.ANY);
      }
      return new Counted(Collections.unmodifiableSequencedMap(keys));
    }
  }

  /** One a key, with its value. */
  record Keyed(SequencedMap<InstanceKey, Value> keys) implements Expansion {
    /** An instance for each element. */
    static Keyed of(SequencedMap<String, Value> elements) {
      SequencedMap<InstanceKey, Value> keys = new LinkedHashMap<>();
      elements.forEach((key, value) -> keys.put(new InstanceKey.OfForEach(key), value));
      return new Keyed(Collections.unmodifiableSequencedMap(keys));
    }

    /** One for each element of a list. */
    static Keyed of(List<Value> elements) {
      SequencedMap<InstanceKey, Value> keys = new LinkedHashMap<>();
      for (Value element : elements) {
        keys.put(new InstanceKey.OfElement(keys.size()), element);
      }
      return new Keyed(Collections.unmodifiableSequencedMap(keys));
    }
  }

  /**
   * It can't be told yet, as it depends on something that is not known.
   *
   * @param why the error that it is where that is not known before the apply
   */
  record Deferred(Diagnostic why) implements Expansion {
    @Override
    public SequencedMap<InstanceKey, Value> keys() {
      return NO_KEYS;
    }
  }

  /** It could not be told; an error says why. */
  record Failed() implements Expansion {
    @Override
    public SequencedMap<InstanceKey, Value> keys() {
      return NO_KEYS;
    }
  }

  /** Whether it is known which instances there are. */
  default boolean isTold() {
    return !(this instanceof Deferred || this instanceof Failed);
  }

  /** No instances at all. */
  SequencedMap<InstanceKey, Value> NO_KEYS =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

  /** The keys of what is not repeated. */
  SequencedMap<InstanceKey, Value> ONE =
      Collections.unmodifiableSequencedMap(
          new LinkedHashMap<>(java.util.Map.of(new InstanceKey.None(), Null.ANY)));
}
