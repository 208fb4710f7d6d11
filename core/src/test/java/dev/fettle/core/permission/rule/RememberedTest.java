package dev.fettle.core.permission.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.Question;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.workspace.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RememberedTest {
    private static final Permission INSTALL = new Permission.Widen("npm install", Reach.NETWORK);

    private final PlainWords parser = new PlainWords();
    private final Rulebook book = book(List.of());
    private final Policy policy = book.over(new SandboxPolicy(true, Optional::empty));
    private final List<Rule> kept = new ArrayList<>();
    private final List<List<Scope>> offered = new ArrayList<>();

    private Rulebook book(List<Rule> rules) {
        return new Rulebook(rules, "/work/shop", parser, path -> path);
    }

    private Approver.Answer ask(Permission permission, Scope answer) throws InterruptedException {
        Approver person = question -> {
            offered.add(question.scopes());
            return new Approver.Answer.Yes(answer);
        };
        return new Remembered(person, book, kept::add).ask(new Question(permission, ""));
    }

    @Test
    void aYesForTheSessionIsNotAskedAgain() throws InterruptedException {
        assertEquals("ask", policy.decide(INSTALL).word());
        ask(INSTALL, Scope.SESSION);
        assertEquals("session:npm install", policy.decide(INSTALL).rule().toString());
        assertEquals(
                "ask",
                policy.decide(new Permission.Widen("npm publish", Reach.NETWORK))
                        .word());
        assertEquals(List.of(), kept);
    }

    @Test
    void aYesOnceIsAskedAgain() throws InterruptedException {
        ask(INSTALL, Scope.ONCE);
        assertEquals("ask", policy.decide(INSTALL).word());
    }

    @Test
    void whatIsKeptForAProjectIsReadBackAndHoldsThereOnly() throws InterruptedException {
        ask(INSTALL, Scope.PROJECT);
        String json = PolicyFile.with(
                "policy.json",
                "",
                kept.getFirst(),
                (Match.Words) kept.getFirst().match(),
                parser);
        List<Rule> read = PolicyFile.parse("policy.json", json, Layer.USER, parser);
        assertEquals(kept, read);
        Policy later = book(read).over(new SandboxPolicy(true, Optional::empty));
        assertEquals("allow", later.decide(INSTALL).word());
        Policy elsewhere =
                new Rulebook(read, "/work/other", parser, path -> path).over(new SandboxPolicy(true, Optional::empty));
        assertEquals("ask", elsewhere.decide(INSTALL).word());
    }

    @Test
    void aRuleIsAddedToThoseThatAreThere() throws InterruptedException {
        ask(INSTALL, Scope.ALWAYS);
        Match.Words match = (Match.Words) kept.getFirst().match();
        String once = PolicyFile.with("policy.json", "", kept.getFirst(), match, parser);
        String twice = PolicyFile.with("policy.json", once, kept.getFirst(), match, parser);
        assertEquals(
                2, PolicyFile.parse("policy.json", twice, Layer.USER, parser).size());
        assertThrows(
                PolicyFileException.class,
                () -> PolicyFile.with("policy.json", "{\"rulse\": []}", kept.getFirst(), match, parser));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git fetch",
                "sudo ls",
                "env ls",
                "python3 -c pass",
                "bash -c ls",
                "npm ci && npm test",
                "npm ci | cat",
                "npm $X",
                "./configure",
                "find . -exec rm",
                "rm -rf '"
            })
    void theseAreAskedEachTime(String command) throws InterruptedException {
        ask(new Permission.Widen(command, Reach.NETWORK), Scope.ONCE);
        assertEquals(List.of(List.of(Scope.ONCE)), offered);
    }

    @Test
    void filesAreAskedEachTime() throws InterruptedException {
        ask(new Permission.Write(".vscode/tasks.json"), Scope.ONCE);
        ask(new Permission.Read("a"), Scope.ONCE);
        ask(INSTALL, Scope.ONCE);
        assertEquals(
                List.of(
                        List.of(Scope.ONCE),
                        List.of(Scope.ONCE),
                        List.of(Scope.ONCE, Scope.SESSION, Scope.PROJECT, Scope.ALWAYS)),
                offered);
    }
}
