package dev.fettle.tools.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class GitRulesTest {
    private static final Map<String, List<String>> NAMES = Map.of(
            "github.com", List.of("140.82.112.3"),
            "inside.example.com", List.of("10.1.2.3"),
            "metadata.example.com", List.of("169.254.169.254"),
            "loop.example.com", List.of("127.0.0.1"),
            "both.example.com", List.of("140.82.112.3", "192.168.1.1"),
            "six.example.com", List.of("::1"),
            "mapped.example.com", List.of("::ffff:10.0.0.1"),
            "localhost", List.of("127.0.0.1"));

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> found = NAMES.getOrDefault(host, List.of());
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static GitRules rules(String... hosts) {
        return new GitRules(List.of(hosts), Optional.empty(), GitRulesTest::resolve);
    }

    private static GitSource source(String url) {
        return new GitSource(url, Optional.empty(), Optional.empty());
    }

    @TestFactory
    Stream<DynamicTest> nobodyGetsIntoTheNetworkOfTheService() {
        return Stream.of(
                        "https://localhost/a.git",
                        "https://loop.example.com/a.git",
                        "https://inside.example.com/a.git",
                        "https://metadata.example.com/latest/meta-data",
                        "https://both.example.com/a.git",
                        "https://six.example.com/a.git",
                        "https://mapped.example.com/a.git",
                        "https://unknown.example.com/a.git",
                        "https://127.0.0.1/a.git",
                        "https://127.1/a.git",
                        "https://2130706433/a.git",
                        "https://0x7f.1/a.git",
                        "https://[::1]/a.git",
                        "https://140.82.112.3/a.git",
                        "https://github.com:22/a.git",
                        "https://github.com./a.git",
                        "https://github.com",
                        "https://github.com/",
                        "https:///a.git",
                        "https:a.git",
                        "https://user@github.com/a.git",
                        "https://user:hunter2@github.com/a.git",
                        "https://hunter2@github.com/a.git",
                        "https://github.com/a.git?token=hunter2",
                        "https://github.com/a.git#hunter2",
                        "http://github.com/a.git",
                        "git://github.com/a.git",
                        "ssh://git@github.com/a.git",
                        "git@github.com:a/b.git",
                        "ext::sh -c touch% /tmp/evil",
                        "fd::17/foo",
                        "--upload-pack=touch /tmp/evil",
                        "/etc",
                        "../..",
                        "file:///etc",
                        "file://github.com/etc",
                        "",
                        "https://github.com/" + "a".repeat(3_000))
                .map(url -> DynamicTest.dynamicTest(url.isEmpty() ? "nothing" : url, () -> {
                    KeptWorkspaceException refusal =
                            assertThrows(KeptWorkspaceException.class, () -> rules().check(source(url)));
                    assertEquals(KeptWorkspaceException.Kind.REFUSED, refusal.kind());
                    assertFalse(refusal.getMessage().contains("hunter2"), refusal.getMessage());
                }));
    }

    @Test
    void aPublicHostIsPinnedToTheAddressThatWasLookedAt() {
        assertEquals(
                new GitAddress(
                        "https",
                        "https://github.com/a/b.git",
                        "github.com",
                        Optional.of(InetAddress.ofLiteral("140.82.112.3"))),
                rules().check(source("HTTPS://GitHub.com:443/a/b.git")));
    }

    @Test
    void aListOfHostsIsAllThereIs() {
        GitRules rules = rules("inside.example.com", "127.0.0.1");
        assertEquals(
                new GitAddress("https", "https://inside.example.com:8443/a", "inside.example.com", Optional.empty()),
                rules.check(source("https://inside.example.com:8443/a")));
        assertEquals(
                new GitAddress("ssh", "ssh://git@inside.example.com/a", "inside.example.com", Optional.empty()),
                rules.check(source("ssh://inside.example.com/a")));
        assertEquals(
                "ssh://me@127.0.0.1:22/a",
                rules.check(source("ssh://me@127.0.0.1:22/a")).url());
        for (String url : List.of(
                "https://github.com/a",
                "ssh://git@github.com/a",
                "ssh://me:hunter2@inside.example.com/a",
                "ssh://-oProxyCommand=evil@inside.example.com/a",
                "ssh://inside.example.com/-a")) {
            assertThrows(KeptWorkspaceException.class, () -> rules.check(source(url)), url);
        }
    }

    @Test
    void filesAreFetchedFromBelowOneDirectoryOnly(@TempDir Path directory) throws IOException {
        Path root = directory.toRealPath().resolve("allowed");
        Path allowed = Files.createDirectories(root.resolve("shop.git"));
        Path other = Files.createDirectory(directory.toRealPath().resolve("other"));
        Files.createSymbolicLink(allowed.resolveSibling("link"), other);
        GitRules rules = new GitRules(List.of(), Optional.of(root), GitRulesTest::resolve);

        assertEquals("file", rules.check(source("file://" + allowed)).scheme());
        for (Path each : List.of(
                other,
                root,
                allowed.resolveSibling("link"),
                allowed.resolveSibling("missing"),
                allowed.resolve("../../other"))) {
            assertThrows(KeptWorkspaceException.class, () -> rules.check(source("file://" + each)), each.toString());
        }
    }

    @Test
    void aRefIsANameAndNoOption() {
        for (String ref :
                List.of("-x", "--upload-pack=evil", "a..b", "a b", "a@{1}", "", "a/", "a.lock", "a~1", ":b")) {
            GitSource source = new GitSource("https://github.com/a", Optional.of(ref), Optional.empty());
            assertThrows(KeptWorkspaceException.class, () -> rules().check(source), ref);
        }
        GitSource none = new GitSource("https://github.com/a", Optional.empty(), Optional.of(0));
        assertThrows(KeptWorkspaceException.class, () -> rules().check(none));
    }
}
