package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads one YAML document. Plain scalars mean what they mean to Terraform: YAML 1.2's core schema,
 * and of YAML 1.1 the many words for true and false, merge keys and timestamps.
 */
final class YamlReader {
  private static final int DEEPEST = 500;

  /** How many characters are read again for the sake of tabs. */
  private static final long MOST_REREAD = 20_000_000;

  /** How many values aliases may make of a small document. */
  private static final long MOST_VALUES = 100_000;

  private static final String TOO_DEEP = "nested too deeply, or an alias to what contains it";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSES =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern BASED = Pattern.compile("0(?:x([0-9a-fA-F]+)|o([0-7]+))");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  /** A day, a time of a zone after a T, or one without a zone after a space: no others are one. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d\\d?)-(\\d\\d?)"
              + "(?:[Tt]([0-9:]+)(?:\\.\\d+)?(Z|[-+]\\d\\d:\\d\\d)| ([0-9:]+)(?:\\.\\d+)?)?");

  private static final Pattern CLOCK = Pattern.compile("(\\d\\d?):(\\d\\d?):(\\d\\d?)");

  /** What a plain scalar without a tag is tagged with, to be told from {@code !!str}. */
  private static final Tag UNTAGGED = new Tag("!untagged");

  private YamlReader() {}

  /** Leaves the meaning of plain scalars to this reader. */
  private static final class PlainSchema extends FailsafeSchema {
    @Override
    public ScalarResolver getScalarResolver() {
      return (_, implicit) -> implicit ? UNTAGGED : Tag.STR;
    }
  }

  /**
   * Refuses what is nested too deeply as soon as it is, since the time that it takes to read grows
   * with the square of the depth.
   */
  private static final class ShallowParser implements Parser {
    private final Parser parser;
    private int depth;

    ShallowParser(Parser parser) {
      this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
      return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
      return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
      return parser.hasNext();
    }

    @Override
    public Event next() {
      Event event = parser.next();
      switch (event) {
        case CollectionStartEvent start -> {
          depth++;
          if (depth > DEEPEST) {
            throw new ParserException(TOO_DEEP, start.getStartMark());
          }
        }
        case CollectionEndEvent _ -> depth--;
        default -> {}
      }
      return event;
    }
  }

  static Value decode(String text) throws FunctionException {
    String readable = text;
    for (int tabs = 0; ; tabs++) {
      try {
        return decodeOnce(readable);
      } catch (ScannerException e) {
        int tab = tabAt(e, readable);
        if (tab < 0 || (tabs + 1L) * text.length() > MOST_REREAD) {
          throw new FunctionException(0, where(e.getProblemMark()) + e.getProblem());
        }
        readable = readable.substring(0, tab) + ' ' + readable.substring(tab + 1);
      } catch (MarkedYamlEngineException e) {
        throw new FunctionException(0, where(e.getProblemMark()) + e.getProblem());
      } catch (YamlVersionException e) {
        throw new FunctionException(0, "invalid YAML: only versions 1.1 and 1.2 are known");
      } catch (YamlEngineException e) {
        throw new FunctionException(0, "invalid YAML: " + e.getMessage());
      }
    }
  }

  /**
   * Where a tab stands between a key and its value, which YAML allows and the library does not;
   * negative where that is not what is wrong.
   */
  private static int tabAt(ScannerException e, String text) {
    Optional<Mark> mark = e.getProblemMark();
    if (mark.isEmpty() || mark.get().getIndex() >= text.codePointCount(0, text.length())) {
      return -1;
    }
    int at = text.offsetByCodePoints(0, mark.get().getIndex());
    String line = text.substring(text.lastIndexOf('\n', at - 1) + 1, at);
    // A tab is no indentation.
    return text.charAt(at) == '\t' && !line.isBlank() ? at : -1;
  }

