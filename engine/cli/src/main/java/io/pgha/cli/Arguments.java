package io.pgha.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a command takes: it declares its options and parameters here, each with where its value
 * goes.
 *
 * <p>Declared by code and not by picocli's annotations: for those the JDK makes classes anew at
 * every start, which took a third of a small plan. An option's name is given with one dash and may
 * be written with two.
 */
final class Arguments {
  private final CommandSpec spec;

  Arguments(CommandSpec spec) {
    this.spec = spec;
  }

  /** What the command does, each text a paragraph. */
  void description(String... paragraphs) {
    spec.usageMessage().description(paragraphs);
  }

  /** A command within this one. */
  void subcommand(String name, Subcommand command) {
    spec.addSubcommand(name, command.spec());
  }

  /** An option that is off unless it is given: {@code to} gets whether it is on. */
  void flag(String name, String description, Consumer<Boolean> to) {
    add(
        option(name, description, Boolean.class, to)
            .arity("0")
            .preprocessor(new Switch(to, false)));
  }

  /** An option that must be given and be on, for where there is no other choice yet. */
  void requiredFlag(String name, String description) {
    Consumer<Boolean> to = on -> {};
    add(
        option(name, description, Boolean.class, to)
            .arity("0")
            .preprocessor(new Switch(to, true))
            .required(true));
  }

  /** An option that is on or off: {@code -name}, {@code -name=true} or {@code -name=false}. */
  void toggle(String name, boolean initial, String description, Consumer<Boolean> to) {
    to.accept(initial);
    add(
        option(name, description, Boolean.class, to)
            .arity("0..1")
            .paramLabel("true|false")
            .preprocessor(new Switch(to, false)));
  }

  /** An option of Terraform's that has nothing to do here, on or off. */
  void understood(String name, String why) {
    flag(name, "Taken, but changes nothing: " + why, _ -> {});
  }

  /** An option of Terraform's with a value that has nothing to do here. */
  void understood(String name, String label, String why) {
    option(name, label, String.class, "Taken, but changes nothing: " + why, _ -> {});
  }

  /** An option with a value; {@code to} gets it where it is given. */
  <T> void option(String name, String label, Class<T> type, String description, Consumer<T> to) {
    add(option(name, description, type, to).paramLabel(label));
  }

  /** An option with a value, which is {@code initial} where it is not given. */
  <T> void option(
      String name,
      String label,
      Class<T> type,
      String initial,
      String description,
      Consumer<T> to) {
    add(option(name, description, type, to).paramLabel(label).defaultValue(initial));
  }

  /** An option that must be given. */
  <T> void required(String name, String label, Class<T> type, String description, Consumer<T> to) {
    add(option(name, description, type, to).paramLabel(label).required(true));
  }

  /** An option that may be given more than once; {@code to} gets all its values. */
  <T> void options(
      String name, String label, Class<T> type, String description, Consumer<List<T>> to) {
    OptionSpec.Builder option = OptionSpec.builder(name, "-" + name);
    describe(option, description, new Binding<>(to)).type(List.class).auxiliaryTypes(type);
    add(option.paramLabel(label));
  }

  /**
   * The same; {@code to} gets each value by itself, in its place among those of all other options
   * that are declared like this.
   */
  <T> void eachOption(
      String name, String label, Class<T> type, String description, Consumer<T> to) {
    AtomicInteger taken = new AtomicInteger();
    options(
        name,
        label,
        type,
        description,
        given -> {
          while (taken.get() < given.size()) {
            to.accept(given.get(taken.getAndIncrement()));
          }
        });
  }

  /** A parameter that must be given, the next in order. */
  <T> void parameter(String label, Class<T> type, String description, Consumer<T> to) {
    spec.add(parameter("1", label, type, description, to).required(true).build());
  }

  /** A parameter that may be given, the last one. */
  <T> void optionalParameter(String label, Class<T> type, String description, Consumer<T> to) {
    spec.add(parameter("0..1", label, type, description, to).build());
  }

  /** All parameters, {@code least} or more of them; {@code to} gets them where there are any. */
  <T> void parameters(
      int least, String label, Class<T> type, String description, Consumer<List<T>> to) {
    PositionalParamSpec.Builder parameter = PositionalParamSpec.builder().arity(least + "..*");
    describe(parameter, description, new Binding<>(to)).type(List.class).auxiliaryTypes(type);
    spec.add(parameter.paramLabel(label).required(least > 0).build());
  }

  private void add(OptionSpec.Builder option) {
    spec.addOption(option.build());
  }

  private static <T> OptionSpec.Builder option(
      String name, String description, Class<T> type, Consumer<T> to) {
    OptionSpec.Builder option = OptionSpec.builder(name, "-" + name);
    return describe(option, description, new Binding<>(to)).type(type);
  }

  private <T> PositionalParamSpec.Builder parameter(
      String arity, String label, Class<T> type, String description, Consumer<T> to) {
    PositionalParamSpec.Builder parameter =
        PositionalParamSpec.builder()
            .index(String.valueOf(spec.positionalParameters().size()))
            .arity(arity);
    return describe(parameter, description, new Binding<>(to)).type(type).paramLabel(label);
  }

  private static OptionSpec.Builder describe(
      OptionSpec.Builder option, String description, Binding<?> binding) {
    return option.description(description).getter(binding).setter(binding);
  }

  private static PositionalParamSpec.Builder describe(
      PositionalParamSpec.Builder parameter, String description, Binding<?> binding) {
    return parameter.description(description).getter(binding).setter(binding);
  }

  /** Hands on what is given, and remembers it, since picocli adds to lists that it gets. */
  private static final class Binding<T> implements IGetter, ISetter {
    private final Consumer<T> to;
    private @Nullable Object value;

    Binding(Consumer<T> to) {
      this.to = to;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <V> @Nullable V get() {
      return (V) value;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <V> @Nullable V set(@Nullable V given) {
      V before = (V) value;
      value = given;
      if (given != null) {
        to.accept((T) given);
      }
      return before;
    }
  }
}
