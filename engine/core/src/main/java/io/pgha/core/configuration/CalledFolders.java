package io.pgha.core.configuration;

import io.pgha.core.module.ModuleException;
import io.pgha.core.module.ModuleFolders;
import io.pgha.core.module.ModuleSource;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Str;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the folders that {@code module} blocks call. */
final class CalledFolders {
  private static final int MOST_NESTED = 64;

  private final ModuleFolders modules;
  private final SourceText texts;
  private final Diagnostics diagnostics;

  CalledFolders(ModuleFolders modules, Diagnostics diagnostics) {
    this.modules = modules;
    this.texts = new SourceText(diagnostics);
    this.diagnostics = diagnostics;
  }

  /**
   * What a block calls; empty where it can't be called, which is reported.
   *
   * @param scope what its source may refer to
   */
  Optional<Caller> of(Block block, BodyContent content, Caller caller, EarlyScope scope) {
    Optional<Attribute> version = content.attribute("version");
    version.ifPresent(written ->
        diagnostics.add(
            Diagnostic.error(
                "module-version",
                "Modules have no versions here",
                "Only modules of a registry have versions to choose from, and pgha uses none. For"
                    + " a module from git, say which in its source: ?ref=v1.2.",
                written.nameRange())));
    Optional<Attribute> source = content.attribute("source");
    if (source.isEmpty() || version.isPresent()) {
      return Optional.empty();
    }
    SourceRange range = source.get().expression().range();
    Optional<String> plain = texts.of(source.get(), scope);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    String text = plain.get();
    SourceRange header = block.headerRange();
    Optional<SourceRange> shown = shown(text.contains("@") ? header : range, text, range);
    try {
      return switch (ModuleSource.parse(text)) {
        case ModuleSource.Local(String path) -> local(block.label(0), path, caller, range);
        case ModuleSource.Git git -> {
          shown = shown(header, text, range);
          ModuleFolders.Place place = modules.place(git, caller.key(block.label(0)));
          yield nested(
              block.label(0),
              place.folder(),
              Optional.of(place.repository()),
              caller,
              git.toString(),
              shown);
        }
      };
    } catch (ModuleException e) {
      diagnostics.add(shown.map(e.diagnostic()::at).orElse(e.diagnostic()));
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("interrupted", "Interrupted", "The run was stopped.", shown);
    }
  }

  /**
   * Where errors of a source are shown, if anywhere: it may hold a password, and all of a line is
   * shown.
   */
  private static Optional<SourceRange> shown(SourceRange wanted, String text, SourceRange source) {
    return Optional.of(wanted)
        .filter(at -> !text.contains("@") || at.end().line() < source.start().line());
  }

  /** A folder of the user's own, named by a source that stands elsewhere than in a module block. */
  Optional<Path> local(Attribute source, Path directory) {
    SourceRange range = source.expression().range();
    return text(source)
        .flatMap(text -> {
          if (!text.startsWith("./") && !text.startsWith("../")) {
            refused(
                "module-source",
                "Unsupported module source",
                "Only a local folder can be named here, which starts with \"./\" or \"../\".",
                Optional.of(range));
            return Optional.empty();
          }
          return local("", text, Caller.root(directory), range).map(Caller::directory);
        });
  }

  private Optional<String> text(Attribute source) {
    Expression expression = source.expression();
    if (Meta.plain(expression) instanceof Expression.Literal literal
        && literal.value() instanceof Str(String text)) {
      return Optional.of(text);
    }
    // A part of it may be a password.
    Optional<SourceRange> shown =
        Optional.of(expression.range()).filter(_ -> !expression.toString().contains("@"));
    refused(
        "module-source",
        "Module source is not a plain string",
        "The source must be a quoted string without interpolation, so that modules can be found"
            + " before anything is evaluated.",
        shown);
    return Optional.empty();
  }

  private Optional<Caller> local(String name, String path, Caller caller, SourceRange range) {
    if (path.indexOf('\0') >= 0) {
      return refused(
          "module-source",
          "Invalid module source",
          "A path can't hold the character U+0000.",
          Optional.of(range));
    }
    Path folder = caller.directory().resolve(path).normalize();
    if (!Files.isDirectory(folder)) {
      return refused(
          "module-source",
          "Module folder not found",
          "There is no folder \"" + path + "\" beside this file.",
          Optional.of(range));
    }
    if (caller.repository().filter(repository -> !isWithin(folder, repository)).isPresent()) {
      return refused(
          "module-source",
          "Module leads out of its repository",
          "\"" + path + "\" is not in the repository that this module comes from.",
          Optional.of(range));
    }
    return nested(name, folder, caller.repository(), caller, path, Optional.of(range));
  }

  private static boolean isWithin(Path folder, Path repository) {
    try {
      return folder.startsWith(repository)
          && folder.toRealPath().startsWith(repository.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Caller> nested(
      String name,
      Path folder,
      Optional<Path> repository,
      Caller caller,
      String shown,
      Optional<SourceRange> range) {
    if (caller.above().contains(folder)
        || folder.equals(caller.directory())
        || caller.above().size() >= MOST_NESTED) {
      return refused(
          "module-cycle",
          "Module calls itself",
          "The module in \"" + shown + "\" is among those that lead here.",
          range);
    }
    return Optional.of(caller.calls(name, folder, repository));
  }

  private Optional<Caller> refused(
      String code, String summary, String detail, Optional<SourceRange> range) {
    Diagnostic error = Diagnostic.error(code, summary, detail);
    diagnostics.add(range.map(error::at).orElse(error));
    return Optional.empty();
  }
}
