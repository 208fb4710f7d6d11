package dev.fettle.core.permission.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.permission.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyFileTest {
    private static List<Rule> parse(String json, Layer layer) {
        return PolicyFile.parse("policy.json", json, layer, new PlainWords());
    }

    private static List<String> mistakes(String json, Layer layer) {
        return assertThrows(PolicyFileException.class, () -> parse(json, layer)).mistakes();
    }

    private static List<String> mistakes(String rule) {
        return mistakes("{\"rules\": [" + rule + "]}", Layer.USER);
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        assertEquals(
                List.of(
                        "Rule 1 has `tool`: `exceute`; did you mean `execute`?",
                        "Rule 2 has no `decison`; did you mean `decision`?",
                        "Rule 3 needs `match`, a list of words such as [\"git\", \"push\"].",
                        "Rule 3 has `decision`: `perhaps`; it has to be one of allow, ask, deny.",
                        "Rule 4 needs both or neither of `scope`: `project` and `project`: the directory it is for.",
                        "Rule 5 has `flags`, which are for commands.",
                        "Rule 6 has a `reach`, which is for `tool`: `widen`.",
                        "Rule 7 has to be an object."),
                mistakes("""
                        {"rules": [
                          {"tool": "exceute", "match": ["a"], "decision": "deny"},
                          {"tool": "execute", "match": ["a"], "decison": "deny"},
                          {"tool": "execute", "match": "a", "decision": "perhaps"},
                          {"tool": "execute", "match": ["a"], "decision": "deny", "scope": "project"},
                          {"tool": "read", "match": "a", "flags": ["-l"], "decision": "deny"},
                          {"tool": "execute", "match": ["a"], "reach": "full", "decision": "deny"},
                          7
                        ]}
                        """, Layer.USER));
    }

    @Test
    void aTextThatIsNoPolicyIsRefused() {
        assertTrue(mistakes("{", Layer.USER).getFirst().startsWith("It is not valid JSON"));
        assertTrue(mistakes("{\"rules\": []} x", Layer.USER).getFirst().startsWith("It is not valid JSON"));
        assertTrue(mistakes("{\"rules\": [], \"rules\": []}", Layer.USER)
                .getFirst()
                .contains("rules"));
        assertEquals(List.of("The file needs `rules`, a list."), mistakes("{}", Layer.USER));
        assertEquals(
                List.of("The file has to be an object.", "The file needs `rules`, a list."),
                mistakes("[]", Layer.USER));
    }

    @Test
    void aFailingExampleRefusesTheFile() {
        assertEquals(
                List.of(
                        "Rule `git push` should fit its example `git pull`, but does not.",
                        "Rule `git push` should not fit its example `git push origin`, but does."),
                mistakes("""
                        {"tool": "execute", "match": ["git", "push"], "decision": "ask",
                         "examples": {"match": ["git push", "git pull"], "no_match": ["git push origin", "git log"]}}
                        """));
    }

    @Test
    void examplesOfPathsAndOfWiderReachAreCheckedToo() {
        assertEquals(2, parse("""
                                {"rules": [
                                  {"tool": "write", "match": "src/**/*.java", "decision": "deny",
                                   "examples": {"match": ["src/a/B.java", "src/B.java"], "no_match": ["src/B.kt", "B.java"]}},
                                  {"tool": "widen", "match": ["npm"], "reach": "network", "decision": "allow",
                                   "examples": {"match": ["npm ci"], "no_match": ["npx x"]}}
                                ]}
                                """, Layer.USER).size());
        assertEquals(List.of("Rule `*.pem` should fit its example `a/b.pem`, but does not."), mistakes("""
                        {"tool": "read", "match": "*.pem", "decision": "deny", "examples": {"match": ["a/b.pem"]}}
                        """));
    }

    @Test
    void aProjectMayOnlyTighten() {
        assertEquals(
                List.of("Rule 1 (`ls`) allows something; a project's file may only ask or deny."
                        + " Put it into your own policy.json."),
                mistakes(
                        "{\"rules\": [{\"tool\": \"execute\", \"match\": [\"ls\"], \"decision\": \"allow\"}]}",
                        Layer.PROJECT));
    }

    @Test
    void aCommandBeginsWithAProgram() {
        assertEquals(
                List.of("Rule 1 has a `match` that begins with `-rf`; it has to begin with a program's name."),
                mistakes("{\"tool\": \"execute\", \"match\": [\"-rf\"], \"decision\": \"deny\"}"));
    }

    @Test
    void nobodyAllowsEverything() {
        assertEquals(
                List.of("Rule 1 (`any command`) allows every command; name at least one word in `match`."),
                mistakes("{\"tool\": \"execute\", \"match\": [], \"decision\": \"allow\"}"));
    }
}
