package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.syntax.Expression.Splat;
import io.pgha.language.value.Bounds;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates splats over values. */
final class Splats {
  private final Evaluation evaluation;

  Splats(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Value of(Splat splat, Value source, Scope scope) {
    return iterate(splat, source.unmarked(), scope).withMarks(source.marks());
  }

  private Value iterate(Splat splat, Value source, Scope scope) {
    Type type = source.type();
    boolean sequence =
        type instanceof Type.ListType
            || type instanceof Type.SetType
            || type instanceof Type.TupleType;
    if (source.isNull()) {
      if (!sequence) {
        return new TupleValue(List.of());
      }
      evaluation
          .diagnostics()
          .add(
              Diagnostic.error(
                      "splat-of-null",
                      "Splat of null value",
                      "Splat expressions (with the * symbol) cannot be applied to null sequences.",
                      splat.source().range())
                  .within(splat.range())
                  .with(evaluation.values(splat.source(), scope)));
      return Unknown.ANY;
    }
    if (!sequence) {
      return scalar(splat, source, scope);
    }
    return switch (type) {
      case Type.ListType(Type element) -> collection(splat, source, element, scope);
      case Type.SetType(Type element) -> collection(splat, source, element, scope);
      case Type.TupleType(List<Type> types) -> tuple(splat, source, types, scope);
      case Type.Primitive _, Type.MapType _, Type.ObjectType _ ->
          throw new IllegalStateException("no sequence");
    };
  }

  /** A value that is no sequence counts as a tuple of itself; which it is not if it is null. */
  private Value scalar(Splat splat, Value source, Scope scope) {
    if (source instanceof Unknown(Type type, Refinement refinement)
        && (type.equals(Type.DYNAMIC) || !refinement.notNull())) {
      ofAny(splat, type, scope);
      return Unknown.ANY;
    }
    return new TupleValue(List.of(each(splat, source, scope)));
  }

  private Value tuple(Splat splat, Value source, List<Type> types, Scope scope) {
    List<Value> elements =
        source instanceof TupleValue(List<Value> known)
            ? known
            : types.stream().<Value>map(Unknown::of).toList();
    return new TupleValue(elements.stream().map(element -> each(splat, element, scope)).toList());
  }

  private Value collection(Splat splat, Value source, Type elementType, Scope scope) {
    List<Navigation.Element> elements = Navigation.elements(source);
    if (elements == null) {
      Type result = ofAny(splat, elementType, scope);
      boolean notNull = source instanceof Unknown(_, Refinement refinement) && refinement.notNull();
      return Unknown.of(Type.list(result), new Refinement(notNull, "", Bounds.of(source)));
    }
    if (elements.isEmpty()) {
      return new ListValue(ofAny(splat, elementType, scope), List.of());
    }
    List<Value> results = new ArrayList<>();
    Set<Type> types = new LinkedHashSet<>();
    for (Navigation.Element element : elements) {
      Value result = each(splat, element.value(), scope);
      results.add(result);
      types.add(result.type());
    }
    return types.size() == 1
        ? new ListValue(types.iterator().next(), results)
        : new TupleValue(results);
  }

  /** What it is of any element; what no element can have is an error though there be none. */
  private Type ofAny(Splat splat, Type elementType, Scope scope) {
    return each(splat, Unknown.of(elementType), scope).type();
  }

  private Value each(Splat splat, Value element, Scope scope) {
    Scope inner = new Variables(Map.of(Evaluation.ELEMENT, element), scope);
    return evaluation.of(splat.each(), inner);
  }
}
