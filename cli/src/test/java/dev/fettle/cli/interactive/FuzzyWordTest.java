package dev.fettle.cli.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzyWordTest {
    private static final List<String> PATHS = List.of(
            "README.md", "src/main/Cart.java", "src/main/Card.java", "src/test/CartTest.java", "docs/carts/title.md");

    private static List<String> best(String typed) {
        return new FuzzyWord(typed).best(PATHS, 3);
    }

    @Test
    void lettersInOrderFindAPath() {
        assertEquals(List.of("src/test/CartTest.java"), best("ctest"));
        assertEquals(List.of("README.md"), best("rdme"));
        assertEquals(List.of(), best("xyz"));
    }

    @Test
    void theFilesNameCountsMoreThanItsDirectory() {
        assertEquals(List.of("src/main/Cart.java", "src/test/CartTest.java", "docs/carts/title.md"), best("cart"));
    }

    @Test
    void aDirectoryMayBeTypedToo() {
        assertEquals(List.of("src/main/Card.java", "src/main/Cart.java"), best("main/car"));
    }

    @Test
    void nothingTypedFindsTheShortest() {
        assertEquals("README.md", best("").getFirst());
    }
}
