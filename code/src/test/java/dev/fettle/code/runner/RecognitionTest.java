package dev.fettle.code.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.testkit.SettableClock;
import dev.fettle.tools.workspace.MemoryWorkspace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The files of a project say how its tests are run.
class RecognitionTest {
    private static final TestName CART = new TestName("shop.CartTest", "adds");

    /// Files by path, and the commands expected for all tests, those of one file, and one test.
    private record Case(
            String runner, Map<String, String> files, String in, TestName test, String all, String some, String one) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    "maven",
                    Map.of("pom.xml", "<project/>"),
                    "src/test/java/shop/CartTest.java",
                    new TestName("shop.CartTest", "adds(int)[1]"),
                    "mvn -B -ntp -fae test",
                    "mvn -B -ntp -fae test -Dtest=CartTest -Dsurefire.failIfNoSpecifiedTests=false",
                    "mvn -B -ntp -fae test -Dtest='shop.CartTest#adds' -Dsurefire.failIfNoSpecifiedTests=false"),
            new Case(
                    "maven",
                    Map.of("pom.xml", "<project/>", "mvnw", "#!", "shop/pom.xml", "<project/>"),
                    "shop/src/test/java/CartTest.java",
                    new TestName("shop/src/test/java/CartTest.java", "adds"),
                    "./mvnw -B -ntp -fae test",
                    "./mvnw -B -ntp -fae -pl shop -am test -Dtest=CartTest -Dsurefire.failIfNoSpecifiedTests=false",
                    "./mvnw -B -ntp -fae -pl shop -am test -Dtest='CartTest#adds' -Dsurefire.failIfNoSpecifiedTests=false"),
            new Case(
                    "gradle",
                    Map.of("build.gradle.kts", "", "gradlew", ""),
                    "src/test/kotlin/CartTest.kt",
                    CART,
                    "./gradlew --console=plain --continue cleanTest test",
                    "./gradlew --console=plain --continue cleanTest test --tests CartTest",
                    "./gradlew --console=plain --continue cleanTest test --tests shop.CartTest.adds"),
            new Case(
                    "cargo",
                    Map.of("Cargo.toml", ""),
                    "tests/cart.rs",
                    new TestName("", "tests::adds"),
                    "RUST_BACKTRACE=1 cargo test --no-fail-fast",
                    "RUST_BACKTRACE=1 cargo test --no-fail-fast --test cart",
                    "RUST_BACKTRACE=1 cargo test --no-fail-fast tests::adds -- --exact"),
            new Case(
                    "go",
                    Map.of("go.mod", "module example.com/cart"),
                    "cart/cart_test.go",
                    new TestName("example.com/cart", "TestTotal/two"),
                    "go test -json ./...",
                    "go test -json ./cart",
                    "go test -json -run '^TestTotal$/^two$' example.com/cart"),
            new Case(
                    "dotnet",
                    Map.of("Shop.sln", ""),
                    "tests/CartTests.cs",
                    new TestName("", "Shop.CartTests.AddsUp(x: 1)"),
                    "dotnet test --nologo",
                    "dotnet test --nologo --filter 'FullyQualifiedName~CartTests'",
                    "dotnet test --nologo --filter 'FullyQualifiedName~Shop.CartTests.AddsUp'"),
            new Case(
                    "jest",
                    Map.of("package.json", "{\"scripts\":{\"test\":\"jest --coverage=false\"}}"),
                    "src/cart.test.js",
                    new TestName("src/cart.test.js", "cart adds up (all)"),
                    "npm test -- --ci",
                    "npm test -- --ci src/cart.test.js",
                    "npm test -- --ci src/cart.test.js -t 'cart adds up \\(all\\)$'"),
            new Case(
                    "vitest",
                    Map.of("package.json", "{\"devDependencies\":{\"vitest\":\"3\"}}", "pnpm-lock.yaml", ""),
                    "src/cart.test.ts",
                    new TestName("src/cart.test.ts", "adds"),
                    "pnpm exec vitest",
                    "pnpm exec vitest src/cart.test.ts",
                    "pnpm exec vitest src/cart.test.ts -t 'adds$'"),
            new Case(
                    "mocha",
                    Map.of("package.json", "{\"scripts\":{\"test\":\"tsc && mocha\"}}", "yarn.lock", ""),
                    "test/cart.js",
                    new TestName("cart", "adds"),
                    "yarn test",
                    "yarn test test/cart.js",
                    "yarn test -g 'adds$'"),
            new Case(
                    "node:test",
                    Map.of("package.json", "{\"scripts\":{\"test\":\"node --test test/\"}}"),
                    "test/cart.js",
                    new TestName("cart", "adds up"),
                    "node --test --test-reporter=tap test/",
                    "node --test --test-reporter=tap test/cart.js",
                    "node --test --test-reporter=tap --test-name-pattern='adds up$'"),
            new Case(
                    "npm test",
                    Map.of("package.json", "{\"scripts\":{\"test\":\"ava\"}}"),
                    "test/cart.js",
                    CART,
                    "npm test",
                    "npm test",
                    "npm test"),
            new Case(
                    "pytest",
                    Map.of("pyproject.toml", "[tool.pytest.ini_options]", "tests/test_cart.py", ""),
                    "tests/test_cart.py",
                    new TestName("tests.test_cart.TestCart", "test_many[2]"),
                    "python3 -m pytest",
                    "python3 -m pytest tests/test_cart.py",
                    "python3 -m pytest 'tests/test_cart.py::TestCart::test_many[2]'"),
            new Case(
                    "unittest",
                    Map.of("tests/test_cart.py", "import unittest", ".venv/bin/python", ""),
                    "tests/test_cart.py",
                    new TestName("test_cart.CartTest", "test_adds"),
                    "PYTHONPATH=.:tests .venv/bin/python -m unittest discover -s tests",
                    "PYTHONPATH=.:tests .venv/bin/python -m unittest tests/test_cart.py",
                    "PYTHONPATH=.:tests .venv/bin/python -m unittest test_cart.CartTest.test_adds"),
            new Case(
                    "rspec",
                    Map.of("Gemfile", "gem 'rspec'"),
                    "spec/cart_spec.rb",
                    new TestName("spec/cart_spec.rb", "Cart adds up"),
                    "bundle exec rspec",
                    "bundle exec rspec spec/cart_spec.rb",
                    "bundle exec rspec spec/cart_spec.rb -e 'Cart adds up'"),
            new Case(
                    "phpunit",
                    Map.of("phpunit.xml", "", "vendor/bin/phpunit", ""),
                    "tests/CartTest.php",
                    new TestName("CartTest", "testAdds with data set #1"),
                    "vendor/bin/phpunit",
                    "vendor/bin/phpunit tests/CartTest.php",
                    "vendor/bin/phpunit --filter 'testAdds$'"),
            new Case(
                    "ctest",
                    Map.of("CMakeLists.txt", "enable_testing()"),
                    "cart.c",
                    new TestName("", "adds"),
                    "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure",
                    "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure",
                    "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure -R '^adds$'"),
            new Case(
                    "make",
                    Map.of("Makefile", "CHECK := x\ncheck: all\n\t./check\n"),
                    "cart.c",
                    CART,
                    "make check",
                    "make check",
                    "make check"));

    private static Workspace workspace(Map<String, String> files) {
        MemoryWorkspace workspace = new MemoryWorkspace(new SettableClock());
        new TreeMap<>(files)
                .forEach((path, content) ->
                        workspace.write(new FilePath(path), content.getBytes(StandardCharsets.UTF_8)));
        return workspace;
    }

    private static Optional<Project> around(Workspace workspace, String path) {
        return Project.around(workspace, new FilePath(path), KnownRunners.ALL);
    }

    @TestFactory
    Stream<DynamicTest> eachRunnerHasItsCommands() {
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(each.runner(), () -> {
                    Project project = around(workspace(each.files()), "").orElseThrow();
                    assertEquals(each.runner(), project.runner().name());
                    assertEquals(
                            each.all(), project.command(new Selection.All()).line());
                    assertEquals(
                            each.some(),
                            project.command(new Selection.In(each.in())).line());
                    assertEquals(
                            each.one(),
                            project.command(new Selection.One(each.test())).line());
                }));
    }

    @Test
    void theNearestProjectIsTaken() {
        Workspace workspace = workspace(Map.of(
                "package.json", "{\"scripts\":{\"test\":\"jest\"}}",
                "backend/go.mod", "module shop",
                "backend/cart/cart.go", "package cart"));
        assertEquals(
                "go",
                around(workspace, "backend/cart/cart.go").orElseThrow().runner().name());
        assertEquals("jest", around(workspace, "").orElseThrow().runner().name());
    }

    @Test
    void aBuildOfManyModulesIsRunFromItsRootAndAProjectBelowIsFound() {
        Workspace modules = workspace(Map.of("pom.xml", "", "shop/pom.xml", "", "shop/src/Cart.java", ""));
        assertEquals(
                FilePath.ROOT,
                around(modules, "shop/src/Cart.java").orElseThrow().files().root());
        Workspace below = workspace(Map.of("README.md", "", "services/shop/go.mod", ""));
        assertEquals(
                new FilePath("services/shop"),
                around(below, "").orElseThrow().files().root());
    }

    @Test
    void whatIsNoProjectIsNone() {
        assertEquals(
                Optional.empty(),
                around(
                        workspace(Map.of(
                                "package.json",
                                "{\"scripts\":{\"test\":\"echo \\\"Error: no test specified\\\" && exit 1\"}}",
                                "Makefile",
                                "test-all:\n",
                                "main.py",
                                "print(1)")),
                        ""));
        assertEquals(Optional.empty(), around(workspace(Map.of("package.json", "{broken")), ""));
    }

    @Test
    void wordsAreQuotedForBash() {
        assertEquals("a/b.py::c", TestCommand.word("a/b.py::c"));
        assertEquals("'a'\\''; rm -rf x'", TestCommand.word("a'; rm -rf x"));
    }
}
