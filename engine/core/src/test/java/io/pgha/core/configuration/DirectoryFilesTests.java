package io.pgha.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFilesTests {
  @TempDir private Path folder;

  @BeforeEach
  void makesFiles() throws IOException {
    Files.createDirectories(folder.resolve("in/sub"));
    Files.writeString(folder.resolve("in/a"), "a");
    Files.writeString(folder.resolve("in/sub/b"), "b");
  }

  private void link(String link, String target) throws IOException {
    Files.createSymbolicLink(folder.resolve(link), Path.of(target));
  }

  @Test
  void files_in_linked_folders_are_found() throws IOException {
    link("in/link", "sub");

    assertThat(new DirectoryFiles(folder).filesUnder("in", 9))
        .containsExactly("a", "link/b", "sub/b");
  }

  @Test
  void a_link_back_to_an_outer_folder_is_not_followed() throws IOException {
    link("in/sub/back", "..");

    assertThat(new DirectoryFiles(folder).filesUnder("in", 9)).containsExactly("a", "sub/b");
  }

  @Test
  void a_link_that_leads_nowhere_is_passed_over() throws IOException {
    link("in/lost", "nowhere");

    assertThat(new DirectoryFiles(folder).filesUnder("in", 9)).containsExactly("a", "sub/b");
  }

  @Test
  void only_so_deep_is_looked_as_is_asked_for() throws IOException {
    assertThat(new DirectoryFiles(folder).filesUnder("in", 1)).containsExactly("a");
  }
}
