package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.wire.Bounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static final String ORDER = """
            {"customer":"Ä ∀ 😀","item_count":3,"note":null,"items":[{"name":"nut","colour":"red"},{"name":"bolt"}],\
            "weight":1.5,"stock":{"a/b":7}}""";

    private static Workshop workshop;

    @BeforeAll
    static void open() throws IOException {
        workshop = new Workshop();
    }

    @AfterAll
    static void close() {
        workshop.close();
    }

    private static String errors(String body) throws IOException {
        RawClient.Response response = workshop.post("/orders", body);
        assertEquals(422, response.status(), response.body());
        return response.body().replaceFirst(".*\"errors\":", "");
    }

    @Test
    void aBodyBecomesARecordAndBack() throws IOException {
        RawClient.Response response = workshop.post("/orders", ORDER);
        assertEquals(201, response.status(), response.body());
        assertEquals(ORDER.replace("\"note\":null,", ""), response.body());
    }

    @Test
    void aBodyMayBePacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(ORDER.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(RawClient.request(
                        "POST /orders",
                        "Content-Type: application/json; charset=UTF-8",
                        "Content-Encoding: gzip",
                        "Content-Length: " + packed.size())
                .getBytes(StandardCharsets.UTF_8));
        packed.writeTo(request);
        assertEquals(
                201, RawClient.exchange(workshop.port(), request.toByteArray()).status());
    }

    @Test
    void aBodyMayComeInChunks() throws IOException {
        String body = "{\"customer\":\"a\",\"item_count\":1}";
        StringBuilder chunks = new StringBuilder();
        body.chars().forEach(each -> chunks.append("1\r\n").append((char) each).append("\r\n"));
        String head = RawClient.request("POST /orders", "Content-Type: application/json", "Transfer-Encoding: chunked");
        assertEquals(
                201,
                RawClient.exchange(workshop.port(), head + chunks + "0\r\n\r\n").status());
    }

    @Test
    void whoAsksBeforeSendingIsTold() throws IOException {
        String body = "{\"customer\":\"a\",\"item_count\":1}";
        try (RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request(
                    "POST /orders",
                    "Content-Type: application/json",
                    "Expect: 100-continue",
                    "Content-Length: " + body.length()));
            assertEquals(100, client.receiveHead().status());
            client.send(body);
            assertEquals(201, client.receive().status());
        }
    }

    @Test
    void everyMistakeIsNamedWithItsPlace() throws IOException {
        assertEquals("""
                [{"pointer":"/custmer","detail":"There is no such field; did you mean `customer`?"},\
                {"pointer":"/customer","detail":"This field is needed."},\
                {"pointer":"/item_count","detail":"This must be a whole number from -2147483648 to 2147483647."},\
                {"pointer":"/items/0/name","detail":"This must be a text."},\
                {"pointer":"/items/1/colour","detail":"This must be one of red, green."},\
                {"pointer":"/items/2","detail":"This must be an object."},\
                {"pointer":"/short_text","detail":"This has 21 characters; at most 20 are taken."},\
                {"pointer":"/stock/a~1b","detail":"This must be a whole number of at most 63 bits."}]}""", errors("""
                        {"custmer":"x","item_count":"3","items":[{"name":1},{"name":"a","colour":"blue"},null],\
                        "short_text":"123456789012345678901","stock":{"a/b":1.5}}"""));
    }

    @Test
    void whatTheRecordSaysIsPassedOn() throws IOException {
        assertEquals(
                "[{\"pointer\":\"\",\"detail\":\"An order has no negative count; leave out what is not wanted.\"}]}",
                errors("{\"customer\":\"a\",\"item_count\":-1}"));
    }

    @Test
    void brokenJsonIsNamedWithItsPlaceButNotQuoted() throws IOException {
        RawClient.Response response =
                workshop.post("/orders", "{\"customer\":\"a\",\"items\":[{\"name\":\"b\"},{\"name\":hunter2}]}");
        assertEquals(400, response.status());
        assertTrue(response.body().contains("\"pointer\":\"/items/1/name\""), response.body());
        assertEquals(-1, response.body().indexOf("hunter"), response.body());
    }

    @Test
    void theTypesThatAreTakenAreNamed() throws IOException {
        RawClient.Response response =
                RawClient.exchange(workshop.port(), RawClient.request("POST /orders", "Content-Length: 2") + "{}");
        assertEquals(Optional.of("application/json"), response.header("Accept"));
    }

    @Test
    void anArchiveMayBeLongerThanOtherBodiesAndIsBoundedToo() throws IOException {
        Bounds bounds = new Bounds(1_000, 8_000, 10_000, 5_000_000, 100);
        try (Workshop large = new Workshop(Options.on("127.0.0.1", 0).with(bounds))) {
            for (String type : List.of("application/zip", "Application/GZIP; x=y", "application/x-tar")) {
                assertEquals(
                        "{\"bytes\":4000000}", uploaded(large, type, 4_000_000).body());
                assertEquals(413, uploaded(large, type, 5_000_001).status());
            }
            assertEquals(413, uploaded(large, "application/pdf", 4_000_000).status());
        }
    }

    private static RawClient.Response uploaded(Workshop workshop, String type, int size) throws IOException {
        try (RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request("POST /archives", "Content-Type: " + type, "Content-Length: " + size));
            client.send(new byte[size]);
            return client.receive();
        }
    }

    /// Closing with unread bytes would reset the connection and lose the answer.
    @Test
    void whoSendsTooMuchStillGetsTheWholeAnswer() throws IOException {
        byte[] body = new byte[4 << 20];
        try (RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request(
                    "POST /orders", "Content-Type: application/json", "Content-Length: " + body.length));
            client.send(body);
            RawClient.Response response = client.receive();
            assertEquals(413, response.status());
            assertTrue(response.body().endsWith("}"), response.body());
        }
    }
}
