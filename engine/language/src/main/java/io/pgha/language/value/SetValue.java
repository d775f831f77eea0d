package io.pgha.language.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * A set of values of one type, in the language's own order, each once; those not wholly known stand
 * last.
 *
 * @param elementType the type of every element
 * @param elements the elements, unmarked at every depth, ordered and without equals; immutable
 */
public record SetValue(Type elementType, List<Value> elements) implements Value {
  public SetValue {
    elements = List.copyOf(elements);
  }

  /**
   * A set of the given elements in any order; their marks, at every depth, go to the set as a
   * whole, so that the result may be a {@link Marked}.
   */
  public static Value of(Type elementType, Collection<? extends Value> elements) {
    EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
    TreeSet<Value> ordered = new TreeSet<>(ValueOrder.OF_SETS);
    List<Value> open = new ArrayList<>();
    for (Value element : elements) {
      marks.addAll(Marks.all(element));
      Value unmarked = Marks.removeDeep(element);
      // What isn't known yet may turn out to differ, so each stays.
      if (Unknowns.isWhollyKnown(unmarked)) {
        ordered.add(unmarked);
      } else {
        open.add(unmarked);
      }
    }
    List<Value> all = new ArrayList<>(ordered);
    all.addAll(open);
    return new SetValue(elementType, all).withMarks(marks);
  }

  /** Whether it is not known yet how many elements there are and in which order they will stand. */
  public boolean isOpen() {
    return elements.size() > 1 && !Unknowns.isWhollyKnown(this);
  }

  /** Compares strings by Unicode code point, as sets and {@code sort} order them. */
  public static int compareText(String one, String other) {
    return ValueOrder.compareText(one, other);
  }

  @Override
  public Type type() {
    return new Type.SetType(elementType);
  }
}
