package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTests {
  private static final String NAMED =
      "variable \"name\" {}\noutput \"name\" {\n  value = var.name\n}\n";

  @TempDir private Path temporary;

  private Path folder;
  private Repository repository;
  private String first;

  @BeforeEach
  void aRepository() throws IOException {
    folder = Files.createDirectory(temporary.resolve("project"));
    repository = new Repository(temporary.resolve("infra.git"));
    repository.with("modules/named/main.pgha.hcl", NAMED).with("README", "for people\n");
    first = repository.commit();
    repository.git("tag", "v1");
  }

  private Cli calling(String source) {
    return new Cli(folder)
        .configure(
            """
            module "a" {
              source = "%s"
              name   = "x"
            }
            output "a" {
              value = module.a.name
            }
            """
                .formatted(source));
  }

  private String source(String ref) {
    return "git::%s//modules/named%s".formatted(repository.url(), ref);
  }

  private String lock() throws IOException {
    return Files.readString(folder.resolve(".pgha.lock.hcl"));
  }

  private List<Path> installed() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve(".pgha/modules"))) {
      return found.filter(Files::isDirectory).toList();
    }
  }

  private String next(String text) throws IOException {
    repository.with("modules/named/main.pgha.hcl", text);
    return repository.commit();
  }

  private static String withoutFolding(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Nested
  class WithAReadonlyLock {
    @Test
    void installsWhatIsLocked() throws IOException {
      Cli cli = calling(source("?ref=v1"));
      assertThat(cli.run("init").status()).isZero();
      String before = lock();
      assertThat(cli.run("init", "-lockfile=readonly").errors()).isEmpty();
      assertThat(lock()).isEqualTo(before);
    }

    @Test
    void locksNothing() {
      Cli.Said said = calling(source("?ref=v1")).run("init", "-lockfile=readonly");
      assertThat(said.status()).isEqualTo(1);
      assertThat(withoutFolding(said.errors()))
          .contains(
              "Error: Module not locked",
              source("?ref=v1")
                  + " is not in .pgha.lock.hcl, which may not be changed. Run pgha init without"
                  + " -lockfile=readonly");
      assertThat(folder.resolve(".pgha.lock.hcl")).doesNotExist();
      assertThat(folder.resolve(".pgha")).doesNotExist();
    }

    @Test
    void forgetsNothing() throws IOException {
      assertThat(calling(source("?ref=v1")).run("init").status()).isZero();
      String before = lock();
      Cli.Said said = new Cli(folder).configure("").run("init", "-lockfile=readonly");
      assertThat(said.status()).isEqualTo(1);
      assertThat(withoutFolding(said.errors()))
          .contains("Error: The lock file would change", "No module calls " + repository.url());
      assertThat(lock()).isEqualTo(before);
    }

    @Test
    void isNoUpgrade() {
      Cli.Said said = calling(source("?ref=v1")).run("init", "-upgrade", "-lockfile=readonly");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).contains("Error: -upgrade with -lockfile=readonly");
      assertThat(calling(source("")).run("init", "-lockfile=other").errors()).contains("readonly");
    }
  }

  @Nested
  class ForPrograms {
    @Test
    void tellsWhatIsDone() {
      assertThat(brief(calling(source("?ref=v1")).run("init", "-json")))
          .containsExactly(
              "version  pgha " + Version.current().number(),
              "init_output initializing_modules_message Initializing modules...",
              "log  Fetching %s for module.a".formatted(source("?ref=v1")),
              "log  module.a: %s at %s".formatted(source("?ref=v1"), first.substring(0, 12)),
              "init_output output_init_success_message Ready. All providers are part of pgha.");
    }

    @Test
    void tellsWhatIsWrong() {
      Cli.Said said = calling("./nowhere").run("init", "-json");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).isEmpty();
      assertThat(brief(said)).last().isEqualTo("diagnostic  Error: Module folder not found");
      assertThat(brief(calling("./nowhere").run("init", "-json", "-nosuch")))
          .last()
          .asString()
          .startsWith("diagnostic  Error: ");
    }

    private static List<String> brief(Cli.Said said) {
      return said.out()
          .lines()
          .map(line -> {
            JsonNode message = read(line);
            return "%s %s %s"
                .formatted(
                    message.path("type").asText(),
                    message.path("message_code").asText(),
                    message.path("@message").asText());
          })
          .toList();
    }

    private static JsonNode read(String line) {
      try {
        return new ObjectMapper().readTree(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-backend=false", "-cloud=false", "-get=false", "-reconfigure", "-migrate-state",
        "-force-copy", "-lock=false", "-lock-timeout=3s", "-input=false", "-no-color",
        "-ignore-remote-version", "-plugin-dir=x", "-test-directory=tests", "-upgrade=false"
      })
  void takesWhatTerraformTakes(String option) {
    Cli.Said said = new Cli(folder).configure("").run("init", option);
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
  }

  @Nested
  class Installs {
    @Test
    void fetchesAndLocks() throws IOException {
      Cli.Said said = calling(source("?ref=v1")).run("init");
      assertThat(said.errors()).isEmpty();
      assertThat(said.out())
          .isEqualTo(
              """
              Fetching %1$s for module.a
              module.a: %1$s at %2$s
              Ready. All providers are part of pgha.
              """
                  .formatted(source("?ref=v1"), first.substring(0, 12)));
      assertThat(lock())
          .matches(
              """
              # Which commits modules are taken at. Written by pgha init, and by pgha init -upgrade,
              # which moves on to what the refs are by then. Keep it in version control.

              module "%s" \\{
                ref    = "v1"
                commit = "%s"
                files  = "sha256:[0-9a-f]{64}"
              }
              """
                  .formatted(repository.url(), first));
      assertThat(Files.readString(folder.resolve(".pgha/modules/modules.json")))
          .contains("\"key\" : \"a\"", "\"commit\" : \"" + first + "\"", "modules/named\"");
      assertThat(new Cli(folder).run("plan").out()).contains("a = \"x\"");
    }

    @Test
    void needsNoNetworkForWhatIsThere() throws IOException {
      Cli cli = calling(source(""));
      assertThat(cli.run("init").status()).isZero();
      Files.move(repository.folder(), temporary.resolve("away"));
      assertThat(cli.run("init").errors()).isEmpty();
      assertThat(cli.run("get").out()).endsWith("All modules are installed.\n");
      assertThat(cli.run("validate").status()).isZero();
    }

    @Test
    void takesNestedModulesToo() throws IOException {
      Repository outer = new Repository(temporary.resolve("outer.git"));
      outer
          .with(
              "main.pgha.hcl",
              """
              module "beside" {
                source = "./beside"
              }
              module "far" {
                source = "%s"
                name   = "far"
              }
              output "name" {
                value = "${module.far.name} ${module.beside.it}"
              }
              variable "name" {}
              """
                  .formatted(source("?ref=" + first)))
          .with("beside/main.pgha.hcl", "output \"it\" {\n  value = \"beside\"\n}\n");
      outer.commit();
      Cli cli = calling("git::" + outer.url());
      assertThat(cli.run("init").errors()).isEmpty();
      assertThat(cli.run("plan").out()).contains("\"far beside\"");
      assertThat(lock()).contains("ref    = \"" + first + "\"", outer.url());
      assertThat(Files.readString(folder.resolve(".pgha/modules/modules.json")))
          .contains("\"key\" : \"a\"", "\"key\" : \"a.far\"");
    }

    @Test
    void forgetsWhatIsNotCalledAnyMore() throws IOException {
      assertThat(calling(source("")).run("init").status()).isZero();
      new Cli(folder).configure("output \"x\" {\n  value = 1\n}\n").run("init");
      assertThat(installed()).isEmpty();
      assertThat(folder.resolve(".pgha.lock.hcl")).doesNotExist();
    }

    @Test
    void leavesSubmodulesOutAndRunsNoHook() throws IOException {
      Repository inner = new Repository(temporary.resolve("inner.git"));
      inner.with("x", "x").commit();
      repository.git(
          "-c", "protocol.file.allow=always", "submodule", "-q", "add", inner.url(), "inner");
      repository.commit();
      assertThat(calling(source("")).run("init").errors()).isEmpty();
      assertThat(installed().getFirst().resolve("inner")).doesNotExist();
      assertThat(installed().getFirst().resolve(".git")).doesNotExist();
    }

    @Test
    void leavesNothingHalfDone() throws IOException {
      assertThat(calling(source("?ref=nowhere")).run("init").status()).isEqualTo(1);
      try (Stream<Path> left = Files.list(folder.resolve(".pgha/modules"))) {
        assertThat(left).isEmpty();
      }
      assertThat(folder.resolve(".pgha.lock.hcl")).doesNotExist();
    }
  }

  @Nested
  class Keeps {
    @Test
    void theLockedCommitWhereABranchMovesOn() throws IOException {
      Cli cli = calling(source("?ref=main"));
      cli.run("init");
      String second = next(NAMED + "# more\n");
      removeInstalled();
      Cli.Said said = cli.run("init");
      assertThat(said.status()).isZero();
      assertThat(withoutFolding(said.errors()))
          .contains(
              "Warning: Module's branch has moved on \"main\" of %s was commit %s when it was locked, and is %s now. The locked one is used; pgha init -upgrade takes the new one."
                  .formatted(repository.url(), first, second));
      assertThat(lock()).contains(first);
      assertThat(cli.run("init", "-upgrade").errors()).isEmpty();
      assertThat(lock()).contains(second).doesNotContain(first);
      assertThat(installed()).hasSize(1);
    }

    @Test
    void stopsWhereATagHasMoved() throws IOException {
      Cli cli = calling(source("?ref=v1"));
      cli.run("init");
      String second = next(NAMED + "# more\n");
      repository.git("tag", "-f", "-a", "-m", "again", "v1");
      assertThat(cli.run("init").errors()).isEmpty();
      removeInstalled();
      Cli.Said said = cli.run("init");
      assertThat(said.status()).isEqualTo(1);
      assertThat(withoutFolding(said.errors()))
          .contains(
              "Error: Module's tag has moved on main.pgha.hcl:1,1 1 | module \"a\" { | ^^^^^^^^^^ \"v1\" of %s was commit %s when it was locked, and is %s now. Find out why. pgha init -upgrade then takes the new one."
                  .formatted(repository.url(), first, second));
      assertThat(lock()).contains(first);
      assertThat(cli.run("get", "-update").errors()).isEmpty();
      assertThat(lock()).contains(second);
    }

    @Test
    void saysWhereACommitIsGone() throws IOException {
      Cli cli = calling(source("?ref=main"));
      cli.run("init");
      repository.with("README", "other\n");
      repository.git("add", "-A");
      repository.git("commit", "-q", "--amend", "-m", "other");
      repository.git("tag", "-d", "v1");
      repository.git("reflog", "expire", "--expire=now", "--all");
      repository.git("gc", "-q", "--prune=now");
      removeInstalled();
      assertThat(withoutFolding(cli.run("init").errors()))
          .contains(
              "Error: Module's commit is gone on main.pgha.hcl:1,1 1 | module \"a\" { | ^^^^^^^^^^ %s has no commit %s. pgha init -upgrade takes what there is now."
                  .formatted(repository.url(), first));
    }

    private void removeInstalled() throws IOException {
      try (Stream<Path> all = Files.walk(folder.resolve(".pgha"))) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Nested
  class Refuses {
    @Test
    void toGoOnWithoutWhatIsNotInstalled() {
      Cli cli = calling(source("?ref=v1"));
      for (String command : List.of("plan", "validate", "apply", "drift")) {
        Cli.Said said = cli.run(command);
        assertThat(said.status()).isEqualTo(1);
        assertThat(withoutFolding(said.errors()))
            .contains(
                "Error: Module not installed on main.pgha.hcl:1,1 1 | module \"a\" { | ^^^^^^^^^^ %s is not in .pgha.lock.hcl yet. Run pgha init, which fetches it."
                    .formatted(source("?ref=v1")));
      }
    }

    @Test
    void whatWasChangedByHand() throws IOException {
      Cli cli = calling(source("?ref=v1"));
      cli.run("init");
      Path spoilt = installed().getFirst();
      Files.writeString(spoilt.resolve("modules/named/more.pgha.hcl"), "# more\n");
      for (String command : List.of("plan", "validate", "apply", "drift")) {
        assertThat(withoutFolding(cli.run(command).errors()))
            .contains(
                "Error: Module changed since it was installed on main.pgha.hcl:1,1 1 | module \"a\" { | ^^^^^^^^^^ The files in .pgha/modules/%s are not those of %s at commit %s. pgha init puts them right; what was changed there by hand is lost then."
                    .formatted(spoilt.getFileName(), source("?ref=v1"), first.substring(0, 12)));
      }
      assertThat(cli.run("init").errors()).isEmpty();
      assertThat(spoilt.resolve("modules/named/more.pgha.hcl")).doesNotExist();
      assertThat(cli.run("plan").status()).isZero();
    }

    @Test
    void linksThatLeadOut() throws IOException {
      Files.createSymbolicLink(repository.folder().resolve("out"), Path.of(".."));
      repository.commit();
      assertThat(withoutFolding(calling(source("")).run("init").errors()))
          .contains(
              "The repository holds a link that leads nowhere within it",
              "out leads to ... Links must lead to files of the repository itself.");
      assertThat(installed()).isEmpty();
    }

    @Test
    void pathsThatLeadThroughALink() throws IOException {
      Files.createSymbolicLink(repository.folder().resolve("a"), Path.of("modules"));
      repository.with("A/b", "x").commit();
      assertThat(withoutFolding(calling(source("")).run("init").errors()))
          .contains(
              "The repository holds a file that can't be installed",
              "A file can't be called \"A/b\" here.");
      assertThat(installed()).isEmpty();
    }

    @Test
    void aFolderForModulesThatIsALink() throws IOException {
      Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
      Path kept = Files.createDirectory(elsewhere.resolve("other-0123456789ab-0123456789ab"));
      Files.createDirectory(folder.resolve(".pgha"));
      Files.createSymbolicLink(folder.resolve(".pgha/modules"), elsewhere);
      Cli.Said said = calling(source("")).run("init");
      assertThat(said.status()).isEqualTo(1);
      assertThat(withoutFolding(said.errors()))
          .contains(
              "Error: .pgha/modules is a link",
              "Modules are put into a folder there, and what is not needed is deleted from it. Where it is a link that would be elsewhere: delete the link.");
      assertThat(kept).isDirectory();
      try (Stream<Path> there = Files.list(elsewhere)) {
        assertThat(there).containsExactly(kept);
      }
    }

    @Test
    void toForgetWhatADamagedLockSays() throws IOException {
      Cli cli = calling(source("?ref=v1"));
      assertThat(cli.run("init").status()).isZero();
      String damaged = "<<<<<<< ours\n" + lock();
      Files.writeString(folder.resolve(".pgha.lock.hcl"), damaged);
      assertThat(cli.run("init").status()).isEqualTo(1);
      assertThat(lock()).isEqualTo(damaged);
      assertThat(installed()).isNotEmpty();
    }

    @Test
    void toShowAPasswordWithTheLineOfAnError() {
      for (String text :
          List.of(
              "module \"a\" { source = \"git::file://u:hunter2@host/x?ref=-x\" }\n",
              "module \"a\" {\n  source = \"git::https://u:hunter2@host/${1}\"\n}\n")) {
        Cli.Said said = new Cli(folder).configure(text).run("init");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.errors()).isNotEmpty().doesNotContain("hunter2");
      }
    }

    @Test
    void localModulesOutsideOfTheRepository() throws IOException {
      Files.createDirectory(folder.resolve("own"));
      next("variable \"name\" {}\nmodule \"b\" {\n  source = \"../../../../../own\"\n}\n");
      assertThat(withoutFolding(calling(source("")).run("init").errors()))
          .contains(
              "Error: Module leads out of its repository",
              "\"../../../../../own\" is not in the repository that this module comes from.");
    }

    @Test
    void aFolderThatIsNotThere() {
      assertThat(
              withoutFolding(calling("git::" + repository.url() + "//other").run("init").errors()))
          .contains("Module folder not found", repository.url() + " has no folder \"other\".");
    }

    @Test
    void aRefThatIsNotThere() {
      assertThat(withoutFolding(calling(source("?ref=v9")).run("init").errors()))
          .contains(
              "Module's ref not found",
              repository.url()
                  + " has no branch and no tag \"v9\"; a commit is named by its whole id.");
    }

    @Test
    void aRepositoryThatIsNotThere() {
      assertThat(withoutFolding(calling("git::file:///nowhere/x.git").run("init").errors()))
          .contains(
              "Can't fetch from file:///nowhere/x.git",
              "git says: fatal: '/nowhere/x.git' does not appear to be a git repository.",
              "Look for a slip in the address, and whether git ls-remote gets at it.");
    }

    @Test
    void toShowAPassword() throws IOException {
      Cli cli = calling("git::http://me:s3cret@127.0.0.1:1/x.git");
      for (String command : List.of("init", "plan")) {
        Cli.Said said = cli.run(command);
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.errors()).contains("http://127.0.0.1:1/x.git");
        assertThat(said.out() + said.errors()).doesNotContain("s3cret");
      }
    }

    @Test
    void aVersion() {
      Cli.Said said =
          new Cli(folder)
              .configure("module \"a\" {\n  source  = \"./a\"\n  version = \"1.0\"\n}\n")
              .run("init");
      assertThat(withoutFolding(said.errors()))
          .contains(
              "Modules have no versions here",
              "Only modules of a registry have versions to choose from, and pgha uses none. For a module from git, say which in its source: ?ref=v1.2.");
    }

    @Test
    void aLockThatIsNone() throws IOException {
      Cli cli = calling(source("?ref=v1"));
      Files.writeString(
          folder.resolve(".pgha.lock.hcl"),
          "module \"%s\" {\n  ref = \"v1\"\n  commit = \"v1\"\n  files = \"x\"\n}\n"
              .formatted(repository.url()));
      for (String command : List.of("init", "plan")) {
        assertThat(withoutFolding(cli.run(command).errors()))
            .contains(
                "The lock file can't be read",
                "on .pgha.lock.hcl:3,12 3 | commit = \"v1\"",
                "Take the file from version control again, or take the block away and run pgha init.");
      }
    }
  }
}
