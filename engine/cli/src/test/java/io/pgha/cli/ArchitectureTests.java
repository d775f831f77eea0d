package io.pgha.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the modules, as the design draws them, and what every package owes. */
class ArchitectureTests {
  private static final JavaClasses PGHA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.pgha");

  private static final String CLI = "io.pgha.cli";
  private static final String CORE = "io.pgha.core";
  private static final String LANGUAGE = "io.pgha.language";
  private static final String PROVIDER_API = "io.pgha.provider";
  private static final String SSH = "io.pgha.ssh";
  private static final String STATE = "io.pgha.state";

  /** What lies below io.pgha.provider but is a module of its own. */
  private static final List<String> CONCRETE_PROVIDERS =
      List.of(
          "io.pgha.provider.builtin",
          "io.pgha.provider.host",
          "io.pgha.provider.etcd",
          "io.pgha.provider.patroni",
          "io.pgha.provider.haproxy",
          "io.pgha.provider.keepalived");

  /** Each module, by its package, and the other modules that it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry(LANGUAGE, Set.of()),
          Map.entry(PROVIDER_API, Set.of(LANGUAGE)),
          Map.entry(STATE, Set.of(LANGUAGE)),
          Map.entry(SSH, Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CONCRETE_PROVIDERS.get(0), Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CONCRETE_PROVIDERS.get(1), Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CONCRETE_PROVIDERS.get(2), Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CONCRETE_PROVIDERS.get(3), Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CONCRETE_PROVIDERS.get(4), Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CONCRETE_PROVIDERS.get(5), Set.of(LANGUAGE, PROVIDER_API)),
          Map.entry(CORE, Set.of(LANGUAGE, PROVIDER_API, STATE)),
          Map.entry(CLI, Set.of(LANGUAGE, PROVIDER_API, STATE, CORE, SSH)));

  @TestFactory
  List<DynamicTest> modulesUseOnlyWhatTheDesignAllows() {
    return MAY_USE.keySet().stream()
        .sorted()
        .map(module ->
            DynamicTest.dynamicTest(
                module, () -> assertThat(usedModules(module)).isSubsetOf(MAY_USE.get(module))))
        .toList();
  }

  @Test
  void everyClassBelongsToAModule() {
    assertThat(PGHA).isNotEmpty();
    assertThat(PGHA).allSatisfy(type -> assertThat(MAY_USE).containsKey(moduleOf(type)));
  }

  @Test
  void everyModuleIsSeenHere() {
    assertThat(PGHA.stream().map(ArchitectureTests::moduleOf).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : PGHA) {
      JavaPackage owner = type.getPackage();
      if (!owner.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(owner.getName());
      }
    }
    assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  @Test
  void providersOpenNoConnectionStartNoThreadAndTouchNoFile() {
    noClasses()
        .that(resideInAnyPackage(subpackages(CONCRETE_PROVIDERS)))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net.http..", "java.nio.channels..", "java.sql..")
                .or(assignableTo(Executor.class))
                .or(assignableTo(File.class))
                .or(assignableTo(Files.class))
                .or(assignableTo(ProcessBuilder.class))
                .or(assignableTo(Socket.class))
                .or(assignableTo(Thread.class)))
        .allowEmptyShould(true)
        .check(PGHA);
  }

  @Test
  void onlySshKnowsSshj() {
    noClasses()
        .that(resideInAPackage(SSH + "..").negate())
        .should()
        .dependOnClassesThat(resideInAnyPackage("net.schmizz..", "com.hierynomus.."))
        .check(PGHA);
  }

  @Test
  void whatLooksHasNoHandleToChangeAnything() {
    noClasses()
        .that(resideInAnyPackage(CORE + ".drift..", CORE + ".plan.."))
        .should()
        .dependOnClassesThat(
            assignableTo(io.pgha.core.observation.Fleet.class)
                .or(assignableTo(io.pgha.provider.transport.HostSession.class))
                .or(assignableTo(io.pgha.provider.transport.Transport.class))
                .or(assignableTo(io.pgha.state.StateSession.class))
                .or(assignableTo(io.pgha.state.StateStore.class))
                .or(assignableTo(io.pgha.state.StateBackend.class))
                .or(resideInAPackage(CORE + ".execution..")))
        .check(PGHA);
  }

  @Test
  void theDriftCommandRunsNoStepAndOpensNoStateForWriting() {
    noClasses()
        .that()
        .haveNameMatching("io\\.pgha\\.cli\\.(Drift|RootCheck|RepairPlan).*")
        .should()
        .callMethod(
            io.pgha.core.observation.Fleet.class,
            "run",
            String.class,
            io.pgha.provider.step.Step.class,
            java.time.Duration.class)
        .orShould()
        .dependOnClassesThat(
            assignableTo(io.pgha.state.StateSession.class)
                .or(resideInAPackage(CORE + ".execution..")))
        .check(PGHA);
  }

  private static Set<String> usedModules(String module) {
    return PGHA.stream()
        .filter(type -> moduleOf(type).equals(module))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(target -> target.getPackageName().startsWith("io.pgha"))
        .map(ArchitectureTests::moduleOf)
        .filter(used -> !used.equals(module))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The module with the longest package that holds the class; the class's own package if none. */
  private static String moduleOf(JavaClass type) {
    String name = type.getPackageName() + ".";
    return MAY_USE.keySet().stream()
        .filter(module -> name.startsWith(module + "."))
        .max(Comparator.comparingInt(String::length))
        .orElse(type.getPackageName());
  }

  private static String[] subpackages(List<String> packages) {
    return packages.stream().map(name -> name + "..").toArray(String[]::new);
  }
}
