package io.pgha.provider.builtin;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.ephemeral.EphemeralType;
import io.pgha.provider.ephemeral.LocalSource;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;

/** {@code ephemeral "secret_file"}: a password in a file on the machine that pgha runs on. */
final class SecretFileType implements EphemeralType {
  private static final Schema SCHEMA =
      new Schema(
          1,
          "Reads a secret from a file on the machine that pgha runs on, such as one that a secret"
              + " manager mounts. State, plans and logs never have it.",
          List.of(
              Attribute.required(
                  "path",
                  Type.STRING,
                  "The file; a relative path begins in the folder of the root module. 1 MiB of UTF-8"
                      + " at most."),
              Attribute.computed(
                  "content", Type.STRING, "What it holds, without line ends at its end.")),
          """
          ephemeral "secret_file" "orders" {
            path = "/run/secrets/orders"
          }

          resource "pg_role" "orders" {
            cluster  = patroni_cluster.main.id
            name     = "orders"
            password = ephemeral.secret_file.orders.content
          }
          """);

  @Override
  public String name() {
    return "secret_file";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public LocalSource source(ObjectValue values) {
    return new LocalSource.OfFile(((Str) values.get("path")).value());
  }

  @Override
  public ObjectValue read(ObjectValue values, String text) {
    return ObjectValue.of(Map.of("content", new Str(withoutLineEnd(text))));
  }

  /** A text without the line ends that editors and programs put at its end. */
  static String withoutLineEnd(String text) {
    return text.replaceFirst("[\\r\\n]+\\z", "");
  }
}
