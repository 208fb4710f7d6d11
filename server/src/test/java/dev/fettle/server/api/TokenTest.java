package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.server.token.OwnTokens;
import dev.fettle.server.token.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What tokens are good for, and for how long.
@Timeout(30)
class TokenTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client ann;
    private Office.Client admin;

    @BeforeEach
    void open() throws IOException {
        office = new Office(
                root,
                Duration.ZERO,
                clock -> new Tokens(
                        Optional.of(new OwnTokens(SECRET, Duration.ofMinutes(10), clock)), Optional.empty(), clock));
        ann = office.user("ann", Role.USER);
        admin = office.user("root", Role.ADMIN);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Office.Client token(Office.Client client, String body) {
        Office.Reply given = client.post("/api/v1/token", body);
        assertEquals(200, given.status(), given.body());
        assertEquals("no-store", given.header("Cache-Control").orElseThrow());
        return office.bearing(given.text("access_token"));
    }

    private int users(Office.Client client) {
        return client.get("/api/v1/users").status();
    }

    @Test
    void aTokenOpensWhatItsKeyDoes() {
        Office.Reply given = admin.post("/api/v1/token", "");
        assertEquals("Bearer", given.text("token_type"));
        assertEquals(600, given.json().path("expires_in").asInt());
        assertEquals("read run admin", given.text("scope"));
        Office.Client bearer = office.bearing(given.text("access_token"));
        assertEquals("root", bearer.get("/api/v1/me").text("name"));
        assertEquals(200, users(bearer));
        assertEquals(List.of("token.give"), office.desk.noted);

        Office.Client anns = token(ann, "");
        assertEquals(
                "[\"read\",\"run\"]",
                anns.get("/api/v1/me").json().path("scopes").toString());
        assertEquals(403, users(anns));
        assertEquals(202, anns.post("/api/v1/runs", "{\"prompt\":\"hi\"}").status());
    }

    @Test
    void aTokenOpensLessIfThatIsWantedAndNeverMore() {
        Office.Client reader = token(admin, "{\"scopes\":[\"read\"]}");
        assertEquals(200, reader.get("/api/v1/runs").status());
        assertEquals(403, reader.post("/api/v1/runs", "{\"prompt\":\"hi\"}").status());
        assertEquals(403, users(reader));

        assertEquals(403, ann.post("/api/v1/token", "{\"scopes\":[\"admin\"]}").status());
        assertEquals(422, ann.post("/api/v1/token", "{\"scopes\":[\"all\"]}").status());
        assertEquals(422, ann.post("/api/v1/token", "{\"scopes\":[]}").status());
    }

    @Test
    void aTokenGetsNoOtherOne() {
        Office.Reply refused = token(ann, "").post("/api/v1/token", "");
        assertEquals(403, refused.status());
        assertTrue(refused.body().contains("send your key"), refused.body());
        assertEquals(401, office.as("nobody").post("/api/v1/token", "").status());
    }

    @Test
    void aTokenIsGoodForItsTime() {
        Office.Client bearer = token(ann, "");
        office.clock.advance(Duration.ofMinutes(10));
        assertEquals(200, bearer.get("/api/v1/me").status(), "clocks may differ");
        office.clock.advance(Duration.ofSeconds(31));
        assertEquals(401, bearer.get("/api/v1/me").status());
        assertEquals(200, ann.get("/api/v1/me").status());
    }

    @Test
    void aTokenEndsWithItsKeyAtOnceAndElsewhereWithinTwoSeconds() {
        String id = office.registry.find("ann").orElseThrow().id();
        Office.Client here = token(ann, "");
        assertEquals(200, here.get("/api/v1/me").status());
        String key = office.registry.list(id).getFirst().id();
        assertEquals(204, admin.send("DELETE", "/api/v1/keys/" + key, "").status());
        assertEquals(401, here.get("/api/v1/me").status());

        Keys.Created other = office.registry.create(id, "other", Set.of(KeyScope.READ));
        Office.Client bearer = token(office.as(other.secret().reveal()), "");
        assertEquals(200, bearer.get("/api/v1/me").status());
        office.registry.revoke(id, other.key().id());
        office.clock.advance(Duration.ofSeconds(2));
        assertEquals(401, bearer.get("/api/v1/me").status());
    }

    @Test
    void aTokenDoesNotOutliveAKeyThatEnds() {
        String id = office.registry.find("ann").orElseThrow().id();
        Keys.Created brief = office.registry.create(new Keys.Order(
                id,
                "brief",
                Set.of(KeyScope.READ),
                Optional.of(office.clock.instant().plusSeconds(60))));
        Office.Client bearer = token(office.as(brief.secret().reveal()), "");
        assertEquals(200, bearer.get("/api/v1/me").status());
        office.clock.advance(Duration.ofSeconds(60));
        assertEquals(401, bearer.get("/api/v1/me").status());
    }

    @Test
    void aTokenEndsWithItsUserAndTheirRole() {
        String bob = office.registry.add("bob", Role.ADMIN).id();
        String key = office.registry
                .create(bob, "all", Set.of(KeyScope.values()))
                .secret()
                .reveal();
        Office.Client bearer = token(office.as(key), "");
        assertEquals(200, users(bearer));
        assertEquals(
                200,
                admin.send("PATCH", "/api/v1/users/" + bob, "{\"role\":\"user\"}")
                        .status());
        assertEquals(403, users(bearer));
        assertEquals(200, bearer.get("/api/v1/me").status());
        assertEquals(
                200,
                admin.send("PATCH", "/api/v1/users/" + bob, "{\"active\":false}")
                        .status());
        assertEquals(401, bearer.get("/api/v1/me").status());
    }

    @Test
    void theLastAdministratorCanNotBeShutOutByAnotherWhoWasOne() {
        String bob = office.registry.add("bob", Role.ADMIN).id();
        String root = office.registry.find("root").orElseThrow().id();
        Office.Client was = office.as(office.registry
                .create(bob, "all", Set.of(KeyScope.values()))
                .secret()
                .reveal());
        assertEquals(200, users(was));
        // Another process makes bob a user; here he is remembered as an administrator for two seconds.
        office.registry.setRole(bob, Role.USER);
        assertEquals(
                409,
                was.send("PATCH", "/api/v1/users/" + root, "{\"active\":false}").status());
        assertEquals(
                409,
                was.send("PATCH", "/api/v1/users/" + root, "{\"role\":\"user\"}")
                        .status());
        assertEquals(200, users(admin));
    }

    @Test
    void aServiceWithoutASecretGivesNone(@TempDir Path other) throws IOException {
        try (Office without = new Office(other, Duration.ZERO)) {
            Office.Reply refused = without.user("ann", Role.USER).post("/api/v1/token", "");
            assertEquals(501, refused.status());
            assertTrue(refused.body().contains("SECRET_KEY"), refused.body());
        }
    }

    @Test
    void aTokenSentTwiceIsToldOnce() {
        assertEquals(200, ann.post("/api/v1/token", "", "Idempotency-Key", "k").status());
        assertEquals(409, ann.post("/api/v1/token", "", "Idempotency-Key", "k").status());
    }

    @Test
    void aSecretThatCanBeGuessedIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new OwnTokens(SECRET.substring(1), Duration.ofMinutes(1), office.clock));
    }
}
