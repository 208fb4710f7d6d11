package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.secret.SecretUse;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.TurnListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Canaries in all places that a turn can see, and a look into everything that leaves it.
final class SecretsInTurnTest {
    private static final String CANARY = "c4N4ry";
    private static final String GITHUB = "gh" + "p_c4N4ryx9Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2Ra8E";
    private static final String PROVIDER_KEY = "plain-c4N4ry-key";

    private final Scene scene = new Scene();
    private final List<String> given = new ArrayList<>();

    private static Secrets secrets(SecretUse use) {
        return new Secrets(Map.of(PROVIDER_KEY, "openai"), new byte[] {7}, Set.of(), use);
    }

    SecretsInTurnTest() {
        scene.secrets = secrets(SecretUse.NEVER);
        scene.tools.add(new Given("bash", Effect.UNSAFE));
        scene.tools.add(new Given("edit", Effect.KEYED));
    }

    @Test
    void noCanaryReachesARequestOrTheLog() {
        String pem = "-----BEGIN OPENSSH PRIVATE KEY-----\n" + (CANARY + "b3BlbnNzaC1rZXktdjEA").repeat(3)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
        scene.tool(
                "env", Effect.READ, _ -> "HOME=/root\nOPENAI_API_KEY=" + PROVIDER_KEY + "\nX=" + base64(PROVIDER_KEY));
        scene.tool("dotenv", Effect.READ, _ -> "A=1\nLICENCE=c4N4ry-QX7-88\n");
        scene.tool("keyfile", Effect.READ, _ -> pem);
        scene.tool(
                "history", Effect.READ, _ -> "diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n-OLD=c4N4ry-QX7-89\n");
        scene.tool("fails", Effect.READ, _ -> {
            throw new ToolException("Cannot log in with " + GITHUB);
        });
        scene.tool("breaks", Effect.READ, _ -> {
            throw new IllegalStateException("Bad token: " + GITHUB);
        });
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));

        Outcome outcome = scene.run(
                call(
                        new ToolCall("1", "env", "{}"),
                        new ToolCall("2", "dotenv", "{\"path\":\".env\"}"),
                        new ToolCall("3", "keyfile", "{}"),
                        new ToolCall("4", "history", "{}"),
                        new ToolCall("5", "fails", "{}"),
                        new ToolCall("6", "breaks", "{}")),
                Scene.stop(
                        StopReason.TOOL_CALLS,
                        new ContentBlock.Reasoning("", "test", "{\"t\":\"" + PROVIDER_KEY + "\"}"),
                        new ContentBlock.Text("I see " + PROVIDER_KEY),
                        new ToolCall("7", "bash", "{\"command\":\"echo " + PROVIDER_KEY + "\"}")),
                _ -> {
                    throw new ModelException(ModelException.Kind.AUTH, "Incorrect key: " + PROVIDER_KEY);
                });

        assertFalse(outcome.message().contains(CANARY), outcome.message());
        assertEquals(3, scene.requests.size());
        assertFalse(scene.requests.toString().contains(CANARY), scene.requests.toString());
        assertFalse(scene.requests.toString().contains(base64(PROVIDER_KEY).substring(0, 16)));
        for (String line : lines()) {
            assertFalse(line.contains(CANARY), line);
        }
        assertEquals(7, scene.results().size());
    }

    @Test
    void whatTheUserSaysAndTheProjectInstructsHasHandles() {
        scene.secrets = secrets(SecretUse.NEVER);
        Turn turn = turn();
        turn.record(new Event.SessionStarted("/work/here", "Use " + GITHUB));
        turn.record(new Event.UserSaid("My key is " + PROVIDER_KEY, List.of()));
        turn.record(new Event.PermissionDecided(
                "1", new Permission.Execute("curl -H " + PROVIDER_KEY), false, "person", "user:curl", "because"));
        assertEquals(
                List.of("secret_seen", "session_started", "secret_seen", "user_said", "permission_decided"),
                lines().stream()
                        .map(line -> line.substring(9, line.indexOf('"', 9)))
                        .toList());
        assertFalse(String.join("\n", lines()).contains(CANARY));
        assertEquals("Use ⟨secret:github#1⟩", turn.conversation().instructions().orElseThrow());
    }

    @Test
    void handlesStayTheSameWhenTheProcessWasRestarted() {
        turn().record(new Event.UserSaid("It is " + GITHUB, List.of()));
        scene.secrets = secrets(SecretUse.NEVER);
        turn().record(new Event.UserSaid("Again " + GITHUB, List.of()));
        assertEquals(
                List.of("It is ⟨secret:github#1⟩", "Again ⟨secret:github#1⟩"),
                scene.log.entries().stream()
                        .filter(entry -> entry.event() instanceof Event.UserSaid)
                        .map(entry -> ((Event.UserSaid) entry.event()).text())
                        .toList());
        assertEquals(1, Conversation.of(scene.log.entries()).secrets().size());
    }

    @Test
    void aToolIsNotGivenAValueAndTheModelIsToldWhatToDo() {
        ToolResult refused = runs("bash", "{\"command\":\"curl -H ⟨secret:github#1⟩\"}");
        assertEquals(ToolResult.Kind.ERROR, refused.kind());
        assertTrue(refused.text().contains("--allow-secret github#1"), refused.text());
        assertEquals(List.of(), given);
    }

    @Test
    void aHandleWrittenAsAnEscapeIsAHandle() {
        assertEquals(
                ToolResult.Kind.ERROR,
                runs("bash", "{\"command\":\"echo \\u27e8secret:github#1\\u27e9\"}")
                        .kind());
    }

    @Test
    void aToolThatMayHaveItGetsTheValueAndTheLogDoesNot() {
        scene.secrets = secrets((handle, tool) -> handle.equals("github#1") && tool.equals("bash"));
        ToolResult result =
                runs("bash", "{\"command\":\"curl -H ⟨secret:github#1⟩\",\"more\":[1,\"⟨secret:none#1⟩\"]}");
        assertEquals(List.of("{\"command\":\"curl -H " + GITHUB + "\",\"more\":[1,\"⟨secret:none#1⟩\"]}"), given);
        assertEquals("ran {\"command\":\"curl -H ⟨secret:github#1⟩\",\"more\":[1,\"⟨secret:none#1⟩\"]}", result.text());
        assertFalse(String.join("\n", lines()).contains(CANARY));
    }

    @Test
    void aValueCannotChangeWhatACommandMeans() {
        scene.secrets = secrets((_, _) -> true);
        Turn turn = turn();
        turn.record(new Event.UserSaid("password='c4N4ry;reboot-7x'", List.of()));
        ToolResult refused = runs("bash", "{\"command\":\"login ⟨secret:password#1⟩\"}");
        assertEquals(ToolResult.Kind.ERROR, refused.kind());
        assertEquals(List.of(), given);
    }

    @Test
    void aValueCannotBePartOfAPath() {
        scene.secrets = secrets((_, _) -> true);
        ToolResult refused = runs("edit", "{\"path\":\"⟨secret:github#1⟩\"}");
        assertEquals("A secret cannot be part of a path. Nothing was done.", refused.text());
    }

    @Test
    void anEditThatLeavesTheValueWhereItIsNeedsNoPermission() {
        runs("edit", "{\"path\":\"a\",\"keep\":\"⟨secret:github#1⟩\"}");
        assertEquals(List.of("{\"path\":\"a\",\"keep\":\"" + GITHUB + "\"}"), given);
    }

    @Test
    void aValueThatOnlyAnEarlierProcessKnewIsSaidSo() {
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.log.append(new Event.SecretSeen("github#1", "github", "00"));
        scene.run(call(new ToolCall("1", "edit", "{\"keep\":\"⟨secret:github#1⟩\"}")), say("done"));
        assertTrue(scene.results().getFirst().text().contains("not known any more"));
    }

    private ToolResult runs(String tool, String arguments) {
        turn().record(new Event.UserSaid("It is " + GITHUB, List.of()));
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.run(call(new ToolCall("1", tool, arguments)), say("done"));
        return scene.results().getFirst();
    }

    private Turn turn() {
        return new Turn(scene.assignment(), new Toolbox(List.of()), scene.log, TurnListener.NONE, HandOver.NEVER);
    }

    private List<String> lines() {
        return scene.log.entries().stream()
                .map(entry -> EventJson.write(entry.event()))
                .toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Remembers what arguments it was given.
    private final class Given implements Tool {
        private final String name;
        private final Effect effect;

        Given(String name, Effect effect) {
            this.name = name;
            this.effect = effect;
        }

        @Override
        public ToolSpec spec() {
            return new ToolSpec(name, "does " + name, "{\"type\":\"object\"}");
        }

        @Override
        public Effect effect() {
            return effect;
        }

        @Override
        public boolean putsBack(String arguments, String text) {
            return arguments.contains("keep");
        }

        @Override
        public Invocation prepare(String arguments) {
            return new Invocation() {
                @Override
                public List<Permission> permissions() {
                    return effect == Effect.UNSAFE
                            ? List.of(new Permission.Execute(arguments))
                            : List.of(new Permission.Write(arguments.replaceAll("\"keep.*", "")));
                }

                @Override
                public ToolOutput run(ToolContext context) {
                    given.add(arguments);
                    return ToolOutput.of("ran " + arguments);
                }
            };
        }
    }
}
