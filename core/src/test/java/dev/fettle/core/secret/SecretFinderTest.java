package dev.fettle.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The keys here are put together from pieces, so that no scanner of this repository takes them for real ones.
final class SecretFinderTest {
    private static final String ALNUM =
            "q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2Ra8Eu4Io6Ql9Xz3Mt7Bw1Nk5Sv0Dh2Gp8Cy4Fj6Ui9Eo3Ta7Lp4Xc8Vr2";
    private static final String HEX = "3f9a1c7e5b2d8046af13ce79d52b60843f9a1c7e5b2d8046af13ce79d52b6084";
    private final SecretFinder finder = new SecretFinder(Map.of());

    private record Sample(String kind, String secret) {}

    private static Stream<Sample> keys() {
        String a = ALNUM;
        return Stream.of(
                new Sample("anthropic", "sk-" + "ant-api03-" + a + "-" + a.substring(0, 20) + "AA"),
                new Sample("fettle", "f" + "k_" + a.substring(0, 8) + "_" + a.substring(8, 51)),
                new Sample("openai", "sk-" + "proj-" + a),
                new Sample("openai", "sk-" + a.substring(0, 48)),
                new Sample("openai", "sk-" + HEX.substring(0, 32)),
                new Sample("openrouter", "sk-" + "or-v1-" + HEX),
                new Sample("google", "AI" + "za" + a.substring(0, 35)),
                new Sample("google", "GOC" + "SPX-" + a.substring(0, 28)),
                new Sample("aws", "AK" + "IAQ7ZR2LX4KD5VB6TN"),
                new Sample("aws", "AS" + "IAQ7ZR2LX4KD5VB6TN"),
                new Sample("github", "gh" + "p_" + a.substring(0, 36)),
                new Sample("github", "gh" + "o_" + a.substring(0, 36)),
                new Sample("github", "gh" + "s_" + a.substring(0, 36)),
                new Sample("github", "github" + "_pat_" + a.substring(0, 22) + "_" + a.substring(0, 59)),
                new Sample("gitlab", "gl" + "pat-" + a.substring(0, 20)),
                new Sample("slack", "xo" + "xb-123456789012-1234567890123-" + a.substring(0, 24)),
                new Sample("slack", "T0AB12CD3/B0AB12CD3/" + a.substring(0, 24)),
                new Sample("stripe", "sk" + "_live_" + a.substring(0, 24)),
                new Sample("stripe", "rk" + "_live_" + a.substring(0, 24)),
                new Sample("npm", "np" + "m_" + a.substring(0, 36)),
                new Sample("pypi", "py" + "pi-AgEIcHlwaS5vcmc" + a),
                new Sample("huggingface", "h" + "f_" + a.substring(0, 34)),
                new Sample("sendgrid", "S" + "G." + a.substring(0, 22) + "." + a.substring(0, 43)),
                new Sample("telegram", "123456789:A" + "A" + a.substring(0, 33)),
                new Sample("groq", "gs" + "k_" + a.substring(0, 52)),
                new Sample("xai", "xa" + "i-" + a.substring(0, 80)),
                new Sample("digitalocean", "do" + "p_v1_" + HEX),
                new Sample("docker", "dckr" + "_pat_" + a.substring(0, 27)),
                new Sample("shopify", "shp" + "at_" + HEX.substring(0, 32)),
                new Sample("age", "AGE-SECRET" + "-KEY-1" + a.substring(0, 58).toUpperCase(Locale.ROOT)),
                new Sample("jwt", "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0." + a.substring(0, 43)),
                new Sample("azure", a.substring(0, 84) + "Qw=="));
    }

