package dev.fettle.cli.interactive.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PromptFileTest {
    @Test
    void theFrontMatterSaysWhatItIsFor() {
        PromptFile file = PromptFile.parse(
                "---\ndescription: Review: a file\nargument-hint: FILE\n---\n\nReview $1, that is $ARGUMENTS.\n");

        assertEquals(new PromptFile("Review: a file", "FILE", "Review $1, that is $ARGUMENTS."), file);
        assertEquals("Review a, that is a b.", file.with("a b"));
        assertEquals("Review , that is .", file.with(""));
    }

    @Test
    void withoutOneTheFirstLineDoes() {
        PromptFile file = PromptFile.parse("Say $5 and \\ as they are\nmore");

        assertEquals("Say $5 and \\ as they are", file.description());
        assertEquals("", file.arguments());
        assertEquals("Say  and \\ as they are\nmore", file.with("x"));
    }

    @Test
    void argumentsWithoutAPlaceComeAfterIt() {
        PromptFile file = PromptFile.parse("---\nnot closed");

        assertEquals("---\nnot closed\n\nthe cart", file.with("the cart"));
        assertEquals("---\nnot closed", file.with(" "));
    }
}