  private static Value decodeOnce(String text) throws FunctionException {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new PlainSchema())
            .setMaxAliasesForCollections(1000)
            // The library fails where a character of two halves is across the end of its buffer.
            .setBufferSize(text.length() + 2)
            .build();
    List<Node> documents = new ArrayList<>();
    StreamReader reader = new StreamReader(settings, text);
    new Composer(settings, new ShallowParser(new ParserImpl(settings, reader)))
        .forEachRemaining(documents::add);
    if (documents.isEmpty()) {
      throw new FunctionException(0, "on line 1, column 1: missing start of document");
    }
    if (documents.size() > 1) {
      throw new FunctionException(0, "only one document is allowed");
    }
    checkSize(documents.getFirst(), Math.max(MOST_VALUES, 10L * text.length()));
    return value(documents.getFirst(), 0);
  }

  /** Refuses a document whose aliases, one inside of another, make more of it than there is. */
  private static void checkSize(Node root, long most) throws FunctionException {
    if (size(root, new IdentityHashMap<>(), 0) > most) {
      throw new FunctionException(0, "its aliases make too much of it");
    }
  }

  /** How many values a node makes; what is nested too deeply is told of where it is read. */
  private static long size(Node node, Map<Node, Long> known, int depth) {
    Long before = known.get(node);
    if (before != null) {
      return before;
    }
    long size = 1;
    if (depth <= DEEPEST && node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        size = sum(size, size(element, known, depth + 1));
      }
    } else if (depth <= DEEPEST && node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        size = sum(size, size(entry.getKeyNode(), known, depth + 1));
        size = sum(size, size(entry.getValueNode(), known, depth + 1));
      }
    }
    known.put(node, size);
    return size;
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  private static String where(Optional<Mark> mark) {
    return mark.map(at -> "on line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1))
        .map(text -> text + ": ")
        .orElse("");
  }

  private static FunctionException error(Node node, String message) {
    return new FunctionException(0, where(node.getStartMark()) + message);
  }

  private static Value value(Node node, int depth) throws FunctionException {
    if (depth > DEEPEST) {
      throw error(node, TOO_DEEP);
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence when !sequence.getTag().equals(Tag.SEQ) ->
          throw error(node, "can't interpret sequence as " + sequence.getTag().getValue());
      case MappingNode mapping when !mapping.getTag().equals(Tag.MAP) ->
          throw error(node, "can't interpret mapping as " + mapping.getTag().getValue());
      case SequenceNode sequence -> {
        List<Value> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
          elements.add(value(element, depth + 1));
        }
        yield new TupleValue(elements);
      }
      case MappingNode mapping -> ObjectValue.of(attributes(mapping, depth));
      default -> throw error(node, "unsupported kind of YAML node");
    };
  }

  private static Map<String, Value> attributes(MappingNode mapping, int depth)
      throws FunctionException {
    TreeMap<String, Value> all = new TreeMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      boolean merge =
          entry.getKeyNode() instanceof ScalarNode key
              && key.getScalarStyle() == ScalarStyle.PLAIN
              && key.getValue().equals("<<");
      if (merge) {
        // What is merged in goes over what stands before it.
        TreeMap<String, Value> merged = new TreeMap<>();
        merge(entry.getValueNode(), depth, merged);
        all.putAll(merged);
      } else {
        all.put(name(entry.getKeyNode(), depth), value(entry.getValueNode(), depth + 1));
      }
    }
    return all;
  }

  private static void merge(Node source, int depth, Map<String, Value> merged)
      throws FunctionException {
    List<Node> sources = source instanceof SequenceNode list ? list.getValue() : List.of(source);
    for (Node one : sources) {
      if (!(one instanceof MappingNode mapping) || depth > DEEPEST) {
        throw error(one, "map merge requires map or sequence of maps as the value");
      }
      attributes(mapping, depth + 1).forEach(merged::putIfAbsent);
    }
  }

  private static String name(Node key, int depth) throws FunctionException {
    return switch (value(key, depth + 1)) {
      case Str(String text) -> text;
      case Num number -> number.text();
      case Bool truth -> String.valueOf(truth.value());
      default -> throw error(key, "mapping keys must be strings");
    };
  }

  private static Value scalar(ScalarNode scalar) throws FunctionException {
    String text = scalar.getValue();
    String tag = scalar.getTag().getValue();
    if (scalar.getTag().equals(UNTAGGED)) {
      return plain(scalar, text);
    }
    return switch (tag.startsWith(Tag.PREFIX) ? tag.substring(Tag.PREFIX.length()) : "") {
      case "str" -> new Str(text);
      case "binary" -> new Str(binary(scalar, text));
      case "null" -> isQuoted(scalar) ? new Str(text) : nothing(plain(scalar, text));
      case "bool", "int", "float" -> tagged(scalar, text, plain(scalar, text) instanceof Str);
      case "timestamp" -> {
        boolean wrong = plain(scalar, text) instanceof Str && timestamp(text).isEmpty();
        yield tagged(scalar, text, wrong);
      }
      default -> throw error(scalar, "unsupported tag \"" + tag + "\"");
    };
  }

  private static boolean isQuoted(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
        || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
  }

  /** What a tag says is nothing is nothing, unless it means something else than text. */
  private static Value nothing(Value value) {
    return value instanceof Str ? Null.ANY : value;
  }

  /** What is quoted must be readable as its tag says, but stays text, as in Terraform. */
  private static Value tagged(ScalarNode scalar, String text, boolean wrong)
      throws FunctionException {
    if (wrong) {
      throw error(scalar, "cannot parse \"" + text + "\" as " + scalar.getTag().getValue());
    }
    return isQuoted(scalar) ? new Str(text) : plain(scalar, text);
  }

  private static String binary(ScalarNode scalar, String text) throws FunctionException {
    String base64 = text.replaceAll("[\\r\\n]", "");
    try {
      EncodingFunctions.decoded(base64);
    } catch (FunctionException e) {
      throw error(
          scalar,
          "cannot parse \"" + text + "\" as " + scalar.getTag().getValue() + ": not valid base64");
    }
    return base64;
  }

  private static Value plain(ScalarNode scalar, String text) throws FunctionException {
    if (NULLS.contains(text)) {
      return Null.ANY;
    }
    if (TRUES.contains(text)) {
      return Bool.TRUE;
    }
    if (FALSES.contains(text)) {
      return Bool.FALSE;
    }
    Matcher based = BASED.matcher(text);
    if (based.matches()) {
      boolean hexadecimal = based.group(1) != null;
      return Num.of(new BigInteger(text.substring(2), hexadecimal ? 16 : 8));
    }
    if (NUMBER.matcher(text).matches()) {
      return Num.parse(text).orElseThrow(() -> error(scalar, "number out of range: " + text));
    }
    if (text.matches("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)")) {
      throw error(scalar, "floating point infinity and NaN are not supported");
    }
    return new Str(timestamp(text).orElse(text));
  }

  private static Optional<LocalTime> time(String text) {
    Matcher parts = CLOCK.matcher(text);
    return parts.matches()
        ? Optional.of(LocalTime.of(number(parts, 1), number(parts, 2), number(parts, 3)))
        : Optional.empty();
  }

  private static Optional<String> timestamp(String text) {
    Matcher parts = TIMESTAMP.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
      String clock = parts.group(4) == null ? parts.group(6) : parts.group(4);
      Optional<LocalTime> time = clock == null ? Optional.of(LocalTime.MIDNIGHT) : time(clock);
      if (time.isEmpty()) {
        return Optional.empty();
      }
      String zone = parts.group(5);
      ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
      return Optional.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              OffsetDateTime.of(date, time.get(), offset)));
    } catch (DateTimeException e) {
      // It only looks like a time, so it is text.
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
