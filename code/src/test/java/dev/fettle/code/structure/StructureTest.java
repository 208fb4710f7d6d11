package dev.fettle.code.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.Project;
import dev.fettle.core.model.TokenEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StructureTest {
    @TempDir
    private Path temporary;

    private Project project = new Project(Path.of("."));

    @BeforeEach
    void aShop() throws IOException {
        project = Project.in(temporary);
        project.with("src/shop/Shop.java", """
                        package shop;
                        import cart.Cart;
                        public class Shop {
                          public static void main(String[] args) { new Shop().sell(new Cart()); }
                          int sell(Cart cart) { return cart.total() > 0 && cart.total() < 9 ? 1 : 0; }
                        }
                        """)
                .with("src/cart/Cart.java", """
                        package cart;
                        import shop.Shop;
                        public class Cart {
                          Shop shop;
                          public int total() { return add(1); }
                          private int add(int n) {
                            return n;
                          }
                        }
                        """)
                .with(
                        "test/cart/CartTest.java",
                        "package cart;\nclass CartTest { void adds() { new Cart().total(); } }\n")
                .with("web/app.js", "import { load } from './load.js';\nexport function start() { load(); }\n")
                .with("web/load.js", "export function load() {}\n")
                .with("min.js", "var a=1;".repeat(1000));
    }

    @Test
    void saysWhatIsThere() throws Exception {
        Structure structure = structure("");
        assertEquals(5, structure.totals().files());
        assertEquals(List.of(List.of("src/cart", "src/shop")), structure.cycles());
        assertEquals(List.of("Shop.main"), names(structure.entries()));
        assertEquals(List.of("Shop.sell"), names(structure.complex()));
        assertEquals("Cart.add", structure.large().getFirst().name());
        assertEquals(
                List.of(new Structure.Left("min.js", "its lines are so long that it is minified or data")),
                structure.left());
        assertEquals(
                List.of(
                        "Shop.sell -> Cart.total x2",
                        "Shop.main -> Cart x1",
                        "start -> load x1",
                        "Cart.total -> Cart.add x1",
                        "Shop.main -> Shop x1",
                        "Shop.main -> Shop.sell x1",
                        "CartTest.adds -> Cart x1",
                        "CartTest.adds -> Cart.total x1"),
                structure.calls().stream()
                        .map(each -> "%s -> %s x%d".formatted(each.from(), each.to(), each.count()))
                        .toList());
    }

    @Test
    void saysWhichTestsTouchAFile() throws Exception {
        Structure.SourceFile cart = structure("").files().stream()
                .filter(each -> each.path().endsWith("Cart.java"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("test/cart/CartTest.java"), cart.tests());
    }

    @Test
    void keepsToAPartOfTheProject() throws Exception {
        Structure structure = structure("web");
        assertEquals(2, structure.totals().files());
        assertEquals(List.of(), structure.cycles());
        assertEquals(List.of(), structure.entries());
        assertEquals(1, structure("web/load.js").totals().files());
    }

    @Test
    void whatIsInNoKnownLanguageIsSaidToBeLeftOut() throws Exception {
        project.with("old/pay.cob", "MOVE A TO B.\n");
        for (String scope : List.of("old/pay.cob", "old")) {
            assertEquals(
                    List.of(new Structure.Left(
                            scope, "nothing of it is in a language that is understood, or git ignores it")),
                    structure(scope).left());
        }
    }

    @Test
    void theSameFilesGiveTheSameReport() throws Exception {
        assertEquals(structure(""), structure(""));
        assertEquals(StructureText.of(structure("")), StructureText.of(structure("")));
    }

    @Test
    void isTextForPeople() throws Exception {
        String text = StructureText.of(structure(""));
        for (String part : List.of(
                ".: 5 files, ",
                "  src/shop (1 files, 6 lines) uses src/cart",
                "  src/cart <-> src/shop",
                "Entry points\n  Shop.main  src/shop/Shop.java:4",
                "    3  Shop.sell  src/shop/Shop.java:5",
                "  Shop.sell -> Cart.total  (src/shop/Shop.java -> src/cart/Cart.java) x2",
                "    tested by test/cart/CartTest.java",
                "   7 commits  +70 -3  src/cart/Cart.java",
                "  min.js: its lines are so long")) {
            assertTrue(text.contains(part), part + "\n" + text);
        }
    }

    @Test
    void ofHundredsOfDirectoriesItShowsTheFirst() throws Exception {
        for (int i = 0; i < 600; i++) {
            project.with("ring/p%d/index.ts".formatted(i), "import '../p%d/index'\n".formatted((i + 1) % 600));
        }
        Structure structure = structure("ring");
        assertEquals(List.of(600), structure.cycles().stream().map(List::size).toList());
        assertEquals(500, structure.modules().size());
        assertEquals(500, structure.files().size());
        String text = StructureText.of(structure);
        assertTrue(text.contains(" <-> ring/p106 and 590 more\n"), text);
        assertTrue(text.lines().allMatch(line -> line.length() < 250), text);
        assertTrue(StructureMarkdown.of(structure).contains(" and 580 more"));
    }

    @Test
    void fitsIntoABudget() throws Exception {
        Structure structure = structure("");
        assertEquals(StructureText.of(structure) + "\n", StructureText.within(structure, 100_000));
        String cut = StructureText.within(structure, 200);
        assertTrue(TokenEstimate.of(cut) <= 200, cut);
        assertTrue(cut.endsWith("[the rest is left out; ask for a part of it by its path]\n"), cut);
    }

    @Test
    void isJsonForPrograms() throws Exception {
        JsonNode json = JsonMapper.shared().readTree(StructureJson.of(structure("")));
        assertEquals("java", json.at("/totals/languages/0/language").asString());
        assertEquals("src/shop/Shop.java", json.at("/calls/0/from_path").asString());
        assertEquals("class", json.at("/files/0/symbols/1/kind").asString());
    }

    @Test
    void isAPageWithDrawings() throws Exception {
        String page = StructureMarkdown.of(structure(""));
        for (String part : List.of(
                "# Structure of `.`",
                "```mermaid\ngraph LR\n  n0[\"src/cart\"]\n  n1[\"src/shop\"]\n",
                "- `src/cart` ↔ `src/shop`",
                "| `Shop.main` | `src/shop/Shop.java:4` |",
                "Tested by `test/cart/CartTest.java`.",
                "| `src/cart/Cart.java` | 7 | 70 | 3 |")) {
            assertTrue(page.contains(part), part + "\n" + page);
        }
    }

    @Test
    void churnComesFromGit() throws Exception {
        git("init", "-q");
        for (int i = 0; i < 3; i++) {
            project.with("web/load.js", "export function load() { return %s; }\n".formatted("1".repeat(i + 1)));
            git("add", "web");
            git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "change");
        }
        assertEquals(
                List.of(new Churn("web/load.js", 3, 3, 2), new Churn("web/app.js", 1, 2, 0)),
                Churn.of(project.workspace()));
    }

    @Test
    void withoutHistoryThereIsNoChurn() throws Exception {
        assertEquals(List.of(), Churn.of(project.workspace()));
    }

    private void git(String... arguments) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(List.of("git", "-C", project.root().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor());
    }

    private Structure structure(String scope) throws InterruptedException {
        try (CodeIndex index = project.index()) {
            return Understanding.of(index, scope, List.of(new Churn("src/cart/Cart.java", 7, 70, 3)));
        }
    }

    private static List<String> names(List<Structure.Place> places) {
        return places.stream().map(Structure.Place::name).toList();
    }
}
