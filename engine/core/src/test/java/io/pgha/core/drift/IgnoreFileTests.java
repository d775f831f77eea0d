package io.pgha.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in a {@code .pghaignore}, or with it. */
class IgnoreFileTests {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);

  @TempDir private Path folder;
  private final Diagnostics diagnostics = new Diagnostics();
  private final SourceFiles sources = new SourceFiles();

  private Ignores read() {
    return Ignores.read(folder, TODAY, diagnostics, sources);
  }

  private Ignores read(String text) {
    try {
      Files.writeString(folder.resolve(".pghaignore"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read();
  }

  private String errors() {
    return new DiagnosticText(sources, false, 100).render(diagnostics.all());
  }

  /** An entry with the arguments given and a reason and last day that are right. */
  private static String entry(String arguments) {
    return """
    ignore {
    %s
      reason  = "ticket 4711"
      expires = "2026-03-15"
    }
    """
        .formatted(arguments);
  }

  /** How many places of a finding are ignored. */
  private static int hidden(Ignores ignores) {
    Finding.Place place = new Finding.Place("host.db", "", Optional.empty(), Since.UNKNOWN);
    Finding finding =
        new Finding(
            "setting",
            "",
            Grade.COSMETIC,
            "none",
            "all",
            "",
            List.of(),
            List.of(place),
            "",
            "0123456789abcdef");
    return ignores.apply(List.of(finding), List.of(), true, TODAY).ignored().size();
  }

  @Nested
  class WhatIsNoEntry {
    @Test
    void allErrorsAreToldAtTheirLines() {
      Ignores ignores =
          read(
              """
              ignore {
                adress  = patroni_cluster.main
                reason  = " "
                expires = "31.12.2026"
              }
              ignore {
                address   = "haproxy_*.main"
                attribute = "*"
                host      = ""
                reason    = "vendor ${1}"
                expires   = "2027-03-16"
              }
              exclude {}
              """);
      assertThat(errors())
          .isEqualTo(
              """
              Error: Unsupported block type

                on .pghaignore:13,1
                 13 | exclude {}
                    | ^^^^^^^

                Blocks of type "exclude" are not expected here.

              Error: Unsupported argument

                on .pghaignore:2,3
                  2 |   adress  = patroni_cluster.main
                    |   ^^^^^^

                An argument named "adress" is not expected here. Did you mean "address"?

              Error: No reason

                on .pghaignore:3,13
                  3 |   reason  = " "
                    |             ^^^

                Say why nobody needs to be told, so that others can judge whether it still holds.

              Error: Invalid date

                on .pghaignore:4,13
                  4 |   expires = "31.12.2026"
                    |             ^^^^^^^^^^^^

                "31.12.2026" is no day such as "2026-04-15": year, month and day in digits.

              Error: Invalid address

                on .pghaignore:7,15
                  7 |   address   = "haproxy_*.main"
                    |               ^^^^^^^^^^^^^^^^

                "haproxy_*.main" has a pattern for the type of resource. An entry is about something that was
                found and understood, not about everything: write the type, such as haproxy_lb.*, in an entry for
                each.

              Error: A pattern that says nothing

                on .pghaignore:8,15
                  8 |   attribute = "*"
                    |               ^^^

                Leave "attribute" out where an entry is about any.

              Error: A pattern that says nothing

                on .pghaignore:9,15
                  9 |   host      = ""
                    |               ^^

                Leave "host" out where an entry is about any.

              Error: Not a plain string

                on .pghaignore:10,15
                 10 |   reason    = "vendor ${1}"
                    |               ^^^^^^^^^^^^^

                "reason" must be a quoted string without interpolation here.

              Error: Ignored for too long

                on .pghaignore:11,15
                 11 |   expires   = "2027-03-16"
                    |               ^^^^^^^^^^^^

                The last day may be 2027-03-15, a year ahead, so that somebody looks at each entry once a year.
                What shall stay as it is belongs into the configuration.

              """);
      assertThat(hidden(ignores)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**", "", " "})
    void theWholeOfEverything(String address) {
      read(entry("address = \"" + address + "\""));
      assertThat(errors())
          .isEqualTo(
              """
              Error: Invalid address

                on .pghaignore:2,11
                  2 | address = "%s"
                    |           %s

                An entry must say what it is about: an ignore file is no switch for the whole detector. Write an
                address such as patroni_cluster.main.

              """
                  .formatted(address, "^".repeat(address.length() + 2)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "host",
          "host.",
          "host.db[",
          "host.db[]",
          "host.db[\\\"a]",
          "host.db[a]",
          "host.db.x",
          "module.a.",
          "host db",
          ".db",
          "host.db[*]x"
        })
    void whatIsNoAddress(String address) {
      read(entry("address = \"" + address + "\""));
      assertThat(errors())
          .contains("Error: Invalid address")
          .contains("is no address such as haproxy_lb.main[\"psql-lb-1\"]");
    }

    @Test
    void aWholeModule() {
      read(entry("address = module.main[\"a\"]"));
      assertThat(errors())
          .isEqualTo(
              """
              Error: Invalid address

                on .pghaignore:2,11
                  2 | address = module.main["a"]
                    |           ^^^^^^^^^^^^^^^^

                "module.main["a"]" is a whole module. Name the resource in it too, such as
                module.main["a"].patroni_cluster.main.

              """);
    }

    @Test
    void aPatternWithoutQuotes() {
      read(entry("address = host.db[*]"));
      assertThat(errors())
          .isEqualTo(
              """
              Error: Not a plain string

                on .pghaignore:2,11
                  2 | address = host.db[*]
                    |           ^^^^^^^^^^

                "address" must be a quoted string without interpolation here. One with a * in it needs the quotes
                too.

              """);
    }

    @Test
    void anEntryThatWasThereBefore() {
      read(
          entry("address = host.db\nhost = \"a\"")
              + entry("address = \"host.db\"\nhost = \"a\"")
              + entry("address = host.db"));
      assertThat(errors())
          .isEqualTo(
              """
              Error: Ignored twice

                on .pghaignore:7,1
                  7 | ignore {
                    | ^^^^^^

                The entry at .pghaignore:1,1 is about host.db on a too. Keep one of them.

              """);
    }
  }

  @Nested
  class AFileThatIsNotRead {
    private static final String END = ": without it nobody knows what is not to be told.\n\n";

    private void refuses(String why) {
      assertThat(read()).isSameAs(Ignores.NONE);
      String text = new DiagnosticText(sources, false, 0).render(diagnostics.all());
      assertThat(text).isEqualTo("Error: Can't read .pghaignore\n\n  .pghaignore " + why + END);
    }

    @Test
    void aFolder() throws IOException {
      Files.createDirectory(folder.resolve(".pghaignore"));
      refuses("is no regular file. Remove it, or put a text file in its place");
    }

    @Test
    void aLinkOutOfTheFolder() throws IOException {
      Path root = Files.createDirectory(folder.resolve("root"));
      Path secret = Files.writeString(folder.resolve("secret"), "do not show");
      Files.createSymbolicLink(root.resolve(".pghaignore"), secret);
      Ignores.read(root, TODAY, diagnostics, sources);
      assertThat(new DiagnosticText(sources, false, 0).render(diagnostics.all()))
          .isEqualTo(
              "Error: Can't read .pghaignore\n\n  .pghaignore is a symbolic link that leads out of"
                  + " the folder. Put the file itself there"
                  + END);
      assertThat(sources.all()).isEmpty();
    }

    @Test
    void aLinkToNothing() throws IOException {
      Files.createSymbolicLink(folder.resolve(".pghaignore"), Path.of("gone"));
      refuses("is a symbolic link to gone, which is not there. Mend or remove it");
    }

    @Test
    void aHugeFile() throws IOException {
      Files.writeString(folder.resolve(".pghaignore"), "#\n".repeat(200_000));
      refuses("is larger than 256 KiB. Remove entries that are not needed any more");
    }

    @Test
    void butALinkWithinTheFolderIsAsAMountedOne() throws IOException {
      Files.writeString(folder.resolve("ignored"), entry("address = host.db"));
      Files.createSymbolicLink(folder.resolve(".pghaignore"), Path.of("ignored"));
      assertThat(hidden(read())).isEqualTo(1);
    }
  }
}
