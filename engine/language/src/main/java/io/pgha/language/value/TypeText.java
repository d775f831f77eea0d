package io.pgha.language.value;

import java.util.List;
import java.util.Map;

/** Types as people read them: over several lines, as the console's {@code type(...)} shows them. */
public final class TypeText {
  private static final int STEP = 4;

  private TypeText() {}

  /** The type over as many lines as it takes. */
  public static String of(Type type) {
    StringBuilder text = new StringBuilder();
    append(text, type, 0);
    return text.toString();
  }

  private static void append(StringBuilder text, Type type, int indent) {
    switch (type) {
      case Type.Primitive primitive ->
          text.append(
              switch (primitive) {
                case STRING -> "string";
                case NUMBER -> "number";
                case BOOL -> "bool";
                case DYNAMIC -> "dynamic";
              });
      case Type.ListType(Type element) -> collection(text, "list", element, indent);
      case Type.SetType(Type element) -> collection(text, "set", element, indent);
      case Type.MapType(Type element) -> collection(text, "map", element, indent);
      case Type.TupleType(List<Type> elements) -> {
        text.append("tuple([");
        for (Type element : elements) {
          text.append('\n').repeat(' ', indent + STEP);
          append(text, element, indent + STEP);
          text.append(',');
        }
        close(text, elements.isEmpty(), indent).append("])");
      }
      case Type.ObjectType(Map<String, Type> attributes, _) -> {
        text.append("object({");
        attributes.forEach((name, attribute) -> {
          text.append('\n').repeat(' ', indent + STEP).append(name).append(": ");
          append(text, attribute, indent + STEP);
          text.append(',');
        });
        close(text, attributes.isEmpty(), indent).append("})");
      }
    }
  }

  private static void collection(StringBuilder text, String kind, Type element, int indent) {
    text.append(kind).append('(');
    boolean plain =
        switch (element) {
          case Type.Primitive _, Type.ListType _, Type.SetType _, Type.MapType _ -> true;
          case Type.TupleType _, Type.ObjectType _ -> false;
        };
    if (plain) {
      append(text, element, indent);
    } else {
      text.append('\n').repeat(' ', indent + STEP);
      append(text, element, indent + STEP);
      text.append(",\n").repeat(' ', indent);
    }
    text.append(')');
  }

  private static StringBuilder close(StringBuilder text, boolean empty, int indent) {
    return empty ? text : text.append('\n').repeat(' ', indent);
  }
}
