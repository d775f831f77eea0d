package io.pgha.provider.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.DataType.Reading;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostFileTests {
  private static final String HOST = "host.a";

  private final FakeInstance.World world = new FakeInstance.World();
  private final HostFileType type = new HostFileType();
  private final FakeMachines machines = new FakeMachines();

  HostFileTests() {
    world.add(new HostType(Map.of()), HOST, Map.of("name", "a", "address", "10.0.0.1"));
  }

  private Instance file(String path) {
    return world.add(type, "data.host_file.a", Map.of("host", HOST, "path", path));
  }

  private Reading read(String path) {
    Instance file = file(path);
    return type.read(file, machines.askedOnly(type.probes(file)));
  }

  private ObjectValue found(String path) {
    return ((Reading.Found) read(path)).attributes();
  }

  @Test
  void saysWhatAFileSays() {
    machines.file(HOST, "/etc/motd", "Welcome\n", 0644, "root", "adm");
    Values motd = new Values(found("/etc/motd"));
    assertThat(motd.bool("exists")).contains(true);
    assertThat(motd.string("kind")).contains("file");
    assertThat(motd.string("content")).contains("Welcome\n");
    assertThat(motd.string("mode")).contains("0644");
    assertThat(motd.string("owner")).contains("root");
    assertThat(motd.string("group")).contains("adm");
    assertThat(motd.integer("size")).contains(8L);
    assertThat(motd.text("sha256")).hasSize(64);
  }

  @Test
  void saysThatAFolderIsOne() {
    machines.directory(HOST, "/etc", 0755, "root", "root");
    Values folder = new Values(found("/etc"));
    assertThat(folder.string("kind")).contains("directory");
    assertThat(folder.get("content").isNull()).isTrue();
  }

  @Test
  void nothingIsNoError() {
    machines.noFile(HOST, "/none");
    Values none = new Values(found("/none"));
    assertThat(none.bool("exists")).contains(false);
    assertThat(none.object().attributes()).hasSize(8);
    assertThat(none.get("content").isNull()).isTrue();
  }

  @Test
  void whatCantBeToldIsOne() {
    machines.answer(
        HOST,
        new Probe.OfFile("/etc/motd", Probe.Content.TEXT),
        new ProbeResult.Failed<>("Input/output error"));
    assertThat(read("/etc/motd"))
        .isInstanceOfSatisfying(
            Reading.Failed.class,
            failed -> {
              Diagnostic why = failed.why();
              assertThat(why.summary() + ": " + why.detail())
                  .isEqualTo("Can't read /etc/motd: Input/output error.");
              assertThat(why.address()).contains("data.host_file.a");
            });
  }

  @Test
  void aPathBeginsAtTheRoot() {
    assertThat(type.validate(file("etc/motd")))
        .extracting(why -> why.summary() + ": " + why.detail())
        .containsExactly(
            "The path does not begin at /: A machine has no folder that \"etc/motd\" could start"
                + " from.");
    assertThat(type.validate(file("/etc/motd"))).isEmpty();
  }
}
