package dev.fettle.code.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.index.Project;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchToolsTest {
    @TempDir
    private Path temporary;

    private Project project = new Project(Path.of("."));

    @BeforeEach
    void aShop() throws IOException {
        project = Project.in(temporary);
        project.with("Cart.java", "class Cart {\n  int total(int first) {\n    return 1;\n  }\n}\n")
                .with("shop.py", "def total():\n    pass\n\ndef sum_up():\n    total()\n");
    }

    @Test
    void findsDefinitions() throws Exception {
        assertEquals(
                "Cart.java:2-4 method Cart.total: int total(int first)\nshop.py:1-2 function total: def total()",
                run(symbols(), "{\"name\": \"total\"}"));
        assertEquals(
                "Nothing is called `SUM`; these names hold it:\nshop.py:4-5 function sum_up: def sum_up()",
                run(symbols(), "{\"name\": \"SUM\"}"));
        assertEquals(
                "Nothing here is called `nowhere` or like it. "
                        + "It may come from a library; grep finds where it is used.",
                run(symbols(), "{\"name\": \"nowhere\"}"));
    }

    @Test
    void findsUses() throws Exception {
        assertEquals(
                "shop.py:5 call in sum_up\n[found by the name: 2 things here are called so, see find_symbol]",
                run(references(), "{\"name\": \"total\"}"));
        assertEquals(
                "`sum_up` is defined here; nothing uses it by this name.", run(references(), "{\"name\": \"sum_up\"}"));
        assertTrue(run(references(), "{\"name\": \"nowhere\"}").startsWith("Nothing here is called `nowhere`"));
    }

    @Test
    void saysWhenThereIsMore() throws Exception {
        assertTrue(run(symbols(), "{\"name\": \"total\", \"max\": 1}")
                .endsWith("\n[the first 1; there are more, narrow the name]"));
        project.with("more.py", "total()\n");
        assertTrue(run(references(), "{\"name\": \"total\", \"max\": 1}")
                .contains("\n[the first 1; there are more, raise max]"));
    }

    @Test
    void seesWhatHasJustBeenWritten() throws Exception {
        run(symbols(), "{\"name\": \"total\"}");
        project.with("new.go", "package shop\n\nfunc fresh() {}\n");
        assertEquals("new.go:3-3 function fresh: func fresh()", run(symbols(), "{\"name\": \"fresh\"}"));
    }

    @Test
    void refusesAnEmptyNameAndGoesOnWithoutAnIndex() throws Exception {
        assertThrows(ToolException.class, () -> run(symbols(), "{\"name\": \" \"}"));
        assertThrows(ToolException.class, () -> run(references(), "{\"name\": \"\"}"));
        Files.writeString(temporary.resolve("kept"), "in the way");
        ToolException refusal = assertThrows(ToolException.class, () -> run(symbols(), "{\"name\": \"total\"}"));
        assertTrue(refusal.getMessage().endsWith("Use grep instead."), refusal.getMessage());
    }

    @Test
    void onlyReads() {
        for (Tool tool : List.of(symbols(), references())) {
            assertEquals(Effect.READ, tool.effect());
            assertEquals(
                    List.of(new Permission.Read(".")),
                    tool.prepare("{\"name\": \"x\"}").permissions());
        }
    }

    private Tool symbols() {
        return new FindSymbolTool(project.indexes());
    }

    private Tool references() {
        return new FindReferencesTool(project.indexes());
    }

    private String run(Tool tool, String arguments) throws InterruptedException {
        return tool.prepare(arguments)
                .run(new ToolContext(project.workspace(), Map.of(), _ -> {}))
                .text();
    }
}
