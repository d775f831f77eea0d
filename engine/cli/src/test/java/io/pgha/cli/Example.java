package io.pgha.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A configuration that a document shows: a block marked {@code hcl validate} or {@code json
 * validate}, or {@code applied} where the next one follows on it, and the files after it, marked
 * {@code hcl file NAME} or {@code json file NAME}.
 *
 * @param place where it begins
 * @param files what it consists of, by name
 */
record Example(String place, Map<String, String> files) {
  private static final Pattern FIRST = Pattern.compile("(hcl|json) (validate|applied)");
  private static final Pattern OTHER = Pattern.compile("(hcl|json) file \\S+");

  /** Whether a block of this kind is the first of an example. */
  static boolean begins(String kind) {
    return FIRST.matcher(kind).matches();
  }

  /** Whether a block of this kind is a further file of one. */
  static boolean goesOn(String kind) {
    return OTHER.matcher(kind).matches();
  }

  /** The examples of one document. */
  static List<Example> of(List<DocsTests.Block> blocks) {
    List<Example> examples = new ArrayList<>();
    for (DocsTests.Block block : blocks) {
      String[] words = block.kind().split(" ");
      if (begins(block.kind())) {
        examples.add(new Example(block.toString(), new LinkedHashMap<>()));
        examples.getLast().files.put("main.pgha." + words[0], block.text());
      } else if (goesOn(block.kind())) {
        examples.getLast().files.put(words[2], block.text());
      }
    }
    return examples;
  }

  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  @Override
  public String toString() {
    return place;
  }
}
