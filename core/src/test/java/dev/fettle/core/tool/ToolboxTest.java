package dev.fettle.core.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.FilesInMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ToolboxTest {
    static final ToolContext CONTEXT = new ToolContext(new FilesInMemory(Map.of()), Map.of("a.txt", "00ff"), _ -> {});

    private record Named(String name) implements Tool {
        @Override
        public ToolSpec spec() {
            return new ToolSpec(name, "Does it.", "{}");
        }

        @Override
        public Effect effect() {
            return Effect.READ;
        }

        @Override
        public Invocation prepare(String arguments) {
            throw new ToolException("never");
        }
    }

    private static final Tool READ = new Named("read");
    private static final Tool BASH = new Named("bash");

    @Test
    void presentsToolsInTheOrderGivenAndFindsThemByName() {
        Toolbox toolbox = new Toolbox(List.of(READ, BASH));

        assertEquals(List.of(READ.spec(), BASH.spec()), toolbox.specs());
        assertSame(BASH, toolbox.find("bash"));
    }

    @Test
    void anUnknownNameGetsTheOneProbablyMeant() {
        Toolbox toolbox = new Toolbox(List.of(READ, BASH));

        assertEquals(
                "No tool is called `raed`; did you mean `read`?",
                assertThrows(ToolException.class, () -> toolbox.find("raed")).getMessage());
        assertEquals(
                "No tool is called `python`. There are: bash, read.",
                assertThrows(ToolException.class, () -> toolbox.find("python")).getMessage());
    }

    @Test
    void twoToolsCannotShareAName() {
        assertEquals(
                "Two tools are called `read`",
                assertThrows(IllegalArgumentException.class, () -> new Toolbox(List.of(READ, new Named("read"))))
                        .getMessage());
    }

    @Test
    void aNameThatNoProviderAcceptsIsRefused() {
        for (String name : List.of("", "a b", "über", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> new ToolSpec(name, "d", "{}"), name);
        }
        assertEquals("a-B_9", new ToolSpec("a-B_9", "d", "{}").name());
    }

    @Test
    void aContextKnowsWhatWasLastSeen() {
        assertEquals(Optional.of("00ff"), CONTEXT.lastSeen(new FilePath("a.txt")));
        assertEquals(Optional.empty(), CONTEXT.lastSeen(new FilePath("b.txt")));
    }

    @Test
    void outputCanCarryWhatWasSeen() {
        assertEquals(
                new ToolOutput("text", List.of(), Map.of("a.txt", "00ff")),
                ToolOutput.of("text").withSeen("a.txt", "00ff"));
    }
}
