package dev.fettle.code;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A project in a directory of this machine, with a real shell.
public final class Workshop {
    private final Path root;
    private final Workspace workspace;

    public Workshop(Path directory) {
        try {
            this.root = Files.createDirectory(directory.toRealPath().resolve("project"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new HashMap<>(ProcessShell.allowedEnvironment(System.getenv()));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        this.workspace = new LocalWorkspace(root, new ProcessShell(root, environment, directory.resolve("output")));
    }

    public Workspace workspace() {
        return workspace;
    }

    public Path root() {
        return root;
    }

    public Workshop put(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// Runs a command that has to succeed, and answers its output.
    public String sh(String script) throws InterruptedException {
        Shell.Result result = workspace.shell().run(new Shell.Command(script, Duration.ofSeconds(60)), _ -> {});
        if (!result.end().equals(new Shell.End.Exited(0))) {
            throw new IllegalStateException(script + ": " + result);
        }
        return result.output();
    }

    /// Whether all of these programs are installed.
    public static boolean has(String... programs) {
        return Arrays.stream(programs)
                .allMatch(program -> Arrays.stream(
                                System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))));
    }

    /// A Maven project that leaves out the first price, and a test that fails for it.
    ///
    /// @param pom with JUnit in it
    public Workshop withJavaCart(String pom) {
        return put(".mvn/maven.config", "-o\n")
                .put("pom.xml", pom)
                .put("src/main/java/shop/Cart.java", """
                        package shop;

                        public class Cart {
                            public int total(int[] prices) {
                                int total = 0;
                                for (int i = 1; i < prices.length; i++) {
                                    total += prices[i];
                                }
                                return total;
                            }
                        }
                        """)
                .put("src/test/java/shop/CartTest.java", """
                        package shop;

                        import static org.junit.jupiter.api.Assertions.assertEquals;

                        import org.junit.jupiter.api.Test;

                        class CartTest {
                            @Test
                            void anEmptyCartIsFree() {
                                assertEquals(0, new Cart().total(new int[0]));
                            }

                            @Test
                            void pricesAddUp() {
                                assertEquals(6, new Cart().total(new int[] {1, 2, 3}));
                            }
                        }
                        """);
    }

    /// A cart in Python that forgets the first price, and its unittest.
    public Workshop withPythonCart() {
        return put("cart.py", """
                        def total(prices):
                            result = 0
                            for price in prices[1:]:
                                result += price
                            return result


                        def discount(price, percent):
                            return price * percent // 100


                        def count(prices):
                            return len(prices)
                        """).put("tests/test_cart.py", """
                        import unittest
                        from cart import count, discount, total


                        class CartTest(unittest.TestCase):
                            def test_empty(self):
                                self.assertEqual(total([]), 0)

                            def test_total(self):
                                self.assertEqual(total([1, 2]), 3)

                            def test_discount(self):
                                self.assertEqual(discount(100, 10), 10)

                            def test_count(self):
                                self.assertEqual(count([1, 2]), 2)
                        """);
    }
}
