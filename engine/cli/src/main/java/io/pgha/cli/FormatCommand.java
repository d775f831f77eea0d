package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.format.CanonicalForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pgha fmt}; its options and exit statuses are those of {@code terraform fmt}. */
final class FormatCommand implements Subcommand, Callable<Integer> {
  /** A file could not be read, understood or written. */
  private static final int BROKEN = 2;

  /** With -check: something is not in its canonical form. */
  private static final int UNFORMATTED = 3;

  private static final String STANDARD_INPUT = "-";

  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private boolean list;
  private boolean write;
  private boolean diff;
  private boolean check;
  private boolean recursive;
  private List<String> targets = List.of(".");

  private final Diagnostics diagnostics = new Diagnostics();
  private final SourceFiles sources = new SourceFiles();
  private boolean unformatted;

  FormatCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Write configuration files in their canonical form.");
    view.declare(takes);
    takes.toggle(
        "-list",
        true,
        "Whether to list the files that are not in their canonical form.",
        given -> list = given);
    takes.toggle(
        "-write",
        true,
        "Whether to write to the files. Never done with -check.",
        given -> write = given);
    takes.toggle("-diff", false, "Show what changes.", given -> diff = given);
    takes.toggle(
        "-check",
        false,
        "Only look; exit with 3 if a file is not in its canonical form.",
        given -> check = given);
    takes.toggle(
        "-recursive",
        false,
        "Look into the folders within a folder too.",
        given -> recursive = given);
    takes.parameters(
        0,
        "TARGET",
        String.class,
        "Files or folders; - alone reads standard input and writes standard output. By default the"
            + " current folder.",
        given -> targets = given);
  }

  @Override
  public Integer call() throws Exception {
    if (targets.equals(List.of(STANDARD_INPUT))) {
      standardInput();
    } else {
      FormattableFiles files = new FormattableFiles(main.directory(), recursive, diagnostics::add);
      targets.forEach(target -> files.of(target).forEach(this::file));
    }
    console().show(diagnostics, sources);
    if (diagnostics.hasErrors()) {
      return BROKEN;
    }
    return check && unformatted ? UNFORMATTED : Operation.OK;
  }

  private Console console() {
    return main.console(view);
  }

  private void standardInput() throws IOException {
    byte[] bytes = main.surroundings().in().readAllBytes();
    Optional<String> form = form("<stdin>", bytes);
    if (form.isEmpty()) {
      return;
    }
    boolean changed = compare(bytes, form.get());
    if (diff && changed) {
      show("<stdin>", bytes, form.get());
    } else if (!check && !diff) {
      // As in Terraform, what another program reads ends with a whole line.
      console().out().print(form.get().endsWith("\n") ? form.get() : form.get() + "\n");
    }
  }

  private void file(FormattableFiles.Found file) {
    try {
      byte[] bytes = Files.readAllBytes(file.path());
      Optional<String> form = form(file.name(), bytes);
      if (form.isEmpty() || !compare(bytes, form.get())) {
        return;
      }
      if (write && !check) {
        WholeFile.replace(file.path(), bytes, form.get().getBytes(StandardCharsets.UTF_8));
      }
      if (list) {
        console().line(file.name());
      }
      if (diff) {
        show(file.name(), bytes, form.get());
      }
    } catch (IOException e) {
      diagnostics.add(Failures.describe(e));
    }
  }

  private Optional<String> form(String name, byte[] bytes) {
    Diagnostics found = new Diagnostics();
    SourceFile source = SourceFile.decode(name, bytes, found);
    Optional<String> form = CanonicalForm.of(source, found);
    // Warnings are for those who run the configuration; here they would hide what is listed.
    found.all().stream().filter(Diagnostic::isError).forEach(diagnostics::add);
    sources.add(source);
    return form;
  }

  /** Whether a form is not what a file has now. */
  private boolean compare(byte[] now, String form) {
    boolean changed = !Arrays.equals(now, form.getBytes(StandardCharsets.UTF_8));
    unformatted |= changed;
    return changed;
  }

  private void show(String name, byte[] now, String form) {
    String before = new String(now, StandardCharsets.UTF_8);
    console().out().print(main.surroundings().inert(UnifiedDiff.of(name, before, form)));
  }
}
