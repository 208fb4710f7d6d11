package dev.fettle.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SecretVaultTest {
    private static final byte[] KEY = "the key of this machine, 32 byte".getBytes(StandardCharsets.UTF_8);
    private static final String GITHUB = "gh" + "p_q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2Ra8E";
    private static final String GITLAB = "gl" + "pat-q7Zr2Lx9Kd4Vb8Tn3Wm6";

    private static Secrets secrets(SecretUse use, String... allowed) {
        return new Secrets(Map.of("configured-Value-1", "openai"), KEY, Set.of(allowed), use);
    }

    private final SecretVault vault = secrets(SecretUse.NEVER).vault(List.of());

    @Test
    void aValueHasOneHandleAndHandlesAreNumberedByAppearance() {
        assertEquals("⟨secret:github#1⟩ and ⟨secret:gitlab#1⟩", vault.redact(GITHUB + " and " + GITLAB, false));
        assertEquals("⟨secret:gitlab#1⟩, ⟨secret:github#1⟩", vault.redact(GITLAB + ", " + GITHUB, false));
        assertEquals("⟨secret:github#2⟩", vault.redact(GITHUB.replace('q', 'z'), false));
        assertEquals(
                List.of("github#1", "gitlab#1", "github#2"),
                vault.takeFresh().stream().map(SeenSecret::handle).toList());
        assertEquals(List.of(), vault.takeFresh());
    }

    @Test
    void handlesOutliveTheProcessWithoutTheValues() {
        vault.redact(GITHUB + "\n" + GITLAB + "\nconfigured-Value-1", false);
        List<SeenSecret> seen = vault.takeFresh();
        assertFalse(seen.toString().contains("q7Zr2"), seen.toString());

        SecretVault later = secrets(SecretUse.NEVER).vault(seen);
        assertEquals("⟨secret:github#1⟩", later.reveal("⟨secret:github#1⟩"));
        assertEquals(Optional.empty(), later.value("github#1"));
        assertEquals(Optional.of("configured-Value-1"), later.value("openai#1"));
        assertEquals("⟨secret:gitlab#2⟩", later.redact(GITLAB.replace('q', 'z'), false));
        assertEquals("⟨secret:github#1⟩", later.redact(GITHUB, false));
        assertEquals(GITHUB, later.reveal("⟨secret:github#1⟩"));
    }

    @Test
    void whoHasAnotherKeyCannotRecogniseValues() {
        vault.redact(GITHUB, false);
        SecretVault other = new Secrets(Map.of(), new byte[] {1}, Set.of(), SecretUse.NEVER).vault(vault.takeFresh());
        assertEquals("⟨secret:github#2⟩", other.redact(GITHUB, false));
    }

    @Test
    void aValueOnceMetIsKnownAgainInAnySpelling() {
        String value = "Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2";
        vault.redact("password=" + value, false);
        assertEquals("echo ⟨secret:password#1⟩.", vault.redact("echo " + value + ".", false));
        String wrapped = value.substring(0, 9) + "\n    " + value.substring(9);
        assertEquals("key ⟨secret:password#1⟩ end", vault.redact("key " + wrapped + " end", false));
        String numbered = "     1\t" + value.substring(0, 9) + "\n     2\t" + value.substring(9);
        assertEquals("     1\t⟨secret:password#1⟩", vault.redact(numbered, false));
        String base64 = Base64.getEncoder().encodeToString(("k=" + value).getBytes(StandardCharsets.UTF_8));
        String redacted = vault.redact(base64, false);
        assertTrue(redacted.contains("⟨secret:password#2⟩"), redacted);
        assertEquals(base64, vault.reveal(redacted));
    }

    @Test
    void wordsAreNotRememberedAsValues() {
        assertEquals("DB_PASSWORD=⟨secret:env#1⟩", vault.redact("DB_PASSWORD=elephant", true));
        assertEquals("an elephant", vault.redact("an elephant", false));
    }

    @Test
    void aValueInsideALongerOneGoesWithIt() {
        vault.redact("password=Kd4Vb8Tn3Wm6", false);
        assertEquals("token: ⟨secret:token#1⟩", vault.redact("token: Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2", false));
    }

    @Test
    void handlesInATextStayAsTheyAre() {
        for (String text :
                List.of("⟨secret:github#1⟩", "⟨secret:nothing#9⟩", "password=⟨secret:password#1⟩x", "⟨secret:", "⟨⟩")) {
            assertEquals(text, vault.redact(text, true));
            assertEquals(text, vault.reveal(text));
        }
        assertEquals(List.of(), vault.handlesIn("⟨secret:nothing#9⟩"));
    }

    @Test
    void theUserCanLetOneThroughByNameAlsoBeforeItIsMet() {
        vault.redact(GITHUB + " " + GITLAB, false);
        vault.allow("github#1");
        assertEquals(GITHUB + " ⟨secret:gitlab#1⟩", vault.redact(GITHUB + " " + GITLAB, false));
        vault.allow("gitlab");
        assertEquals(GITLAB, vault.redact(GITLAB, false));
        SecretVault next = secrets(SecretUse.NEVER, "github#1").vault(List.of());
        assertEquals(GITHUB, next.redact(GITHUB, false));
    }

    @Test
    void toolsGetAValueOnlyWhereSomebodySaidSo() {
        SecretVault asked = secrets((handle, tool) -> tool.equals("deploy")).vault(List.of());
        asked.redact(GITHUB, false);
        assertTrue(asked.mayReveal("github#1", "deploy"));
        assertFalse(asked.mayReveal("github#1", "bash"));
        assertFalse(asked.mayReveal("github#7", "deploy"));
        vault.redact(GITHUB, false);
        assertFalse(vault.mayReveal("github#1", "deploy"));
        vault.allow("github#1");
        assertTrue(vault.mayReveal("github#1", "bash"));
    }

    @Test
    void whatAModelMadeUpStaysUnlessItIsKnown() {
        assertEquals("password=Kd4Vb8Tn3Wm6", vault.redactKnown("password=Kd4Vb8Tn3Wm6"));
        assertEquals("⟨secret:openai#1⟩", vault.redactKnown("configured-Value-1"));
    }

    @Test
    void textWithoutSecretsIsUntouchedAndTwiceIsOnce() {
        Random random = new Random(7);
        List<String> pieces = List.of(
                "password=",
                GITHUB,
                "Kd4Vb8Tn3Wm6",
                " ",
                "\n",
                "\"",
                "token: ",
                "the quick brown fox ",
                "://ada:",
                "@host",
                "configured-Value-1",
                "⟨secret:",
                "⟩",
                ".env:3: A=",
                "=",
                "-----BEGIN PRIVATE KEY-----",
                "+",
                "{\"a\":1}");
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            SecretVault fresh = secrets(SecretUse.NEVER).vault(List.of());
            String once = fresh.redact(text.toString(), i % 2 == 0);
            assertEquals(once, fresh.redact(once, i % 2 == 0), text.toString());
            if (fresh.takeFresh().isEmpty()) {
                assertEquals(text.toString(), once);
            }
            assertFalse(once.contains("configured-Value-1"), text.toString());
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            words.add("word" + (char) ('a' + random.nextInt(26)));
        }
        String prose = String.join(" ", words);
        assertSame(prose, vault.redact(prose, false));
    }

    @Test
    void titlesAndLogsGetNoNumbers() {
        assertEquals("use ⟨secret:github⟩ now", secrets(SecretUse.NEVER).mask("use " + GITHUB + " now"));
    }

    @Test
    void settingsAreCalledByWhatTheyOpen() {
        assertEquals(
                List.of("openai", "github", "db", "secret", "aws"),
                Stream.of("OPENAI_API_KEY", "GITHUB_TOKEN", "DB_PASSWORD", "SECRET_KEY", "AWS_SECRET_ACCESS_KEY")
                        .map(Secrets::kindOf)
                        .toList());
    }
}