    private static String around(Sample sample) {
        return switch (sample.kind()) {
            case "slack" ->
                sample.secret().startsWith("T")
                        ? "https://hooks.slack.com/services/" + sample.secret()
                        : sample.secret();
            case "azure" -> "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + sample.secret();
            default -> sample.secret();
        };
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKnownFormatIsFoundWhereverItStands(Sample sample) {
        for (String frame : List.of("%s", "see %s.", "{\"a\":\"x\\n%s\"}", "line\n%s\nline", "--key=%s --v")) {
            String text = frame.formatted(around(sample));
            List<Finding> found = finder.find(text, false);
            assertEquals(
                    List.of(sample.kind()), found.stream().map(Finding::kind).toList(), text);
            String covered =
                    text.substring(found.getFirst().start(), found.getFirst().end());
            assertTrue(covered.startsWith(sample.secret()), covered);
        }
    }

    private static Stream<String> assignments() {
        return Stream.of(
                "password=Kd4Vb8Tn3Wm6",
                "db.password = Kd4Vb8Tn!Wm6",
                "DB_PASSWORD=hunter2secret",
                "export API_TOKEN='q7Zr2Lx9Kd4Vb8Tn'",
                "\"apiKey\": \"q7Zr2Lx9Kd4Vb8Tn3W\"",
                "{\\\"client_secret\\\": \\\"q7Zr2Lx9Kd4Vb8Tn3W\\\"}",
                "  secret: q7Zr2Lx9Kd4Vb8Tn",
                "String token = \"q7Zr2Lx9Kd4Vb8Tn3W\";",
                "const apiKey: string = \"q7Zr2Lx9Kd4Vb8Tn3W\"",
                "secretKey := \"q7Zr2Lx9Kd4Vb8Tn3W\"",
                "'password' => 'Kd4Vb8Tn3Wm6',",
                "<password>Kd4Vb8Tn3Wm6</password>",
                "//registry.example.org/:_authToken=q7Zr2Lx9Kd4Vb8Tn3W",
                "https://api.host.org/v1?access_token=q7Zr2Lx9Kd4Vb8Tn3W&x=1",
                "aws_secret_access_key = q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1/c5Yg0Jf2Ra8Eu4Io",
                "postgresql://app:Kd4Vb8Tn3Wm6@db.host.org/app",
                "git clone https://ada:Kd4Vb8Tn3Wm6@git.host.org/x.git",
                "Authorization: Bearer q7Zr2Lx9Kd4Vb8Tn3W",
                "Authorization: Basic YWRhOktkNFZiOFRuM1dtNg==");
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void aValueIsFoundByTheNameItIsGiven(String text) {
        List<Finding> found = finder.find(text, false);
        assertEquals(1, found.size(), text + " " + found);
        String left = text.substring(0, found.getFirst().start())
                + text.substring(found.getFirst().end());
        assertTrue(!left.contains("Kd4Vb8Tn") && !left.contains("hunter2secret") && !left.contains("YWRhOk"), left);
    }

    private static Stream<String> harmless() {
        return Stream.of(
                "\"integrity\": \"sha512-q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2Ra8Eu4Io6Ql9Xz3Mt7Bw1Nk5Sv0Dh2Gp8Cy4Fj6Ui9Eo3Ta7AA==\"",
                "checksum = \"" + HEX + "\"",
                "golang.org/x/net v0.1.0 h1:hZ/3BUoy5aId7sCpA/Tc5lt8DkFgdVS2onTpJsZ/fl0=",
                "--hash=sha256:" + HEX,
                "commit " + HEX.substring(0, 40),
                "index 3f9a1c7..5b2d804 100644",
                "id: 550e8400-e29b-41d4-a716-446655440000",
                "token: 550e8400-e29b-41d4-a716-446655440000",
                "String token = request.getHeader(\"X-Token\");",
                "private final String password;",
                "this.password = password;",
                "password: string;",
                "token = getToken(user1, user2)",
                "if (token == null || token.equals(expectedToken1)) {",
                "const { password, token } = req.body;",
                "password = os.environ[\"DB_PASSWORD\"]",
                "apiKey: process.env.OPENAI_API_KEY,",
                "password=changeme",
                "password: ${DB_PASSWORD}",
                "api_key = \"<your-api-key-123>\"",
                "API_KEY=your-key-here-123456",
                "OPENAI_API_KEY=sk-" + "xxxxxxxxxxxxxxxxxxxxxxxx",
                "AK" + "IAIOSFODNN7EXAMPLE",
                "postgres://postgres:postgres@localhost/app",
                "jdbc:mysql://$USER:$PASS@host/db",
                "max_tokens: 4096, tokenizer: cl100k_base",
                "\"token_type\": \"urn:ietf:params:oauth2:token-type:jwt\"",
                "passwordHash = \"q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1\"",
                "public_key_token: 31bf3856ad364e35",
                "\"tokenUrl\": \"https://auth.host.org/oauth2/token\"",
                "secretName: my-app-secret-v2",
                "<div class=\"sk-cube-grid sk-circle-fade-dot-animation-delay\">",
                "task-runner-configuration-2-long-name",
                "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
                "function(e,t){var n=e.token,r=t.password;return n?r:e.secret||(e.apiKey=t.k1)}",
                "!function(){var a={token:b.token,pwd:c};d=\"password\"==e.type}()",
                "assertThrows(() -> login(\"password\", \"wrong\"));",
                "void tokenIsRefusedWhenItsSignatureIsWrong2() {",
                "label: \"Password must have 8 characters\"",
                "ENTRYPOINT [\"java\", \"-Djavax.net.ssl.keyStorePassword=changeit\"]",
                "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ7Zr2Lx9Kd4Vb8Tn3Wm6Hs1Pc5YwCgYIKoZIzj0EAwIw\n-----END CERTIFICATE-----",
                "if text.contains(\"-----BEGIN PRIVATE KEY-----\") {",
                "npm_config_registry npm_package_version_number_of_things_here",
                "Bearer authentication-is-required-here",
                "⟨secret:openai#1⟩ password=⟨secret:password#2⟩");
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatOnlyLooksLikeASecretStays(String text) {
        assertEquals(List.of(), finder.find(text, false), text);
        assertTrue(finder.find(text + "\n" + text, false).isEmpty());
    }

    @Test
    void privateKeysAreFoundWholeCutOffNumberedAndMarked() {
        String body =
                (ALNUM + ALNUM).substring(0, 64) + "\n" + ALNUM.substring(0, 64) + "\n" + ALNUM.substring(0, 30) + "==";
        for (String kind : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "EC PRIVATE KEY")) {
            String whole = "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----";
            String numbered = whole.replaceAll("(?m)^", "     7\t");
            String added = whole.replaceAll("(?m)^", "+");
            String searched = whole.replaceAll("(?m)^", "keys/id.pem:7: ");
            for (String text : List.of(whole, numbered, added, searched)) {
                List<Finding> found = finder.find("before\n" + text + "\nafter", false);
                assertEquals(List.of(whole), found.stream().map(Finding::value).toList(), text);
            }
            String head = "-----BEGIN " + kind + "-----\n" + body;
            assertEquals(1, finder.find(head + "\nand more words", false).size());
            assertEquals(
                    1,
                    finder.find("words\n" + body + "\n-----END " + kind + "-----", false)
                            .size());
            assertEquals(
                    1,
                    finder.find("\"" + whole.replace("\n", "\\n") + "\"", false).size());
        }
    }

    @Test
    void inAnEnvFileEverythingCountsThatIsNotPlainlyHarmless() {
        String file = """
                # a comment
                NODE_ENV=production
                DEBUG=true
                PORT=8080
                VERSION=1.2.3
                BASE_URL=https://api.host.org/v1
                DATABASE=postgres://localhost:5432/app
                REGION=eu-central-1
                EMPTY=
                LICENCE=QX7-88-ZZ-91-LK
                export SHORT_PASSWORD=blue
                HOOK="https://chat.host.org/hooks/q7Zr2Lx9Kd4Vb8Tn3Wm6"
                SALT=words with spaces & more 7
                """;
        List<String> values =
                finder.find(file, true).stream().map(Finding::value).toList();
        assertEquals(
                List.of(
                        "QX7-88-ZZ-91-LK",
                        "blue",
                        "https://chat.host.org/hooks/q7Zr2Lx9Kd4Vb8Tn3Wm6",
                        "words with spaces & more 7"),
                values);
        assertEquals(List.of(), finder.find(file, false));
    }

    @Test
    void linesThatSayTheyAreFromAnEnvFileAreTreatedLikeIt() {
        assertEquals(
                1,
                finder.find("conf/.env.local:3: LICENCE=QX7-88-ZZ-91-LK\n", false)
                        .size());
        String diff = """
                diff --git a/.env b/.env
                --- /dev/null
                +++ b/.env
                @@ -0,0 +1 @@
                +LICENCE=QX7-88-ZZ-91-LK
                diff --git a/x b/x
                --- a/x
                +++ b/x
                +LICENCE=QX7-88-ZZ-91-LM
                """;
        assertEquals(
                List.of("QX7-88-ZZ-91-LK"),
                finder.find(diff, false).stream().map(Finding::value).toList());
        for (String command :
                List.of("cat .env", "{\"command\":\"cat .env\"}", "/.env", "a/.env.local", "head ./.env|x")) {
            assertTrue(SecretFinder.namesEnvFile(command), command);
        }
        for (String command : List.of("process.env", "a.envelope", "import.meta.env.X", "x.environment")) {
            assertTrue(!SecretFinder.namesEnvFile(command), command);
        }
    }

    @Test
    void valuesItWasToldAreFoundHoweverTheyAreSpelled() {
        String value = "blue horse/\"7\"";
        SecretFinder told = new SecretFinder(Map.of(value, "db", "short", "never"));
        Base64.Encoder base64 = Base64.getEncoder();
        for (String text : List.of(
                value,
                "blue+horse%2F%227%22",
                "blue%20horse%2F%227%22",
                HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)),
                "{\"p\":\"blue horse/\\\"7\\\"\"}",
                base64.encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                base64.encodeToString(("x" + value + "yz").getBytes(StandardCharsets.UTF_8)),
                base64.encodeToString(("ab" + value).getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(1, told.find("[" + text + "]", false).size(), text);
        }
        assertEquals(List.of(), told.find("short", false));
    }

    @Test
    void overlappingFindingsBecomeOne() {
        String text = "0123456789abcdefghij";
        assertEquals(
                List.of(new Finding("a", 0, 15, text.substring(0, 15)), new Finding("d", 16, 20, "ghij")),
                SecretFinder.merged(
                        text,
                        List.of(
                                new Finding("d", 16, 20, "ghij"),
                                new Finding("b", 5, 15, "56789abcde"),
                                new Finding("a", 0, 10, "0123456789"),
                                new Finding("c", 2, 4, "23"))));
    }

    @Test
    void textThatIsMadeToBeSlowIsNot() {
        int size = 200_000;
        for (String piece : List.of(
                "eyJ",
                "sk-",
                "://",
                "://a:",
                "=",
                "password=",
                "password=\"",
                ":",
                "a",
                "token: ",
                "-----BEGIN PRIVATE KEY-----\n",
                "AKIA",
                ".env:1:A=",
                "<token>",
                "xoxb-",
                "\n",
                "github_pat_",
                "bearer ",
                "a.",
                "A=a-")) {
            String text = piece.repeat(size / piece.length());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> finder.find(text, true), piece);
        }
    }
}
