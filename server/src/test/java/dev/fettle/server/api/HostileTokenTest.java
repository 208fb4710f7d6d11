package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Role;
import dev.fettle.server.token.IdentityProvider;
import dev.fettle.server.token.OwnTokens;
import dev.fettle.server.token.PublishedKeys;
import dev.fettle.server.token.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every known way to be taken for somebody else by a token is answered like any token that is no good: the same words,
/// whatever is wrong.
@Timeout(60)
class HostileTokenTest {
    private static final String SECRET = "correct horse battery staple and more";
    private static final byte[] SECRET_BYTES = SECRET.getBytes(StandardCharsets.UTF_8);
    private static final String ISSUER = "https://login.test/";
    private static final String AUDIENCE = "fettle-test";
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final Forge.Gone GONE = new Forge.Gone();

    @TempDir
    private static Path root = Path.of("");

    private static HttpServer provider;
    private static Office office;
    private static KeyPair rsa;
    private static KeyPair ec;
    private static KeyPair weak;
    private static KeyPair large;
    private static KeyPair strange;
    private static KeyPair mallorys;
    private static String ann;
    private static long now;

    record Trick(String name, String token) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void open() throws IOException, GeneralSecurityException {
        rsa = rsa(2048);
        weak = rsa(1024);
        mallorys = rsa(2048);
        ec = ec("secp256r1");
        large = ec("secp384r1");
        strange = rsa(2048);
        String keys = new JWKSet(List.of(
                        new RSAKey.Builder((RSAPublicKey) rsa.getPublic())
                                .keyID("rsa")
                                .build(),
                        new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic())
                                .keyID("ec")
                                .build(),
                        new RSAKey.Builder((RSAPublicKey) weak.getPublic())
                                .keyID("weak")
                                .build(),
                        new ECKey.Builder(Curve.P_384, (ECPublicKey) large.getPublic())
                                .keyID("large")
                                .build(),
                        new RSAKey.Builder((RSAPublicKey) strange.getPublic())
                                .keyID("encrypts")
                                .keyUse(KeyUse.ENCRYPTION)
                                .build(),
                        new OctetSequenceKey.Builder(
                                        "published by mistake, thirty-two".getBytes(StandardCharsets.UTF_8))
                                .keyID("octets")
                                .build()))
                .toString(false);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        provider.start();
        URI address = URI.create(
                "http://127.0.0.1:%d/keys".formatted(provider.getAddress().getPort()));
        office = new Office(
                root,
                Duration.ZERO,
                clock -> new Tokens(
                        Optional.of(new OwnTokens(SECRET, Duration.ofHours(1), clock)),
                        Optional.of(new IdentityProvider(PublishedKeys.at(address, clock), ISSUER, AUDIENCE)),
                        clock));
        office.user("ann", Role.USER);
        office.user("root", Role.ADMIN);
        office.user("zoe", Role.USER);
        office.registry.deactivate(office.registry.find("zoe").orElseThrow().id());
        ann = office.registry.find("ann").orElseThrow().id();
        now = office.clock.instant().getEpochSecond();
    }

    @AfterAll
    static void close() {
        office.close();
        provider.stop(0);
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static Map<String, Object> ours() {
        return Map.of("iss", "fettle", "aud", "fettle", "sub", ann, "iat", now, "exp", now + 600, "scope", "read run");
    }

    private static Map<String, Object> theirs() {
        return Map.of("iss", ISSUER, "aud", AUDIENCE, "sub", "ann", "iat", now, "exp", now + 600);
    }

    private static String own(Map<String, Object> others) {
        return Forge.hmac("HmacSHA256", SECRET_BYTES, HS256, Forge.with(ours(), others));
    }

    private static String rs256(String header, Map<String, Object> others) {
        return Forge.signed("SHA256withRSA", rsa.getPrivate(), header, Forge.with(theirs(), others));
    }

    private static String rs256(Map<String, Object> others) {
        return rs256("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", others);
    }

    private static String es256(String header, Map<String, Object> others) {
        return Forge.signed("SHA256withECDSAinP1363Format", ec.getPrivate(), header, Forge.with(theirs(), others));
    }

    /// What is good, without which the rest would prove nothing.
    static Stream<Trick> honest() {
        return Stream.of(
                new Trick("our own", own(Map.of())),
                new Trick("our own by name", own(Map.of("sub", "ann"))),
                new Trick("RS256", rs256(Map.of())),
                new Trick("ES256", es256("{\"alg\":\"ES256\",\"kid\":\"ec\"}", Map.of())),
                new Trick("an access token", rs256("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}", Map.of())),
                new Trick("several audiences", rs256(Map.of("aud", List.of("other", AUDIENCE)))),
                new Trick("a clock that is 29 s fast", rs256(Map.of("iat", now + 29, "nbf", now + 29))),
                new Trick("a clock that is 29 s slow", rs256(Map.of("exp", now - 29))));
    }

    @ParameterizedTest
    @MethodSource("honest")
    void whatIsGoodOpens(Trick honest) {
        Office.Reply reply = office.bearing(honest.token()).get("/api/v1/me");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("ann", reply.text("name"));
        assertEquals("[\"read\",\"run\"]", reply.json().path("scopes").toString());
    }

    static Stream<Trick> tricks() {
        return Stream.of(nobodys(), confused(), carried(), late(), misdirected(), misshapen())
                .flatMap(each -> each);
    }

    private static Stream<Trick> nobodys() {
        String claims = Forge.with(ours(), Map.of());
        return Stream.of("none", "None", "nOnE", "NONE", "", "HS000").flatMap(name -> {
            String token = Forge.unsigned("{\"alg\":\"%s\"}".formatted(name), claims);
            return Stream.of(
                    new Trick("alg `%s` without a signature".formatted(name), token + "."),
                    new Trick("alg `%s` with one".formatted(name), token + "." + Forge.base64("x")));
        });
    }

    private static Stream<Trick> confused() {
        byte[] der = rsa.getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
        String jwk = new RSAKey.Builder((RSAPublicKey) rsa.getPublic())
                .keyID("rsa")
                .build()
                .toJSONString();
        String header = "{\"alg\":\"HS256\",\"kid\":\"rsa\"}";
        String claims = Forge.with(theirs(), Map.of());
        String es = "{\"alg\":\"ES256\",\"kid\":\"ec\"}";
        return Stream.of(
                new Trick("HS256 by the public key, DER", Forge.hmac("HmacSHA256", der, header, claims)),
                new Trick(
                        "HS256 by the public key, PEM",
                        Forge.hmac("HmacSHA256", pem.getBytes(StandardCharsets.US_ASCII), header, claims)),
                new Trick(
                        "HS256 by the public key, JWK",
                        Forge.hmac("HmacSHA256", jwk.getBytes(StandardCharsets.US_ASCII), header, claims)),
                new Trick(
                        "our claims by the public key",
                        Forge.hmac("HmacSHA256", der, HS256, Forge.with(ours(), Map.of()))),
                new Trick(
                        "a secret of one zero",
                        Forge.hmac("HmacSHA256", new byte[1], HS256, Forge.with(ours(), Map.of()))),
                new Trick(
                        "another secret",
                        Forge.hmac(
                                "HmacSHA256",
                                "secret".getBytes(StandardCharsets.US_ASCII),
                                HS256,
                                Forge.with(ours(), Map.of()))),
                new Trick(
                        "HS384 by our secret",
                        Forge.hmac("HmacSHA384", SECRET_BYTES, "{\"alg\":\"HS384\"}", Forge.with(ours(), Map.of()))),
                new Trick(
                        "HS512 by our secret",
                        Forge.hmac("HmacSHA512", SECRET_BYTES, "{\"alg\":\"HS512\"}", Forge.with(ours(), Map.of()))),
                new Trick(
                        "an octet key that was published",
                        Forge.hmac(
                                "HmacSHA256",
                                "published by mistake, thirty-two".getBytes(StandardCharsets.UTF_8),
                                "{\"alg\":\"HS256\",\"kid\":\"octets\"}",
                                claims)),
                new Trick("the provider's claims by our secret", Forge.hmac("HmacSHA256", SECRET_BYTES, HS256, claims)),
                new Trick(
                        "our claims by the provider's key",
                        rs256(Map.of("iss", "fettle", "aud", "fettle", "sub", ann))),
                new Trick(
                        "RS512 by the RSA key",
                        Forge.signed("SHA512withRSA", rsa.getPrivate(), "{\"alg\":\"RS512\",\"kid\":\"rsa\"}", claims)),
                new Trick("ES256 named for the RSA key", rs256("{\"alg\":\"ES256\",\"kid\":\"rsa\"}", Map.of())),
                new Trick("RS256 named for the EC key", es256("{\"alg\":\"RS256\",\"kid\":\"ec\"}", Map.of())),
                new Trick(
                        "RSA of 1024 bits",
                        Forge.signed(
                                "SHA256withRSA", weak.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"weak\"}", claims)),
                new Trick(
                        "another curve",
                        Forge.signed(
                                "SHA256withECDSAinP1363Format",
                                large.getPrivate(),
                                "{\"alg\":\"ES256\",\"kid\":\"large\"}",
                                claims)),
                new Trick(
                        "a key for other things",
                        Forge.signed(
                                "SHA256withRSA",
                                strange.getPrivate(),
                                "{\"alg\":\"RS256\",\"kid\":\"encrypts\"}",
                                claims)),
                new Trick("a signature of zeros", Forge.unsigned(es, claims) + "." + Forge.base64(new byte[64])),
                new Trick("a signature in DER", Forge.signed("SHA256withECDSA", ec.getPrivate(), es, claims)),
                new Trick(
                        "somebody's key under a known name",
                        Forge.signed(
                                "SHA256withRSA", mallorys.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims)),
                new Trick("no name with several keys", rs256("{\"alg\":\"RS256\"}", Map.of())));
    }

    private static Stream<Trick> carried() {
        String key = new RSAKey.Builder((RSAPublicKey) mallorys.getPublic())
                .keyID("rsa")
                .build()
                .toJSONString();
        String address =
                "http://127.0.0.1:%d/keys".formatted(provider.getAddress().getPort());
        Stream<Trick> byMallory = Stream.of(
                        "\"jwk\":" + key,
                        "\"jku\":\"https://evil.example/keys\"",
                        "\"x5u\":\"https://evil.example/cert\"",
                        "\"x5c\":[\"AAAA\"]")
                .map(extra -> new Trick(
                        "brings " + extra.substring(0, 6),
                        Forge.signed(
                                "SHA256withRSA",
                                mallorys.getPrivate(),
                                "{\"alg\":\"RS256\",\"kid\":\"rsa\",%s}".formatted(extra),
                                Forge.with(theirs(), Map.of()))));
        Stream<Trick> wellSigned = Stream.of(
                        "\"jku\":\"%s\"".formatted(address),
                        "\"x5u\":\"%s\"".formatted(address),
                        "\"jwk\":" + key,
                        "\"crit\":[\"exp\"]",
                        "\"crit\":[\"b64\"],\"b64\":false",
                        "\"crit\":[]",
                        "\"crit\":7",
                        "\"b64\":false",
                        "\"zip\":\"DEF\"",
                        "\"cty\":\"JWT\"",
                        "\"typ\":\"JWE\"",
                        "\"typ\":7",
                        "\"x\":\"unheard of\"")
                .flatMap(extra -> Stream.of(
                        new Trick(
                                "RS256 with " + extra,
                                rs256("{\"alg\":\"RS256\",\"kid\":\"rsa\",%s}".formatted(extra), Map.of())),
                        new Trick(
                                "HS256 with " + extra,
                                Forge.hmac(
                                        "HmacSHA256",
                                        SECRET_BYTES,
                                        "{\"alg\":\"HS256\",%s}".formatted(extra),
                                        Forge.with(ours(), Map.of())))));
        Stream<Trick> named = Stream.of("none", "../../dev/null", "' or 1=1 --", "x".repeat(3_000), "", "\\u0000")
                .map(name -> new Trick(
                        "kid " + name.substring(0, Math.min(9, name.length())),
                        rs256("{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(name), Map.of())));
        return Stream.of(byMallory, wellSigned, named).flatMap(each -> each);
    }

    private static Stream<Trick> late() {
        Stream<Map<String, Object>> wrong = Stream.of(
                Map.of("exp", now - 31),
                Map.of("exp", 0),
                Map.of("exp", -1),
                Map.of("exp", GONE),
                Map.of("exp", "soon"),
                Map.of("exp", Long.toString(now + 600)),
                Map.of("exp", List.of(now + 600)),
                Map.of("nbf", now + 31),
                Map.of("nbf", "now"),
                Map.of("iat", now + 31),
                Map.of("iat", Long.MAX_VALUE),
                Map.of("exp", now + 100 * 365 * 86_400L),
                Map.of("exp", Long.MAX_VALUE),
                Map.of("exp", Long.MAX_VALUE / 1000),
                Map.of("exp", 1e300));
        return Stream.concat(
                wrong.flatMap(each -> Stream.of(
                        new Trick("our own with " + each, own(each)), new Trick("RS256 with " + each, rs256(each)))),
                Stream.of(
                        new Trick("our own beyond their life", own(Map.of("exp", now + 3_600 + 31))),
                        new Trick("RS256 beyond a day", rs256(Map.of("exp", now + 86_400 + 31)))));
    }

    private static Stream<Trick> misdirected() {
        String roots = office.registry.find("root").orElseThrow().id();
        String revoked = office.registry
                .create(ann, "revoked", EnumSet.allOf(KeyScope.class))
                .key()
                .id();
        office.registry.revoke(ann, revoked);
        String another = office.registry
                .create(roots, "root's", EnumSet.allOf(KeyScope.class))
                .key()
                .id();
        Stream<Map<String, Object>> wrong = Stream.of(
                Map.of("iss", GONE),
                Map.of("iss", ""),
                Map.of("iss", "https://login.test"),
                Map.of("iss", "https://evil.example/"),
                Map.of("iss", List.of(ISSUER, "fettle")),
                Map.of("aud", GONE),
                Map.of("aud", ""),
                Map.of("aud", "other"),
                Map.of("aud", List.of()),
                Map.of("aud", Map.of("is", AUDIENCE)),
                Map.of("sub", GONE),
                Map.of("sub", ""),
                Map.of("sub", 7),
                Map.of("sub", "nobody"),
                Map.of("sub", "ANN"),
                Map.of("sub", "\uff41nn"),
                Map.of("sub", "ann\u0000"),
                Map.of("sub", " ann"),
                Map.of("sub", "zoe"),
                Map.of("sub", "' or 1=1 --"),
                Map.of("sub", "x".repeat(4_000)),
                Map.of("key_id", revoked),
                Map.of("key_id", another),
                Map.of("key_id", ""),
                Map.of("key_id", 7),
                Map.of("key_id", List.of(revoked)));
        return wrong.flatMap(each ->
                Stream.of(new Trick("our own with " + each, own(each)), new Trick("RS256 with " + each, rs256(each))));
    }

    private static Stream<Trick> misshapen() {
        String good = own(Map.of());
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                        ".",
                        "..",
                        "...",
                        "....",
                        "a.b.c",
                        parts[0] + "." + parts[1],
                        parts[0] + "." + parts[1] + ".",
                        good + ".",
                        good + "." + parts[2] + "." + parts[2],
                        good + "=",
                        good.replace('.', ':'),
                        good.substring(0, good.length() - 2),
                        good + "AAAA",
                        parts[0] + "." + Forge.base64(Forge.with(ours(), Map.of("sub", "root"))) + "." + parts[2],
                        Forge.base64("{}") + "." + parts[1] + "." + parts[2],
                        Forge.base64("[]") + "." + parts[1] + "." + parts[2],
                        Forge.base64("null") + "." + parts[1] + "." + parts[2],
                        Forge.base64("{\"alg\":null}") + "." + parts[1] + "." + parts[2],
                        Forge.base64("{\"alg\":{\"a\":1}}") + "." + parts[1] + "." + parts[2],
                        Forge.base64("{\"a\":".repeat(1_500)) + "." + parts[1] + "." + parts[2],
                        Forge.base64("[".repeat(5_000)) + "." + parts[1] + "." + parts[2],
                        Forge.hmac("HmacSHA256", SECRET_BYTES, HS256, "no JSON"),
                        Forge.hmac("HmacSHA256", SECRET_BYTES, HS256, "[]"),
                        Forge.hmac("HmacSHA256", SECRET_BYTES, HS256, "null"),
                        Forge.hmac("HmacSHA256", SECRET_BYTES, HS256, "{\"a\":".repeat(1_000)),
                        own(Map.of("padding", "x".repeat(8_000))),
                        "x".repeat(20_000))
                .map(token -> new Trick("shape " + token.substring(0, Math.min(12, token.length())), token));
    }

    private static String told(Office.Reply reply) {
        return "%d %s %s"
                .formatted(
                        reply.status(),
                        reply.body().replaceFirst("\"request_id\":\"[^\"]*\"", ""),
                        reply.header("WWW-Authenticate").orElse(""));
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void everyTrickHasTheSameAnswer(Trick trick) {
        Office.Reply reply = office.bearing(trick.token()).get("/api/v1/me");
        assertAll(
                () -> assertEquals(401, reply.status(), reply.body()),
                () -> assertEquals(told(office.bearing("nonsense").get("/api/v1/me")), told(reply)));
        assertEquals(401, office.as(trick.token()).get("/api/v1/me").status());
    }

    @Test
    void aTokenIsNoKeyOfAnAddress() {
        assertEquals(
                401,
                office.bearing("x")
                        .get("/api/v1/me?access_token=" + own(Map.of()))
                        .status());
    }

    @Test
    void aTokenAndAKeyInOneRequestOpenNothing() {
        String key = office.registry
                .create(ann, "other", EnumSet.allOf(KeyScope.class))
                .secret()
                .reveal();
        assertEquals(
                401,
                office.bearing(own(Map.of()))
                        .get("/api/v1/me", "X-API-Key", key)
                        .status());
    }

    @Test
    void whateverIsChangedInATokenItOpensNothing() {
        Random chance = new Random(7);
        for (String good : List.of(own(Map.of()), rs256(Map.of()))) {
            for (int i = 0; i < 400; i++) {
                StringBuilder changed = new StringBuilder(good);
                // The last character of a signature has bits that stand for nothing.
                int at = chance.nextInt(good.length() - 1);
                char other = "ABCxyz019-_.".charAt(chance.nextInt(12));
                if (changed.charAt(at) == other) {
                    continue;
                }
                changed.setCharAt(at, other);
                Office.Reply reply = office.bearing(changed.toString()).get("/api/v1/me");
                assertEquals(401, reply.status(), () -> changed + "\n" + reply.body());
            }
        }
    }

    @Test
    void aScopeThatNobodyGaveIsNotThere() {
        String wanting = own(Map.of("scope", "read run admin"));
        assertEquals(403, office.bearing(wanting).get("/api/v1/users").status());
        String roots = own(Map.of("sub", "root", "scope", "read"));
        assertEquals(403, office.bearing(roots).get("/api/v1/users").status());
        assertEquals(
                200,
                office.bearing(own(Map.of("sub", "root", "scope", "admin")))
                        .get("/api/v1/users")
                        .status());
        String listed = rs256(Map.of("sub", "root", "scp", List.of("read", "admin")));
        assertEquals(200, office.bearing(listed).get("/api/v1/users").status());
        assertFalse(office.bearing(rs256(Map.of("sub", "root", "scope", "openid profile")))
                .get("/api/v1/me")
                .body()
                .contains("\"admin\"]"));
    }
}
