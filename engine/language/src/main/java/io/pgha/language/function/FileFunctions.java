package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Functions of files and paths, all through the injected source. */
final class FileFunctions {
  static final List<Function> ALL =
      List.of(
          ofPath("file", "The content of a file that is UTF-8.", call -> new Str(text(call))),
          ofPath(
              "filebase64",
              "The content of a file in base64.",
              call -> new Str(Base64.getEncoder().encodeToString(bytes(call)))),
          hex("filemd5", "MD5"),
          hex("filesha1", "SHA-1"),
          hex("filesha256", "SHA-256"),
          hex("filesha512", "SHA-512"),
          base64("filebase64sha256", "SHA-256"),
          base64("filebase64sha512", "SHA-512"),
          Function.named("fileexists", "Tells whether there is such a file.")
              .takes("path", Type.STRING)
              .returns(Type.BOOL, path(FileFunctions::exists)),
          Function.named("fileset", "The files under a folder whose paths match a pattern.")
              .takes("path", Type.STRING)
              .takes("pattern", Type.STRING)
              .returns(Type.set(Type.STRING), path(FileFunctions::set)),
          Function.named("templatefile", "Evaluates a file as a template.")
              .takes("path", Type.STRING)
              .takes(Parameter.collection("vars"))
              .returns(_ -> Type.DYNAMIC, path(FileFunctions::templateFile)),
          Function.named("templatestring", "Evaluates a string as a template.")
              .takes("template", Type.STRING)
              .takes(Parameter.collection("vars"))
              .returns(
                  _ -> Type.DYNAMIC,
                  call -> render(call, call.text(0), "<templatestring argument>")),
          ofPath(
              "abspath",
              "The path as an absolute one.",
              call -> new Str(call.context().files().absolute(call.text(0)))),
          ofPath("basename", "The last part of a path.", call -> new Str(base(call.text(0)))),
          ofPath(
              "dirname", "A path without its last part.", call -> new Str(directory(call.text(0)))),
          ofPath(
              "pathexpand",
              "The path with the home folder for a leading ~.",
              call -> new Str(expanded(call, call.text(0)))));

  private FileFunctions() {}

  /** A function whose first argument is a path; no system has one with a U+0000 in it. */
  private static Function.Body path(Function.Body body) {
    return call -> {
      if (call.text(0).indexOf('\0') >= 0) {
        throw new FunctionException(0, "a path can't hold the character U+0000");
      }
      return body.apply(call);
    };
  }

  private static Function ofPath(String name, String description, Function.Body body) {
    return Function.named(name, description)
        .takes("path", Type.STRING)
        .returns(Type.STRING, path(body));
  }

  private static Function hex(String name, String algorithm) {
    return ofPath(
        name,
        "The " + algorithm + " hash of a file, in hexadecimal.",
        call -> new Str(HexFormat.of().formatHex(HashFunctions.digest(algorithm, bytes(call)))));
  }

  private static Function base64(String name, String algorithm) {
    return ofPath(
        name,
        "The " + algorithm + " hash of a file, in base64.",
        call ->
            new Str(
                Base64.getEncoder().encodeToString(HashFunctions.digest(algorithm, bytes(call)))));
  }

  private static String expanded(Call call, String path) throws FunctionException {
    if (!path.startsWith("~")) {
      return path;
    }
    if (path.length() > 1 && path.charAt(1) != '/') {
      throw new FunctionException(0, "failed to expand ~: cannot expand user-specific home dir");
    }
    return call.context().files().home() + path.substring(1);
  }

