package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Expression.FunctionCall;
import io.pgha.language.value.ValueText;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Says of a call of no known function what is wrong with its name. */
final class UnknownFunction {
  private static final String CORE = "core";
  private static final String PROVIDER = "provider";

  private UnknownFunction() {}

  static Diagnostic of(FunctionCall call, FunctionTable functions) {
    String[] parts = call.name().split("::", -1);
    boolean ofLanguage = parts.length == 1 || (parts.length == 2 && parts[0].equals(CORE));
    return Diagnostic.error(
            "unknown-function",
            ofLanguage ? "Call to unknown function" : "Unknown provider function",
            ofLanguage
                ? ofLanguage(call.name(), parts[parts.length - 1], functions)
                : ofProvider(call.name(), parts, functions),
            call.nameRange())
        .within(call.range());
  }

  private static String ofLanguage(String written, String name, FunctionTable functions) {
    String namespace = written.substring(0, written.length() - name.length());
    return noneIsNamed(written) + suggestion(namespace, functions.similarTo(name));
  }

  private static String ofProvider(String written, String[] parts, FunctionTable functions) {
    if (!parts[0].equals(PROVIDER)) {
      return "The function namespace "
          + ValueText.quote(parts[0])
          + " is not valid."
          + (parts[0].equals(CORE)
              ? " A function of the language is called as core::NAME(...)."
              : NearestName.of(parts[0], List.of(CORE, PROVIDER))
                  .map(near -> " Did you mean " + ValueText.quote(near) + "?")
                  .orElse(
                      " A function of a provider is called as provider::PROVIDER::NAME(...), one of"
                          + " the language by its name alone."));
    }
    if (parts.length == 2) {
      return "The function call must include the provider's name after \"provider::\", as in"
          + " provider::PROVIDER::"
          + parts[1]
          + "(...).";
    }
    if (parts.length > 3) {
      return noneIsNamed(written)
          + " A function of a provider is called as provider::PROVIDER::NAME(...).";
    }
    if (!functions.providers().containsKey(parts[1])) {
      return "There is no provider named "
          + ValueText.quote(parts[1])
          + "."
          + suggestion("", NearestName.of(parts[1], new TreeSet<>(functions.providers().keySet())));
    }
    List<String> names = functions.ofProvider(parts[1]).stream().map(Function::name).toList();
    return "The provider "
        + ValueText.quote(parts[1])
        + (names.isEmpty()
            ? " has no functions."
            : " has no function named " + ValueText.quote(parts[2]) + ".")
        + suggestion(PROVIDER + "::" + parts[1] + "::", NearestName.of(parts[2], names));
  }

  private static String noneIsNamed(String written) {
    return "There is no function named " + ValueText.quote(written) + ".";
  }

  private static String suggestion(String namespace, Optional<String> name) {
    return name.map(near -> " Did you mean " + ValueText.quote(namespace + near) + "?").orElse("");
  }
}
