package io.pgha.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks the user before something is changed. */
final class Questions {
  private Questions() {}

  /** Whether the user answers with just "yes". */
  static boolean confirm(Console console, String question, String detail) {
    console
        .out()
        .print(
            "\n" + question + "\n  " + detail + "\n  Only 'yes' is taken as a yes.\n\n  Answer: ");
    console.out().flush();
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(console.surroundings().in(), StandardCharsets.UTF_8));
      String answer = in.readLine();
      console.line("");
      return answer != null && answer.strip().equals("yes");
    } catch (IOException e) {
      console.line("The answer can't be read (" + e.getMessage() + "): taken as a no.");
      return false;
    }
  }
}
