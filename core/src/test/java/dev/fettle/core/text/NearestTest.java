package dev.fettle.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestTest {
    private static final List<String> TOOLS = List.of("read", "write", "edit", "apply_patch", "ls");

    @Test
    void aSlipFindsWhatWasMeant() {
        assertEquals(Optional.of("read"), Nearest.to("raed", TOOLS));
        assertEquals(Optional.of("write"), Nearest.to("wrte", TOOLS));
        assertEquals(Optional.of("apply_patch"), Nearest.to("applyPatch", TOOLS));
        assertEquals(Optional.of("ls"), Nearest.to("l", TOOLS));
    }

    @Test
    void caseDoesNotCount() {
        assertEquals(Optional.of("edit"), Nearest.to("EDIT", TOOLS));
    }

    @Test
    void theFewestEditsWin() {
        assertEquals(Optional.of("abcdef"), Nearest.to("abcdeg", List.of("abcxyz", "abcdxy", "abcdef")));
    }

    @Test
    void whatIsTooFarIsNotSuggested() {
        assertEquals(Optional.empty(), Nearest.to("python", TOOLS));
        assertEquals(Optional.empty(), Nearest.to("bash", List.of()));
    }
}
