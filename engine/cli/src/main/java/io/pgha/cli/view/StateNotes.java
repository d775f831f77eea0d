package io.pgha.cli.view;

import io.pgha.state.InstanceState;
import java.util.ArrayList;
import java.util.List;

/** Says what the next apply does with an object whatever configuration says. */
public final class StateNotes {
  private StateNotes() {}

  /** The notes; none where the object is as it was to be. */
  public static List<String> of(InstanceState object) {
    if (!object.deposed().isEmpty()) {
      // Whatever else it is.
      return List.of("a replacement put it aside: the next apply removes it");
    }
    List<String> notes = new ArrayList<>();
    if (object.tainted()) {
      notes.add("tainted: the next apply makes it anew");
    }
    if (object.incomplete()) {
      notes.add(
          object.isImported()
              ? "imported: the next apply takes it over"
              : "begun and not finished: the next apply goes on");
    }
    return notes;
  }
}
