package io.pgha.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import java.io.IOException;
import java.util.Optional;

/**
 * What messages call an instance by beside its address, as Terraform's do: its attribute {@code
 * id}.
 *
 * @param id empty where it has none, or where that is not to be shown
 */
record Identity(Optional<String> id) {
  /** Of what has none. */
  static final Identity NONE = new Identity(Optional.empty());

  private static final String NAME = "id";

  static Identity of(InstanceState instance) {
    Value id = instance.attributes().attributes().get(NAME);
    boolean shown = !instance.sensitivePaths().contains(AttributePath.of(NAME));
    return id instanceof Str text && shown ? new Identity(Optional.of(text.value())) : NONE;
  }

  /** The end of a message. */
  String remark() {
    return id.map(" [id=%s]"::formatted).orElse("");
  }

  void write(JsonGenerator json) throws IOException {
    if (id.isPresent()) {
      json.writeStringField("id_key", NAME);
      json.writeStringField("id_value", id.get());
    }
  }
}
