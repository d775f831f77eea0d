package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON Schemas that documents are held against. */
final class Schemas {
  private Schemas() {}

  /** The one that this project publishes. */
  static Schema drift() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("../../docs/drift-schema.json")));
  }

  /** SARIF's own. */
  static Schema sarif() throws IOException {
    try (InputStream in = Schemas.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      assertThat(in).isNotNull();
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static void assertConforms(Schema schema, String document) {
    assertThat(schema.validate(document, InputFormat.JSON))
        .extracting(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .isEmpty();
  }
}
