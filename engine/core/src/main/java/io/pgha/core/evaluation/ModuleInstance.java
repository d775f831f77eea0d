package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One instance of a module, with a cell for everything in it that was asked for. */
final class ModuleInstance {
  /** Who called the module, and which of the call's instances it is. */
  record Caller(ModuleInstance module, Call call, InstanceKey key) {}

  /** What {@code each} and {@code count} are in an expression. */
  record Repetition(InstanceKey key, Value each) {}

  /**
   * The instances of a call.
   *
   * @param keys the keys that they were made for, mostly the very map that is compared with it
   */
  record Children(
      SequencedMap<InstanceKey, Value> keys, SequencedMap<InstanceKey, ModuleInstance> instances) {}

  private final String path;
  private final Module module;
  private final @Nullable Caller caller;

  final Map<String, Cell<Value>> variables = new HashMap<>();
  final Map<String, Cell<List<Diagnostic>>> validations = new HashMap<>();
  final Map<String, Cell<Value>> locals = new HashMap<>();
  final Map<String, Cell<Value>> outputs = new HashMap<>();
  final Map<String, Cell<Expansion>> resourceExpansions = new HashMap<>();
  final Map<String, Cell<Expansion>> callExpansions = new HashMap<>();
  final Map<String, Cell<Optional<ResourceInstance>>> resources = new HashMap<>();
  final Map<String, Cell<Value>> ephemerals = new HashMap<>();
  final Map<String, Cell<Value>> wholeResources = new HashMap<>();
  final Map<String, Cell<Value>> wholeCalls = new HashMap<>();
  final Map<String, Children> children = new HashMap<>();

  ModuleInstance(String path, Module module, @Nullable Caller caller) {
    this.path = path;
    this.module = module;
    this.caller = caller;
  }

  /** The module instance's address, such as {@code module.main["a"]}; empty for the root. */
  String path() {
    return path;
  }

  Module module() {
    return module;
  }

  @Nullable Caller caller() {
    return caller;
  }

  /** The root module, which this one is or was called by in the end. */
  ModuleInstance root() {
    return caller == null ? this : caller.module().root();
  }

  /** The address of something in this module. */
  String address(String inner) {
    return path.isEmpty() ? inner : path + "." + inner;
  }
}
