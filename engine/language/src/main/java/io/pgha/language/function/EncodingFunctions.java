package io.pgha.language.function;

import static java.util.Objects.requireNonNull;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.language.value.ValueText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Functions between values and their encodings. */
final class EncodingFunctions {
  /** What is in no base64. */
  private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9+/=\\r\\n]");

  private static final int LARGEST_GUNZIP = 64 * 1024 * 1024;

  /** A percent sign without two hexadecimal digits after it, with what is there instead. */
  private static final Pattern NO_URL_ESCAPE =
      Pattern.compile("%(?![0-9a-fA-F]{2}).{0,2}", Pattern.DOTALL);

  static final List<Function> ALL =
      List.of(
          Function.named("base64encode", "Encodes a text's UTF-8 in base64.")
              .takes("str", Type.STRING)
              .returns(Type.STRING, call -> encoded(call.text(0).getBytes(StandardCharsets.UTF_8))),
          Function.named("base64decode", "Decodes base64 of UTF-8 text.")
              .takes("str", Type.STRING)
              .returns(
                  Type.STRING,
                  call ->
                      new Str(
                          utf8(
                              decoded(call.text(0)),
                              "the result of decoding the provided string is not valid UTF-8"))),
          Function.named("base64gzip", "Compresses a text with gzip and encodes that in base64.")
              .takes("str", Type.STRING)
              .returns(Type.STRING, call -> encoded(gzip(call.text(0)))),
          Function.named("base64gunzip", "Decodes base64 of gzip of text.")
              .takes("str", Type.STRING)
              .returns(Type.STRING, call -> new Str(gunzip(decoded(call.text(0))))),
          Function.named("textencodebase64", "Encodes a text in a character set and base64.")
              .takes("string", Type.STRING)
              .takes("encoding", Type.STRING)
              .returns(Type.STRING, EncodingFunctions::encodeText),
          Function.named("textdecodebase64", "Decodes base64 of text in a character set.")
              .takes("source", Type.STRING)
              .takes("encoding", Type.STRING)
              .returns(Type.STRING, EncodingFunctions::decodeText),
          Function.named("urlencode", "Encodes a text for the query of a URL.")
              .takes("str", Type.STRING)
              .returns(
                  Type.STRING,
                  call ->
                      new Str(
                          URLEncoder.encode(call.text(0), StandardCharsets.UTF_8)
                              .replace("%7E", "~")
                              .replace("*", "%2A"))),
          Function.named("urldecode", "Decodes a text of the query of a URL.")
              .takes("str", Type.STRING)
              .returns(Type.STRING, EncodingFunctions::urlDecode),
          Function.named("jsonencode", "Encodes a value as JSON.")
              .takes(Parameter.of("val", Type.DYNAMIC).nullable().unknown())
              .returns(Type.STRING, call -> jsonEncode(call.value(0))),
          Function.named("jsondecode", "Decodes a JSON text.")
              .takes("str", Type.STRING)
              .mayBeNull()
              .returns(_ -> Type.DYNAMIC, call -> jsonDecode(call.text(0))),
          Function.named("yamlencode", "Encodes a value as YAML.")
              .takes(Parameter.of("value", Type.DYNAMIC).nullable())
              .returns(Type.STRING, call -> new Str(YamlWriter.encode(call.value(0)))),
          Function.named("yamldecode", "Decodes a YAML document.")
              .takes("src", Type.STRING)
              .mayBeNull()
              .returns(_ -> Type.DYNAMIC, call -> YamlReader.decode(call.text(0))),
          Function.named("csvdecode", "Decodes CSV with a header line.")
              .takes("str", Type.STRING)
              .returns(_ -> Type.DYNAMIC, call -> csvDecode(call.text(0))));

  private EncodingFunctions() {}

  private static Value encoded(byte[] bytes) {
    return new Str(Base64.getEncoder().encodeToString(bytes));
  }

  static byte[] decoded(String base64) throws FunctionException {
    return decoded(base64, "failed to decode base64 data");
  }

  /** The bytes of base64, which may have line breaks but must have its padding. */
  static byte[] decoded(String base64, String failure) throws FunctionException {
    String text = base64.replace("\n", "").replace("\r", "");
    if (text.length() % 4 != 0) {
      throw new FunctionException(0, failure + ": its padding is missing");
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      Matcher foreign = NOT_BASE64.matcher(base64);
      throw new FunctionException(
          0,
          failure
              + (foreign.find()
                  ? ": character " + (foreign.start() + 1) + " is none of its alphabet"
                  : ": its padding is wrong"));
    }
  }

  static String utf8(byte[] bytes, String message) throws FunctionException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FunctionException(0, message);
    }
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String gunzip(byte[] compressed) throws FunctionException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      byte[] bytes = in.readNBytes(LARGEST_GUNZIP + 1);
      if (bytes.length > LARGEST_GUNZIP) {
        throw new FunctionException(0, "the text is larger than 64 MiB");
      }
      return utf8(bytes, "the uncompressed text is not valid UTF-8");
    } catch (EOFException e) {
      throw new FunctionException(0, "failed to gunzip bytes: they end too early");
    } catch (IOException e) {
      throw new FunctionException(0, "failed to gunzip bytes: " + e.getMessage());
    }
  }

  private static Charset charset(String name) throws FunctionException {
    return TextEncodings.named(name)
        .orElseThrow(() ->
            new FunctionException(
                1,
                ValueText.quote(name)
                    + " is not a supported IANA encoding name or alias in this version"));
  }

  private static Value encodeText(Call call) throws FunctionException {
    Charset charset = charset(call.text(1));
    try {
      ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(call.text(0)));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return encoded(array);
    } catch (CharacterCodingException e) {
      throw new FunctionException(
          0, "the given string contains characters that cannot be represented in " + call.text(1));
    }
  }

  private static Value decodeText(Call call) throws FunctionException {
    Charset charset = charset(call.text(1));
    byte[] bytes = decoded(call.text(0), "the given value has an invalid base64 symbol");
    try {
      return new Str(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new FunctionException(
          0, "the given string contains symbols that are not defined for " + call.text(1));
    }
  }

  private static Value urlDecode(Call call) throws FunctionException {
    String text = call.text(0);
    Matcher wrong = NO_URL_ESCAPE.matcher(text);
    if (wrong.find()) {
      throw new FunctionException(
          0,
          "failed to decode URL '"
              + text
              + "': invalid URL escape "
              + ValueText.quote(wrong.group()));
    }
    return new Str(URLDecoder.decode(text, StandardCharsets.UTF_8));
  }

  private static Value jsonEncode(Value value) {
    if (Unknowns.isWhollyKnown(value)) {
      return new Str(ValueJson.encode(value));
    }
    // What may be null begins with another letter then.
    boolean notNull = !(value instanceof Unknown unknown) || unknown.refinement().notNull();
    String begin =
        switch (value.type()) {
          case Type.ObjectType _, Type.MapType _ -> "{";
          case Type.ListType _, Type.SetType _, Type.TupleType _ -> "[";
          case Type.Primitive type -> type.equals(Type.STRING) ? "\"" : "";
        };
    return new Unknown(Type.STRING, new Refinement(true, notNull ? begin : ""));
  }

  private static Value jsonDecode(String text) throws FunctionException {
    try {
      return ValueJson.decode(text);
    } catch (IOException e) {
      throw new FunctionException(0, "invalid JSON: " + e.getMessage());
    }
  }

  /** A quote may only start a field or, doubled or closing it, stand in one that is quoted. */
  private static void requireQuotesInPlace(String text) throws FunctionException {
    boolean quoted = false;
    boolean fieldStart = true;
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line += c == '\n' ? 1 : 0;
      if (c == '"') {
        boolean closes = quoted && !(i + 1 < text.length() && text.charAt(i + 1) == '"');
        if (!quoted && !fieldStart) {
          throw new FunctionException(
              0, "CSV parse error on line " + line + ": bare quote in non-quoted field");
        }
        if (quoted && !closes) {
          i++;
        } else {
          quoted = !quoted;
        }
        boolean more = closes && i + 1 < text.length();
        if (more && ",\r\n".indexOf(text.charAt(i + 1)) < 0) {
          throw new FunctionException(
              0, "CSV parse error on line " + line + ": text after the quote that ends a field");
        }
        fieldStart = false;
      } else if (!quoted) {
        fieldStart = c == ',' || c == '\n' || c == '\r';
      }
    }
    if (quoted) {
      throw new FunctionException(
          0, "CSV parse error on line " + line + ": a quoted field has no closing quote");
    }
  }

  private static Value csvDecode(String text) throws FunctionException {
    requireQuotesInPlace(text);
    try (CSVParser parser =
        CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get().parse(new StringReader(text))) {
      List<CSVRecord> records = parser.getRecords();
      if (records.isEmpty()) {
        throw new FunctionException(0, "missing header line");
      }
      List<String> names = records.getFirst().toList();
      for (String name : names) {
        if (names.indexOf(name) != names.lastIndexOf(name)) {
          throw new FunctionException(0, "duplicate column name \"" + name + "\"");
        }
      }
      List<Value> rows = new ArrayList<>();
      for (CSVRecord row : records.subList(1, records.size())) {
        if (row.size() != names.size()) {
          throw new FunctionException(
              0, "record on line " + row.getRecordNumber() + ": wrong number of fields");
        }
        rows.add(row(names, row));
      }
      TreeMap<String, Type> types = new TreeMap<>();
      names.forEach(name -> types.put(name, Type.STRING));
      return new ListValue(Type.object(types), rows);
    } catch (IOException e) {
      throw new FunctionException(0, "invalid CSV: " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw new FunctionException(0, "invalid CSV: " + requireNonNull(e.getCause()).getMessage());
    }
  }

  private static Value row(List<String> names, CSVRecord row) {
    TreeMap<String, Value> columns = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), new Str(row.get(i)));
    }
    return new ObjectValue(columns);
  }
}
