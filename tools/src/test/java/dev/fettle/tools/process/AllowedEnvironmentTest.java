package dev.fettle.tools.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AllowedEnvironmentTest {
    private static final Map<String, String> ALWAYS =
            Map.of("TERM", "dumb", "CI", "1", "GIT_TERMINAL_PROMPT", "0", "PAGER", "cat", "GIT_PAGER", "cat");

    @Test
    void keepsWhatBuildsNeed() {
        Map<String, String> needed = Map.of(
                "PATH",
                "/bin",
                "HOME",
                "/home/me",
                "LANG",
                "de_DE.UTF-8",
                "LC_ALL",
                "C",
                "JAVA_HOME",
                "/jdk",
                "MAVEN_OPTS",
                "-Xmx1g",
                "HTTPS_PROXY",
                "http://proxy:3128",
                "TMPDIR",
                "/tmp");
        assertEquals(with(needed), ProcessShell.allowedEnvironment(needed));
    }

    @Test
    void keepsNothingThatCouldBeASecret() {
        Map<String, String> secrets = Map.of(
                "ANTHROPIC_API_KEY", "sk-1",
                "GITHUB_TOKEN", "ghp_1",
                "AWS_SECRET_ACCESS_KEY", "x",
                "DATABASE_URL", "postgres://me:pw@db/x",
                "MAVEN_OPTS", "-Dgpg.passphrase=x",
                "HTTPS_PROXY", "http://me:pw@proxy:3128",
                "PIP_INDEX_URL", "https://user:pw@index/simple",
                "LC_TOKEN", "x",
                "SSH_AUTH_SOCK", "/tmp/agent",
                "BASH_ENV", "/tmp/evil");
        assertEquals(with(Map.of("LANG", "C.UTF-8")), ProcessShell.allowedEnvironment(secrets));
    }

    @Test
    void letsNobodyWaitForAPerson() {
        assertEquals(
                with(Map.of("LANG", "C.UTF-8")),
                ProcessShell.allowedEnvironment(Map.of("TERM", "xterm", "PAGER", "less", "CI", "")));
    }

    private static Map<String, String> with(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(own);
        all.putAll(ALWAYS);
        return all;
    }
}
