package io.pgha.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.function.Parameter;
import io.pgha.language.value.ValueJson;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code pgha metadata functions}: how functions are called, in the shape that Terraform's has. */
final class MetadataFunctionsCommand implements Subcommand, Callable<Integer> {
  /** Each function of the language goes by its name alone, and by that with this before it. */
  private static final List<String> PREFIXES = List.of("", "core::");

  private final Main main;
  private final ViewOptions view = new ViewOptions();

  MetadataFunctionsCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Write how each function of the language is called.");
    view.declare(takes);
    takes.requiredFlag("-json", "Write JSON, which is the only form.");
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    console
        .out()
        .print(
            StateDocument.json(out -> {
              out.writeStartObject();
              out.writeStringField("format_version", "1.0");
              out.writeObjectFieldStart("function_signatures");
              for (String prefix : PREFIXES) {
                for (Function function : FunctionTable.standard().signatures()) {
                  out.writeObjectFieldStart(prefix + function.name());
                  signature(out, function);
                  out.writeEndObject();
                }
              }
              out.writeEndObject();
              out.writeEndObject();
            }));
    console.out().flush();
    return Operation.OK;
  }

  private static void signature(JsonGenerator out, Function function) throws IOException {
    out.writeStringField("description", function.description());
    out.writeFieldName("return_type");
    ValueJson.writeType(out, function.returnType());
    if (!function.parameters().isEmpty()) {
      out.writeArrayFieldStart("parameters");
      for (Parameter parameter : function.parameters()) {
        out.writeStartObject();
        parameter(out, parameter);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (function.variadic().isPresent()) {
      out.writeObjectFieldStart("variadic_parameter");
      parameter(out, function.variadic().get());
      out.writeEndObject();
    }
  }

  private static void parameter(JsonGenerator out, Parameter parameter) throws IOException {
    out.writeStringField("name", parameter.name());
    if (parameter.acceptsNull()) {
      out.writeBooleanField("is_nullable", true);
    }
    out.writeFieldName("type");
    ValueJson.writeType(out, parameter.type());
  }
}
