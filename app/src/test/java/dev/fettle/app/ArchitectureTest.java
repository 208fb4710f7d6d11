package dev.fettle.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the house together: what may use what. There are no exemptions; a class that does not fit is in the wrong
/// place.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.fettle");

    /// Third-party packages and the only modules that may use them, parted by a bar.
    private static final Map<String, String> CONFINED = new TreeMap<>(Map.ofEntries(
            Map.entry("com.networknt..", "core|testkit"),
            Map.entry("picocli..", "cli"),
            // What `code` keeps is a cache of its own, of another shape than anything a store knows.
            Map.entry("java.sql..", "store|code"),
            Map.entry("org.sqlite..", "store|code"),
            Map.entry("org.postgresql..", "store"),
            Map.entry("redis.clients..", "store"),
            Map.entry("org.apache.commons.pool2..", "store"),
            Map.entry("redis.embedded..", "testkit"),
            Map.entry("com.zaxxer..", "store"),
            Map.entry("org.flywaydb..", "store"),
            Map.entry("com.github.kagkarlsson..", "store"),
            Map.entry("org.tukaani..", "testkit"),
            Map.entry("org.eclipse.jgit..", "tools"),
            Map.entry("org.jline..", "cli"),
            Map.entry("org.commonmark..", "cli"),
            Map.entry("com.github.difflib..", "tools|cli"),
            Map.entry("org.apache.commons.compress..", "tools"),
            Map.entry("org.treesitter..", "code"),
            Map.entry("io.github.cdimascio..", "app"),
            Map.entry("io.github.resilience4j..", "providers"),
            Map.entry("com.github.benmanes..", "providers|server|store"),
            Map.entry("io.github.bucket4j..", "server"),
            Map.entry("io.helidon..", "server"),
            Map.entry("com.nimbusds..", "server"),
            Map.entry("com.google.re2j..", "server"),
            Map.entry("java.net.http..", "providers|testkit"),
            Map.entry("io.prometheus..", "telemetry"),
            Map.entry("ch.qos.logback..", "telemetry"),
            Map.entry("net.logstash..", "telemetry"),
            Map.entry("com.sun.net.httpserver..", "testkit")));

    @Test
    void thereIsSomethingToCheck() {
        assertTrue(CLASSES.size() >= 200, "only %d classes were read".formatted(CLASSES.size()));
        for (String module : List.of(
                "core", "code", "providers", "tools", "store", "telemetry", "cli", "server", "app", "testkit")) {
            assertTrue(
                    CLASSES.stream().anyMatch(each -> each.getPackageName().startsWith("dev.fettle." + module)),
                    "no class of " + module + " was read");
        }
    }

    @Test
    void modulesOnlyUseWhatIsBelowThem() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("app")
                .definedBy("dev.fettle.app..")
                .layer("cli")
                .definedBy("dev.fettle.cli..")
                .layer("server")
                .definedBy("dev.fettle.server..")
                .layer("code")
                .definedBy("dev.fettle.code..")
                .layer("providers")
                .definedBy("dev.fettle.providers..")
                .layer("tools")
                .definedBy("dev.fettle.tools..")
                .layer("store")
                .definedBy("dev.fettle.store..")
                .layer("telemetry")
                .definedBy("dev.fettle.telemetry..")
                .layer("testkit")
                .definedBy("dev.fettle.testkit..")
                .layer("core")
                .definedBy("dev.fettle.core..")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("code")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("providers")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("tools")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("telemetry")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("testkit")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesOfCoreOnlyUseThoseBelowThem() {
        List<List<String>> floors = List.of(
                List.of("message", "text", "id", "trace"),
                List.of("usage", "workspace"),
                List.of("secret"),
                List.of("permission"),
                List.of("tool"),
                List.of("model"),
                List.of("workflow", "todo"),
                List.of("session"),
                List.of("user", "audit", "idempotency", "memory", "report", "feed", "limit", "cache"),
                List.of("context", "turn", "snapshot", "redaction"),
                List.of("monitor", "undo"),
                List.of("agent", "run"));
        for (int i = 0; i < floors.size(); i++) {
            for (String each : floors.get(i)) {
                String[] above = floors.subList(i, floors.size()).stream()
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(each))
                        .map("dev.fettle.core.%s.."::formatted)
                        .toArray(String[]::new);
                if (above.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage("dev.fettle.core." + each + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(above)
                            .check(CLASSES);
                }
            }
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.fettle.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void librariesStayInTheModuleThatOwnsThem() {
        CONFINED.forEach((library, owners) -> noClasses()
                .that()
                .resideOutsideOfPackages(Pattern.compile("\\|")
                        .splitAsStream(owners)
                        .map("dev.fettle.%s.."::formatted)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(library + " belongs to " + owners)
                .check(CLASSES));
    }

    @Test
    void onlyTheEdgeTouchesTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.fettle.app..", "dev.fettle.cli..", "dev.fettle.testkit..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        DescribedPredicate<JavaPackage> isMarked =
                DescribedPredicate.describe("null-marked", each -> each.isAnnotatedWith(NullMarked.class));
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(isMarked.negate())
                .map(JavaPackage::getName)
                .toList();
        assertEquals(List.of(), unmarked);
    }

    @Test
    void noTypeHasANameThatSaysNothing() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Service|Impl|V2)")
                .check(CLASSES);
    }

    @Test
    void noPackageHasGrownASecondSubject() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        for (Path source : sources()) {
            files.merge(source.resolveSibling("").toString(), 1, Integer::sum);
        }
        files.values().removeIf(count -> count <= 16);
        assertEquals(Map.of(), files, "packages with more than fifteen files beside their package-info");
    }

    @Test
    void theTypesThatTheArchitecturePageNamesExist() throws IOException {
        List<String> known = CLASSES.stream().map(JavaClass::getSimpleName).toList();
        Matcher names = Pattern.compile("`([A-Z][A-Za-z]+)`")
                .matcher(Files.readString(Checkout.ROOT.resolve("ARCHITECTURE.md")));
        List<String> named =
                names.results().map(result -> result.group(1)).distinct().toList();
        assertTrue(named.size() >= 15, "the page names only " + named);
        assertEquals(
                List.of(), named.stream().filter(name -> !known.contains(name)).toList());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.ROOT)) {
            return files.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .toList();
        }
    }
}
