package io.pgha.cli;

import java.util.Map;
import java.util.Stack;
import java.util.function.Consumer;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * How an option is read that is on or off: {@code -name} is on, {@code -name=VALUE} what Go's flag
 * package takes the value for, as in Terraform. The word that follows is never its value.
 */
record Switch(Consumer<Boolean> to, boolean mustBeOn) implements IParameterPreprocessor {

  @Override
  public boolean preprocess(
      Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> context) {
    boolean on = !"=".equals(context.get("separator")) || isOn(words.pop(), command, option);
    if (mustBeOn && !on) {
      throw new ParameterException(command.commandLine(), name(option) + " can't be off yet");
    }
    to.accept(on);
    return true;
  }

  private static boolean isOn(String value, CommandSpec command, ArgSpec option) {
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw new ParameterException(
              command.commandLine(),
              name(option) + " is on or off: it takes true or false, not \"" + value + "\"");
    };
  }

  private static String name(ArgSpec option) {
    return ((OptionSpec) option).longestName().replaceFirst("^--", "-");
  }
}
