package io.pgha.core.testing;

import io.pgha.language.function.Function;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.DataType;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;
import java.util.Map;

/**
 * Hosts, notes on them, boasts that promise to be empty, members of a group, boxes, and a function.
 */
public final class TestProvider implements Provider {
  private static final Function GREETING =
      Function.named("greeting", "Greets somebody.")
          .takes("name", Type.STRING)
          .returns(Type.STRING, call -> new Str("Hello " + call.text(0)));

  @Override
  public String name() {
    return "test";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new HostType(),
        new BoxType(),
        new NoteType("note", false),
        new NoteType("boast", false, ObjectValue.of(Map.of("length", Num.of(0)))),
        new NoteType("member", true));
  }

  @Override
  public List<DataType> dataTypes() {
    // Whoever reads a note waits for the members on the same host.
    return List.of(
        new NoteDataType("note", List.of("member")), new NoteDataType("plain", List.of()));
  }

  @Override
  public List<Function> functions() {
    return List.of(GREETING);
  }
}
