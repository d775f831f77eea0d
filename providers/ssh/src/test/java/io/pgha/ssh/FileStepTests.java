package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.StepOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStepTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final StepOutcome DONE = new StepOutcome.Done();

  @TempDir static Path base;
  private static PrivateSshd sshd;
  private static SshTransport transport;
  private static HostSession session;
  private Path folder;

  @BeforeAll
  static void connect() throws Exception {
    PrivateSshd.assume();
    sshd = PrivateSshd.start(base.resolve("sshd"));
    transport = new SshTransport(sshd.files());
    session = transport.open(sshd.connection().build());
  }

  @AfterAll
  static void disconnect() {
    if (transport != null) {
      transport.close();
    }
    if (sshd != null) {
      sshd.close();
    }
  }

  @BeforeEach
  void folder(TestInfo test) throws Exception {
    folder = Files.createTempDirectory(base, test.getTestMethod().orElseThrow().getName());
  }

  private static StepOutcome run(Step step) throws Exception {
    return session.run(step, PATIENCE);
  }

  private static String reason(Step step) throws Exception {
    StepOutcome outcome = run(step);
    assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
    return ((StepOutcome.Failed) outcome).reason();
  }

  private static Step.WriteFile write(Path path, String content) {
    return write(path, content, 0640, Optional.empty(), Optional.empty());
  }

  private static Step.WriteFile write(
      Path path, String content, int mode, Optional<String> validation, Optional<String> backup) {
    return new Step.WriteFile(
        path.toString(),
        List.of(Fragment.plain(content)),
        mode,
        "root",
        "root",
        validation,
        backup);
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<String> names() throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsWrittenWithModeAndOwner() throws Exception {
    Path path = folder.resolve("patroni.yml");
    Step step =
        new Step.WriteFile(
            path.toString(),
            List.of(Fragment.plain("password: "), Fragment.secret("geheim"), Fragment.plain("\n")),
            0640,
            "daemon",
            "mail",
            Optional.empty(),
            Optional.empty());

    assertThat(run(step)).isEqualTo(DONE);
    assertThat(run(step)).as("a second time").isEqualTo(DONE);

    assertThat(path).content().isEqualTo("password: geheim\n");
    PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
    assertThat(attributes.owner().getName()).isEqualTo("daemon");
    assertThat(attributes.group().getName()).isEqualTo("mail");
    assertThat(mode(path)).isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("patroni.yml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no line break",
        "it's '' \"q\" $HOME `id` $(id) \\n \\ %s %d\n",
        "\n\n\ntrailing\n\n\n",
        "tab\tcarriage\r\nreturn\r\n",
        "nul \0 inside",
        "سلام 🐘\n",
        "EOF\npgha </dev/null\n}\n",
        "-n"
      })
  void everyContentArrivesAsItIs(String content) throws Exception {
    Path path = folder.resolve("it's a \"file\" $(id)\nپرونده.conf");

    assertThat(run(write(path, content))).isEqualTo(DONE);

    assertThat(path).content().isEqualTo(content);
  }

  @Test
  void aLargeContentArrivesWhole() throws Exception {
    String content = "0123456789 it's large\n".repeat(400_000);

    assertThat(run(write(folder.resolve("large"), content))).isEqualTo(DONE);

    assertThat(Files.readString(folder.resolve("large"))).isEqualTo(content);
  }

  @Test
  void theLongestNameOfAFileIsStillWritten() throws Exception {
    Path path = folder.resolve("n".repeat(255));

    assertThat(run(write(path, "x"))).isEqualTo(DONE);

    assertThat(path).content().isEqualTo("x");
  }

  @Test
  void aSymbolicLinkIsReplacedAndItsTargetLeftAlone() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "target");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    assertThat(run(write(link, "new"))).isEqualTo(DONE);

    assertThat(link).isRegularFile().content().isEqualTo("new");
    assertThat(target).content().isEqualTo("target");
  }

  @Test
  void anInvalidContentNeverTakesItsPlaceAndTheReasonIsShown() throws Exception {
    Path path = Files.writeString(folder.resolve("haproxy.cfg"), "old");
    Step step =
        new Step.WriteFile(
            path.toString(),
            List.of(Fragment.plain("bad "), Fragment.secret("geheim")),
            0600,
            "root",
            "root",
            Optional.of(
                "case $FILE in *-haproxy.cfg) ;; *) exit 9;; esac; cat \"$FILE\"; echo; echo line 1 is wrong >&2; exit 3"),
            Optional.of(folder.resolve("haproxy.cfg.previous").toString()));

    assertThat(run(step))
        .isEqualTo(
            new StepOutcome.Failed(
                "the new content of %s is not valid: its check ended with status 3; %s is as it was"
                    .formatted(path, path),
                "bad (sensitive)\nline 1 is wrong"));
    assertThat(path).content().isEqualTo("old");
    assertThat(names()).containsExactly("haproxy.cfg");
  }

  @Test
  void aValidContentTakesItsPlace() throws Exception {
    Path path = folder.resolve("good");

    assertThat(
            run(write(path, "good", 0600, Optional.of("grep -q good \"$FILE\""), Optional.empty())))
        .isEqualTo(DONE);

    assertThat(path).content().isEqualTo("good");
  }

  @Test
  void thePreviousContentIsKeptAndASecondRunKeepsThatOne() throws Exception {
    Path path = folder.resolve("file");
    Path backup = folder.resolve("file.previous");
    Step first = write(path, "first", 0600, Optional.empty(), Optional.of(backup.toString()));
    Step second = write(path, "second", 0644, Optional.empty(), Optional.of(backup.toString()));

    assertThat(run(first)).isEqualTo(DONE);
    assertThat(backup).doesNotExist();
    assertThat(run(second)).isEqualTo(DONE);
    assertThat(run(second)).isEqualTo(DONE);

    assertThat(path).content().isEqualTo("second");
    assertThat(backup).content().isEqualTo("first");
    assertThat(mode(backup)).isEqualTo("rw-------");
    assertThat(names()).containsExactly("file", "file.previous");
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws Exception {
    Path path = folder.resolve("file");
    Files.writeString(folder.resolve(".pgha-0123456789ab-file"), "half");

    assertThat(run(write(path, "whole"))).isEqualTo(DONE);

    assertThat(names()).containsExactly("file");
  }

  @Test
  void aFullDiskIsSaidAndTheOldContentStays() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    PrivateSshd.run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
    try {
      Path path = Files.writeString(disk.resolve("file"), "old");

      assertThat(reason(write(path, "x".repeat(200_000))))
          .startsWith("can't write " + path + ": no space left in " + disk)
          .endsWith("200000 bytes needed); " + path + " is as it was");
      assertThat(path).content().isEqualTo("old");
      try (var left = Files.list(disk)) {
        assertThat(left).containsExactly(path);
      }
    } finally {
      PrivateSshd.run("umount", disk.toString());
    }
  }

  @Test
  void whatStandsInTheWayIsSaid() throws Exception {
    assertThat(reason(write(folder, "x")))
        .isEqualTo("can't write " + folder + ": it is a directory");
    assertThat(reason(write(folder.resolve("none/file"), "x")))
        .isEqualTo(
            "can't write %s/none/file: the folder %s/none is not there".formatted(folder, folder));
    Step nobody =
        new Step.WriteFile(
            folder.resolve("file").toString(),
            List.of(),
            0600,
            "no-such-user",
            "root",
            Optional.empty(),
            Optional.empty());
    assertThat(reason(nobody)).startsWith("there is no user no-such-user on the machine");
    assertThat(names()).isEmpty();
  }

  @Test
  void directoriesAreMadeWithParentsAndCorrected() throws Exception {
    Path path = folder.resolve("a/b c/d'e");

    assertThat(run(new Step.MakeDirectory(path.toString(), 0700, "daemon", "daemon")))
        .isEqualTo(DONE);
    assertThat(mode(path)).isEqualTo("rwx------");
    assertThat(mode(path.getParent())).isEqualTo("rwxr-xr-x");
    assertThat(run(new Step.MakeDirectory(path.toString(), 0750, "root", "root"))).isEqualTo(DONE);
    assertThat(mode(path)).isEqualTo("rwxr-x---");
    assertThat(Files.getOwner(path).getName()).isEqualTo("root");

    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(reason(new Step.MakeDirectory(file.toString(), 0700, "root", "root")))
        .isEqualTo("can't make the directory " + file + ": something else is there");
  }

  @Test
  void permissionsAreCorrected() throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "x");

    assertThat(run(new Step.SetPermissions(path.toString(), 0600, "daemon", "mail")))
        .isEqualTo(DONE);
    assertThat(mode(path)).isEqualTo("rw-------");
    assertThat(Files.getOwner(path).getName()).isEqualTo("daemon");
    assertThat(reason(new Step.SetPermissions(path + "x", 0600, "root", "root")))
        .isEqualTo("can't set the permissions of " + path + "x: it is not there");
  }

  @Test
  void filesAndDirectoriesAreRemoved() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/below"));
    Files.writeString(tree.resolve("file"), "x");
    Path file = Files.writeString(folder.resolve("-rf it's"), "x");
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.createSymbolicLink(folder.resolve("link"), kept);

    assertThat(reason(new Step.RemovePath(tree.getParent().toString(), false)))
        .isEqualTo("can't remove the directory " + tree.getParent() + ": Directory not empty");
    assertThat(run(new Step.RemovePath(tree.getParent().toString(), true))).isEqualTo(DONE);
    assertThat(run(new Step.RemovePath(tree.getParent().toString(), true))).isEqualTo(DONE);
    assertThat(run(new Step.RemovePath(file.toString(), false))).isEqualTo(DONE);
    assertThat(run(new Step.RemovePath(folder.resolve("link") + "/", true))).isEqualTo(DONE);

    assertThat(names()).containsExactly("kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "/etc",
        "/etc/",
        "/var",
        "/home/",
        "/var/lib",
        "/var/lib/",
        "//var//lib/",
        "/usr/bin",
        "/etc/../etc/x",
        "/var/lib/etcd/..",
        "/var/lib/.",
        "relative",
        ""
      })
  void whatTheMachineNeedsIsNeverRemoved(String path) throws Exception {
    assertThat(reason(new Step.RemovePath(path, true)))
        .containsAnyOf("refused to remove", "is not an absolute path");
  }
}