  private static byte[] bytes(Call call) throws FunctionException {
    String path = expanded(call, call.text(0));
    try {
      return switch (call.context().files().kind(path)) {
        case FILE -> call.context().files().read(path);
        case ABSENT ->
            throw new FunctionException(
                0,
                "no file exists at "
                    + ValueText.quote(path)
                    + "; this function works only with files that are distributed as part of the"
                    + " configuration source code, so if this file will be created by a resource"
                    + " in this configuration you must instead obtain this result from an"
                    + " attribute of that resource");
        case DIRECTORY ->
            throw new FunctionException(0, ValueText.quote(path) + " is a folder, not a file");
        case OTHER ->
            throw new FunctionException(0, ValueText.quote(path) + " is not a regular file");
      };
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static FunctionException unreadable(String path, IOException e) {
    return new FunctionException(
        0, "failed to read " + ValueText.quote(path) + ": " + e.getMessage());
  }

  private static String text(Call call) throws FunctionException {
    return EncodingFunctions.utf8(
        bytes(call),
        "contents of "
            + ValueText.quote(call.text(0))
            + " are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded"
            + " contents or the other file functions (e.g. filemd5, filesha256) to obtain file"
            + " hashing results instead");
  }

  private static Value exists(Call call) throws FunctionException {
    String path = expanded(call, call.text(0));
    try {
      return switch (call.context().files().kind(path)) {
        case FILE -> Bool.TRUE;
        case ABSENT -> Bool.FALSE;
        case DIRECTORY ->
            throw new FunctionException(0, ValueText.quote(path) + " is a directory, not a file");
        case OTHER ->
            throw new FunctionException(0, ValueText.quote(path) + " is not a regular file");
      };
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Value templateFile(Call call) throws FunctionException {
    return render(call, text(call), call.text(0));
  }

  private static Value render(Call call, String source, String name) throws FunctionException {
    Map<String, Value> variables =
        switch (call.value(1)) {
          case MapValue map -> map.elements();
          case ObjectValue object -> object.attributes();
          default -> throw new FunctionException(1, "invalid vars value: must be a map");
        };
    for (String variable : variables.keySet()) {
      if (!variable.matches("[\\p{L}_][\\p{L}\\p{N}_-]*")) {
        throw new FunctionException(
            1,
            "invalid template variable name "
                + ValueText.quote(variable)
                + ": must start with a letter, followed by zero or more letters, digits, and"
                + " underscores");
      }
    }
    // What a template does not use may still decide what it gives.
    Value result = call.context().render(source, name, variables);
    if (result.isNull()) {
      throw new FunctionException("the template " + name + " gives null");
    }
    return result.withMarks(Marks.all(call.value(1)));
  }

  private static String base(String path) {
    String trimmed = path.replaceFirst("/+$", "");
    if (path.isEmpty()) {
      return ".";
    }
    return trimmed.isEmpty() ? "/" : trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  private static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : cleaned(path.substring(0, slash + 1));
  }

  /** The path without empty, {@code .} and, where it can be told, {@code ..} parts. */
  static String cleaned(String path) {
    boolean absolute = path.startsWith("/");
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/+", -1)) {
      boolean up = part.equals("..");
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (up && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!up || !absolute) {
        parts.add(part);
      }
    }
    String joined = (absolute ? "/" : "") + String.join("/", parts);
    return joined.isEmpty() ? "." : joined;
  }

  private static Value set(Call call) throws FunctionException {
    String path = expanded(call, call.text(0));
    Glob glob;
    try {
      glob = Glob.of(call.text(1));
    } catch (IllegalArgumentException e) {
      throw new FunctionException(
          1,
          "failed to glob pattern " + ValueText.quote(call.text(1)) + ": syntax error in pattern");
    }
    String prefix = glob.folder().isEmpty() ? "" : glob.folder() + "/";
    String folder = path.isEmpty() || prefix.isEmpty() ? path + prefix : path + "/" + prefix;
    try {
      List<Value> matching = new ArrayList<>();
      for (String file : call.context().files().filesUnder(cleaned(folder), glob.depth())) {
        if (glob.files().matcher(file).matches()) {
          matching.add(new Str(prefix + file));
        }
      }
      return SetValue.of(Type.STRING, matching);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
