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
                List.of("allow workspace", "allow workspace", "allow sandbox", "ask leaving the sandbox"),
                decisions(new SandboxPolicy(true, Optional::empty)));
    }

    @Test
    void withoutASandboxEachCommandIsAskedOnceAndToldWhy() {
        Policy policy = new SandboxPolicy(true, () -> Optional.of("not installed"));
        assertEquals(
                List.of("allow workspace", "allow workspace", "ask no sandbox", "allow no sandbox"), decisions(policy));
        assertEquals(
                "There is no sandbox: not installed",
                policy.decide(new Permission.Execute("ls")).reason());
    }

    @Test
    void aReadOnlySandboxDeniesWritesBeforeTheyAreTried() {
        assertEquals(
                List.of("allow workspace", "deny read-only", "allow sandbox", "ask leaving the sandbox"),
                decisions(new SandboxPolicy(false, Optional::empty)));
    }

    private static List<String> decisions(Policy policy) {
        return ALL.stream()
                .map(policy::decide)
                .map(each -> each.word() + " " + each.rule().name())
                .toList();
    }

    @Test
    void theYesSayerSaysYes() throws InterruptedException {
        for (Permission permission : ALL) {
            assertEquals(new Approver.Answer.Yes(Scope.ONCE), Approver.YES.ask(new Question(permission, "")));
        }
    }
}
