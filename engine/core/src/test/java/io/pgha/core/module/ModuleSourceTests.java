package io.pgha.core.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.core.module.ModuleSource.Git;
import io.pgha.core.module.ModuleSource.Local;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleSourceTests {
  private static final String KINDS =
      " A module comes from a local folder (\"./modules/cluster\") or from a git repository:"
          + " \"git::https://example.org/infra.git//modules/cluster?ref=v1.2\", \"git::ssh://…\","
          + " \"git::file:///…\", \"git@example.org:team/infra.git\", \"github.com/team/infra\".";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "git::https://h.org/x.git,                     https://h.org/x.git,          '',   -",
        "git::https://h.org/x.git//a/b?ref=v1.2,       https://h.org/x.git,          a/b,  v1.2",
        "git::https://h.org/x.git//a/?ref=release%2F1, https://h.org/x.git,          a,    release/1",
        "git::https://h.org/x.git?depth=1&ref=v1,      https://h.org/x.git,          '',   v1",
        "git::ssh://git@h.org:2222/x.git,              ssh://git@h.org:2222/x.git,   '',   -",
        "git@h.org:team/x.git//a?ref=main,             ssh://git@h.org/team/x.git,   a,    main",
        "git::git@h.org:team/x.git,                    ssh://git@h.org/team/x.git,   '',   -",
        "git::file:///srv/x.git//a,                    file:///srv/x.git,            a,    -",
        "github.com/org/repo,                          https://github.com/org/repo.git, '', -",
        "github.com/org/repo.git//a?ref=v1,            https://github.com/org/repo.git, a, v1",
      })
  void readsGit(String text, String repository, String subfolder, String ref)
      throws ModuleException {
    assertThat(ModuleSource.parse(text))
        .isInstanceOfSatisfying(
            Git.class,
            git -> {
              assertThat(git.repository().url()).isEqualTo(repository);
              assertThat(git.subfolder()).isEqualTo(subfolder);
              assertThat(git.ref().orElse(null)).isEqualTo(ref);
            });
  }

  @Test
  void readsLocalFolders() throws ModuleException {
    assertThat(ModuleSource.parse("../x")).isEqualTo(new Local("../x"));
  }

  @Test
  void keepsWhatGivesAccessApart() throws ModuleException {
    Git git = (Git) ModuleSource.parse("git::https://me:s3cret@h.org/x.git?ref=v1");
    assertThat(git.toString()).isEqualTo("git::https://h.org/x.git?ref=v1");
    Map<String, String> environment = new HashMap<>(Map.of("GIT_CONFIG_COUNT", "2"));
    git.repository().giveAccess(environment);
    assertThat(environment)
        .containsOnly(
            Map.entry("GIT_CONFIG_COUNT", "3"),
            Map.entry("GIT_CONFIG_KEY_2", "http.https://h.org/.extraHeader"),
            // me:s3cret
            Map.entry("GIT_CONFIG_VALUE_2", "Authorization: Basic bWU6czNjcmV0"));
    assertThat(git.repository().cleaned("can't reach https://me:s3cret@h.org/x.git with s3cret"))
        .isEqualTo("can't reach https://h.org/x.git with …");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hashicorp/consul/aws | \"hashicorp/consul/aws\" names a module of a registry, and pgha uses none.",
        "r.org/ns/name/sys//a | \"r.org/ns/name/sys//a\" names a module of a registry, and pgha uses none.",
        "https://h.org/x.zip | Nothing is fetched from a \"https://\" address; one of a git repository begins with \"git::\".",
        "s3::https://s3.org/b/x.zip | Modules are not fetched with \"s3::\".",
        "ext::sh -c touch% /tmp/x | Modules are not fetched with \"ext::\".",
        "git::ext::sh | The transport \"ext::\" runs programs that the source names.",
        "git::ftp://h.org/x | git is not allowed to use \"ftp://\".",
        "/srv/modules | A local folder is written relative to the file that names it.",
        "modules | It is neither a local folder, which starts with \"./\" or \"../\", nor the address of a git repository.",
        "--upload-pack=x | It is neither a local folder, which starts with \"./\" or \"../\", nor the address of a git repository.",
      })
  void saysWhatThereIsInstead(String text, String why) {
    if (text.contains(" ")) {
      assertRefused(text, "It is empty, or has spaces or control characters in it.", "Invalid");
    } else {
      assertRefused(text, why + KINDS, "Unsupported");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "git::--upload-pack=x | After \"git::\" the address of a repository is needed, such as https://… or ssh://….",
        "git::../x | After \"git::\" the address of a repository is needed, such as https://… or ssh://….",
        "git::ssh://-oProxyCommand=x/y | The host, the user or the path in it can be none.",
        "git::ssh://-oProxyCommand=x@h/y | The host, the user or the path in it can be none.",
        "git::ssh://me:s3cret@h.org/x | It has a password in it, which ssh does not take: use a key.",
        "git::file://srv/x | It has three slashes: file:///srv/git/infra.git.",
        "git::https:///x | It has no host.",
        "git::https://h.org/x//../y | The folder after \"//\" leads down into the repository, without \"..\", \".\" or a further \"//\".",
        "git::https://h.org/x//a//b | The folder after \"//\" leads down into the repository, without \"..\", \".\" or a further \"//\".",
        "git::https://h.org/x?ref=-x | \"ref\" is the name of a branch or a tag, or a full commit id.",
        "git::https://h.org/x?ref=%2d-upload-pack | \"ref\" is the name of a branch or a tag, or a full commit id.",
        "git::https://h.org/x?ref=a:b | \"ref\" is the name of a branch or a tag, or a full commit id.",
        "git::https://h.org/x?ref= | \"ref\" is the name of a branch or a tag, or a full commit id.",
        "git::https://h.org/x?ref=%zz | A \"%\" in it is not followed by two hexadecimal digits.",
        "git::https://h.org/x?depth=0 | \"depth\" is a number from 1.",
        "git::https://h.org/x?sshkey=s3cret | It has a parameter \"sshkey\" that is not understood: there are \"ref\" and \"depth\".",
      })
  void refusesWhatMayMeanHarm(String text, String why) {
    assertRefused(text, why, "Invalid");
  }

  private static void assertRefused(String text, String why, String kind) {
    assertThatThrownBy(() -> ModuleSource.parse(text))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.diagnostic().summary()).isEqualTo(kind + " module source");
              assertThat(e.diagnostic().detail()).isEqualTo(why).doesNotContain("s3cret");
            });
  }
}
