package io.pgha.provider.builtin;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.ephemeral.EphemeralType;
import io.pgha.provider.ephemeral.LocalSource;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ephemeral "secret_command"}: a password that a program on this machine gives out. */
final class SecretCommandType implements EphemeralType {
  private static final int MOST_SECONDS = 600;

  private static final Schema SCHEMA =
      new Schema(
          1,
          "Has a program on the machine that pgha runs on give out a secret: vault, sops, pass and"
              + " the like. It runs whenever something is planned or applied, without a shell, in the folder"
              + " of the root module, with pgha's environment. State, plans and logs never have"
              + " what it says.",
          List.of(
              Attribute.required(
                  "command",
                  Type.list(Type.STRING),
                  "The program and its arguments, each as it is: nothing is expanded."),
              Attribute.optional(
                  "timeout",
                  Num.of(60),
                  "Seconds after which it is given up, " + MOST_SECONDS + " at most."),
              Attribute.computed(
                  "output",
                  Type.STRING,
                  "What it writes to its standard output, 1 MiB of UTF-8 at most, without line ends"
                      + " at its end.")),
          """
          ephemeral "secret_command" "orders" {
            command = ["pass", "show", "databases/orders"]
          }

          resource "pg_role" "orders" {
            cluster  = patroni_cluster.main.id
            name     = "orders"
            password = ephemeral.secret_command.orders.output
          }
          """);

  @Override
  public String name() {
    return "secret_command";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Diagnostic> validate(ObjectValue values) {
    List<Diagnostic> found = new ArrayList<>();
    if (values.get("command") instanceof ListValue command) {
      if (command.elements().isEmpty()
          || (command.elements().getFirst() instanceof Str(String program) && program.isEmpty())) {
        found.add(wrong("command", "No program", "Its first element is the program to run."));
      }
      for (int i = 0; i < command.elements().size(); i++) {
        Value word = command.elements().get(i);
        if (word.isNull() || (word instanceof Str(String text) && text.indexOf('\0') >= 0)) {
          found.add(
              Diagnostic.error(
                      "invalid-command",
                      "Not an argument",
                      "An argument of a program is a text without a zero character, and not null.")
                  .of(AttributePath.of("command").index(i)));
        }
      }
    }
    if (values.get("timeout") instanceof Num seconds
        && (seconds.compareTo(Num.ZERO) <= 0 || seconds.compareTo(Num.of(MOST_SECONDS)) > 0)) {
      found.add(
          wrong(
              "timeout",
              "Not a time to wait",
              "timeout is in seconds, more than 0 and " + MOST_SECONDS + " at most."));
    }
    return found;
  }

  private static Diagnostic wrong(String attribute, String summary, String detail) {
    return Diagnostic.error("invalid-command", summary, detail).of(AttributePath.of(attribute));
  }

  @Override
  public LocalSource source(ObjectValue values) {
    List<String> command =
        ((ListValue) values.get("command"))
            .elements().stream().map(word -> ((Str) word).value()).toList();
    long millis =
        ((Num) values.get("timeout")).value().movePointRight(3).max(BigDecimal.ONE).longValue();
    return new LocalSource.OfProgram(command, Duration.ofMillis(millis));
  }

  @Override
  public ObjectValue read(ObjectValue values, String text) {
    return ObjectValue.of(Map.of("output", new Str(SecretFileType.withoutLineEnd(text))));
  }
}
