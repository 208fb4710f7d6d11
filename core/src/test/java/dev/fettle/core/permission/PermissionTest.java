package dev.fettle.core.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PermissionTest {
    private static final List<Permission> ALL =
            List.of(new Permission.Read("a.txt"), new Permission.Write("b.txt"), new Permission.Execute("make test"));

    @Test
    void isDescribedInAPersonsWords() {
        assertEquals(
                List.of("read a.txt", "write b.txt", "run: make test"),
                ALL.stream().map(Permission::describe).toList());
    }

    @Test
    void onlyCommandsAreAskedAbout() {
        assertEquals(
                List.of(new Decision.Allow(), new Decision.Allow(), new Decision.Ask()),
                ALL.stream().map(Policy.ASK_BEFORE_COMMANDS::decide).toList());
    }

    @Test
    void theYesSayerSaysYes() throws InterruptedException {
        for (Permission permission : ALL) {
            assertEquals(new Approver.Answer.Yes(), Approver.YES.ask(permission));
        }
    }
}
