package dev.fettle.code.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.code.index.IndexedFile;
import dev.fettle.code.map.Imports;
import dev.fettle.code.source.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportsAndCyclesTest {

    @ParameterizedTest
    @CsvSource({
        "src/shop/Shop.java,      shop.cart.Cart,       src/shop/cart/Cart.java",
        "src/shop/Shop.java,      shop.cart.Cart.LIMIT, src/shop/cart/Cart.java",
        "src/shop/Shop.java,      java.util.List,       ''",
        "py/shop/main.py,         .cart,                py/shop/cart.py",
        "py/shop/main.py,         shop.cart,            py/shop/cart.py",
        "py/shop/deep/x.py,       ..cart,               py/shop/cart.py",
        "py/shop/main.py,         os.path,              ''",
        "web/app.ts,              ./cart,               web/cart.ts",
        "web/app.ts,              ./cart.js,            ''",
        "web/app.ts,              ./part,               web/part/index.ts",
        "web/part/index.ts,       ../cart,              web/cart.ts",
        "go/main.go,              example.com/m/cart,   go/cart/cart.go",
        "c/main.c,                cart.h,               c/cart.h",
        "rs/src/main.rs,          crate::cart::Cart,    rs/src/cart.rs",
        "php/Shop.php,            App\\Cart,            php/Cart.php",
        "rb/shop.rb,              cart,                 rb/cart.rb"
    })
    void findTheFileThatIsMeant(String from, String target, String expected) {
        List<IndexedFile> files = new ArrayList<>();
        for (String path : List.of(
                "src/shop/Shop.java",
                "src/shop/cart/Cart.java",
                "py/shop/main.py",
                "py/shop/cart.py",
                "py/shop/deep/x.py",
                "web/app.ts",
                "web/cart.ts",
                "web/part/index.ts",
                "go/main.go",
                "go/cart/cart.go",
                "c/main.c",
                "c/cart.h",
                "rs/src/main.rs",
                "rs/src/cart.rs",
                "php/Shop.php",
                "php/Cart.php",
                "rb/shop.rb",
                "rb/cart.rb")) {
            files.add(file(files.size(), path));
        }
        assertEquals(expected, resolved(files, from, target));
    }

    @ParameterizedTest
    @CsvSource({
        "web/p700/src/index.ts,  ./util,             web/p700/src/util.ts",
        "web/p700/src/index.ts,  ../../p9/src/index, web/p9/src/index.ts",
        "web/p700/src/index.ts,  util,               web/p700/src/util.ts",
        "web/p700/src/index.ts,  p701/src/util,      web/p701/src/util.ts",
        "web/p700/test/index.ts, util,               web/p700/src/util.ts",
        "web/p70a/index.ts,      util,               web/p70/src/util.ts",
        "app/index.ts,           util,               web/p0/src/util.ts"
    })
    void ofThousandsOfOneNameTheNearestIsMeantAndOfThoseTheFirst(String from, String target, String expected) {
        List<IndexedFile> files = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            files.add(file(files.size(), "web/p%d/src/index.ts".formatted(i)));
            files.add(file(files.size(), "web/p%d/src/util.ts".formatted(i)));
        }
        assertEquals(expected, resolved(files, from, target));
    }

    private static IndexedFile file(int number, String path) {
        return new IndexedFile(number, path, Language.of(path).orElseThrow(), 1, false, Optional.empty());
    }

    private static String resolved(List<IndexedFile> files, String from, String target) {
        return new Imports(files)
                .resolve(from, Language.of(from).orElseThrow(), target)
                .orElse("");
    }

    @Test
    void cyclesAreFoundEachOnce() {
        NavigableMap<String, NavigableSet<String>> uses = new TreeMap<>();
        uses.put("a", new TreeSet<>(List.of("b", "x")));
        uses.put("b", new TreeSet<>(List.of("c")));
        uses.put("c", new TreeSet<>(List.of("a", "d")));
        uses.put("d", new TreeSet<>(List.of("e")));
        uses.put("e", new TreeSet<>(List.of("d")));
        uses.put("f", new TreeSet<>(List.of("a")));
        assertEquals(List.of(List.of("a", "b", "c"), List.of("d", "e")), Cycles.of(uses));
    }

    @Test
    void aLongChainDoesNotOverflow() {
        NavigableMap<String, NavigableSet<String>> uses = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            uses.put("m%05d".formatted(i), new TreeSet<>(List.of("m%05d".formatted(i + 1))));
        }
        assertEquals(List.of(), Cycles.of(uses));
    }
}
