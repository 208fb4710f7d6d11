package dev.fettle.core.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.workspace.Reach;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PermissionTest {
    private static final List<Permission> ALL = List.of(
            new Permission.Read("a.txt"),
            new Permission.Write("b.txt"),
            new Permission.Execute("make test"),
            new Permission.Widen("npm install", Reach.NETWORK));

    @Test
    void isDescribedInAPersonsWords() {
        assertEquals(
                List.of("read a.txt", "write b.txt", "run: make test", "run with the network: npm install"),
                ALL.stream().map(Permission::describe).toList());
    }

    @Test
    void inTheSandboxOnlyLeavingItIsAsked() {
        assertEquals(
                List.of(allow(), allow(), allow(), new Decision.Ask("It would leave the sandbox.")),
                ALL.stream()
                        .map(new SandboxPolicy(true, Optional::empty)::decide)
                        .toList());
    }

    @Test
    void withoutASandboxEachCommandIsAskedOnceAndToldWhy() {
        assertEquals(
                List.of(allow(), allow(), new Decision.Ask("There is no sandbox: not installed"), allow()),
                ALL.stream()
                        .map(new SandboxPolicy(true, () -> Optional.of("not installed"))::decide)
                        .toList());
    }

    @Test
    void aReadOnlySandboxDeniesWritesBeforeTheyAreTried() {
        assertEquals(
                new Decision.Deny("The sandbox is read-only; say what you would change instead."),
                new SandboxPolicy(false, Optional::empty).decide(new Permission.Write("b.txt")));
    }

    private static Decision allow() {
        return new Decision.Allow();
    }

    @Test
    void theYesSayerSaysYes() throws InterruptedException {
        for (Permission permission : ALL) {
            assertEquals(new Approver.Answer.Yes(), Approver.YES.ask(permission, ""));
        }
    }
}
