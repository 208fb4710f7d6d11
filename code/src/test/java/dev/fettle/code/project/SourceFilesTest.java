package dev.fettle.code.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.testkit.SettableClock;
import dev.fettle.tools.workspace.MemoryWorkspace;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceFilesTest {
    private static SourceFiles files(String... paths) throws InterruptedException {
        MemoryWorkspace workspace = new MemoryWorkspace(new SettableClock());
        for (String path : paths) {
            workspace.write(new FilePath(path), "x".getBytes(StandardCharsets.UTF_8));
        }
        return SourceFiles.of(workspace);
    }

    @Test
    void aJavaFrameIsFoundByItsPackage() throws InterruptedException {
        SourceFiles files = files("a/src/main/java/shop/Cart.java", "b/src/main/java/till/Cart.java");
        assertEquals(Optional.of("a/src/main/java/shop/Cart.java"), files.find("Cart.java", "shop.Cart.total"));
        assertEquals(Optional.empty(), files.find("Cart.java", "other.Cart.total"));
        assertEquals(Optional.empty(), files.find("Cart.java", ""));
        assertEquals(Optional.of("a/src/main/java/shop/Cart.java"), files.find("shop/Cart.java", ""));
    }

    @Test
    void pathsOfOtherMachinesAreFoundByTheirEnds() throws InterruptedException {
        SourceFiles files = files("src/cart.py", "lib/cart.py", "till.py", "node_modules/x/index.js", "index.js");
        assertEquals(Optional.of("src/cart.py"), files.find("/srv/build-17/src/cart.py", ""));
        assertEquals(Optional.of("lib/cart.py"), files.find("./lib/cart.py", ""));
        assertEquals(Optional.of("till.py"), files.find("/srv/app/till.py", ""));
        assertEquals(Optional.of("src/cart.py"), files.find("/memory/src/cart.py", ""));
        assertEquals(Optional.empty(), files.find("/memory/nowhere/cart.py", ""));
        assertEquals(Optional.empty(), files.find("/srv/cart.py", ""));
        assertEquals(Optional.empty(), files.find("/usr/lib/python3/till.py", ""));
        assertEquals(Optional.empty(), files.find("/srv/node_modules/x/index.js", ""));
        assertEquals(Optional.of("src/cart.py"), files.find("C:\\build\\src\\cart.py", ""));
    }

    @Test
    void whatToolsPutThereIsNotOurs() throws InterruptedException {
        SourceFiles files = files("node_modules/a.js", "target/b.java", "src/c.java");
        assertTrue(files.has("src/c.java"));
        assertFalse(files.has("node_modules/a.js"));
        assertFalse(files.has("target/b.java"));
    }
}
