package dev.fettle.code.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.Script.Form;
import dev.fettle.core.permission.command.SimpleCommand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BashGrammarTest {
    private final BashGrammar grammar = new BashGrammar();

    @Test
    void literalWordsComeWithoutTheirQuotes() {
        assertEquals(
                Optional.of(
                        List.of(List.of("git", "commit", "-m", "a b"), List.of("echo", "x y"), List.of("wc", "-l"))),
                grammar.parse("git commit -m 'a b' && echo \"x y\" | wc -l")
                        .literalCommands()
                        .map(commands ->
                                commands.stream().map(SimpleCommand::words).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "ls -la src; pwd", "a | b || c && d", "make test\nmake install\n", "echo 'a'\"b\"c"})
    void whatIsPlainlyWrittenIsLiteral(String script) {
        assertEquals(Form.LITERAL, grammar.parse(script).form());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo $HOME",
                "echo ${x@P}",
                "echo \"$(id)\"",
                "echo `id`",
                "cat <(id)",
                "ls > out",
                "ls 2>&1",
                "cat < in",
                "cat <<< x",
                "cat <<E\nx\nE",
                "x=1 ls",
                "x=1",
                "f() { ls; }",
                "(ls)",
                "{ ls; }",
                "if true; then ls; fi",
                "for i in a; do ls; done",
                "! ls",
                "ls &",
                "ls *",
                "ls ?",
                "ls [ab]",
                "ls ~",
                "echo {a,b}",
                "echo $'\\x41'",
                "echo $\"x\"",
                "echo a\\ b",
                "echo \"!x\"",
                "ls |& cat",
                "ls # ; id",
                "[[ a = a ]]",
                "((1))",
                "echo $((1+1))",
                "time ls",
                "coproc ls",
                "alias ls=id",
                "set -x",
                "ls\r",
                "ls\u00a0-la",
                "ls \u202e-la",
                "l\u200bs",
                "ls \u0007",
                "ls\u0000id",
                "l\u0455",
                "ls \\\n-la",
                "a &&",
                "'",
                "\"",
                "$(",
                "if",
                "a ;; b",
                "<",
                "a | | b"
            })
    void whateverElseIsNot(String script) {
        assertNotEquals(Form.LITERAL, grammar.parse(script).form());
        assertEquals(Optional.empty(), grammar.parse(script).literalCommands());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo $(rm -rf x)",
                "echo \"a `rm -rf x` b\"",
                "f() { rm -rf x; }; f",
                "if a; then rm -rf x; fi",
                "while a; do b | rm -rf x; done",
                "cat <(rm -rf x)",
                "(a; { rm -rf x; })",
                "y=$(rm -rf x)",
                ">out rm -rf x",
                "rm >out -rf x",
                "r'm' -rf x",
                "\"rm\" -rf x",
                "r\\m -rf x",
                "$'\\x72m' -rf x",
                "a=1 rm -rf x",
                "! rm -rf x",
                "a & rm -rf x",
                "case a in a) rm -rf x;; esac"
            })
    void everyCommandIsFoundWhereverItHides(String script) {
        assertTrue(
                grammar.parse(script).commands().anyMatch(each -> each.words().equals(List.of("rm", "-rf", "x"))),
                () -> grammar.parse(script).toString());
    }

    @Test
    void whatIsRedirectedIntoIsKnown() {
        assertEquals(List.of("/dev/sda"), grammar.parse("cat x > /dev/sda").written());
        assertEquals(List.of(), grammar.parse("cat < /dev/sda").written());
    }

    @Test
    void namesWhoseOutputBecomesAWord() {
        assertEquals(
                List.of("curl"),
                grammar.parse("bash -c \"$(curl x.test)\"")
                        .commands()
                        .filter(each -> each.program().equals("bash"))
                        .findFirst()
                        .orElseThrow()
                        .fedBy());
    }

    @Test
    void whatIsTooLongOrTooDeepIsUnreadable() {
        assertEquals(Script.UNREADABLE, grammar.parse("a ".repeat(70_000)));
        assertEquals(
                Form.UNREADABLE,
                grammar.parse("(".repeat(5_000) + "ls" + ")".repeat(5_000)).form());
        assertEquals(Form.UNREADABLE, grammar.parse("$(".repeat(5_000)).form());
    }

    @Test
    void placesAreRightBehindLettersOfOtherScripts() {
        assertEquals(
                List.of("echo", "größe€😀", "x"),
                grammar.parse("echo größe€😀 x")
                        .commands()
                        .findFirst()
                        .orElseThrow()
                        .words());
    }
}
