package io.pgha.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgha console} on a terminal. */
class ConsoleTerminalTests {
  private static final String UP = "\033OA";

  @TempDir private Path folder;
  private TerminalProcess terminal;

  @BeforeEach
  void open() throws IOException {
    new Cli(folder).configure("locals {\n  word = \"found\"\n}\n");
    terminal = new TerminalProcess(folder, "console");
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  @Test
  void linesCanBeEditedAndHadBackAndGoOn() throws Exception {
    terminal.awaits("> ");
    terminal.types("upper(local.word)\r");
    terminal.awaits("\"FOUND\"");
    terminal.awaits("> ");
    // The line again, its end typed anew.
    terminal.types(UP + "\b\bd)\r");
    terminal.awaits("\"FOUND\"");
    terminal.awaits("> ");
    terminal.types("[1,\r");
    terminal.awaits(": ");
    terminal.types("!true]\r");
    terminal.awaits("false,");
    terminal.awaits("> ");
    terminal.types("1 +\r");
    terminal.awaits("Error: ");
    terminal.awaits("> ");
    terminal.types("\004");
    terminal.ends();
  }

  @Test
  void anEmptyLineLetsOutOfAnOpenBracket() throws Exception {
    terminal.awaits("> ");
    terminal.types("[1,\r");
    terminal.awaits(": ");
    terminal.types("\r");
    terminal.awaits("> ");
    terminal.types("nope\r");
    terminal.awaits("Error: ");
    terminal.awaits("> ");
    terminal.types("upper(\"ok\")\r");
    terminal.awaits("\"OK\"");
    terminal.awaits("> ");
    terminal.types("exit\r");
    terminal.ends();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    terminal.awaits("> ");
    terminal.types("1\003");
    terminal.ends();
  }
}
