package dev.fettle.server.operation;

import java.util.Map;
import java.util.TreeMap;

/// An answer that is no problem.
///
/// @param headers what those mean that come with it
public record Reply(int status, String says, Content content, Map<String, String> headers) {
    /// What it carries.
    public sealed interface Content {
        record Nothing() implements Content {}

        record Json(Class<? extends Record> type) implements Content {}

        /// Something else than JSON, to be read.
        ///
        /// @param type the media type
        record Text(String type) implements Content {}

        /// Bytes to be saved.
        ///
        /// @param type the media type
        record File(String type) implements Content {}
    }

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply json(int status, String says, Class<? extends Record> type) {
        return new Reply(status, says, new Content.Json(type), Map.of());
    }

    /// A 200 that is no JSON.
    public static Reply text(String mediaType, String says) {
        return new Reply(200, says, new Content.Text(mediaType), Map.of());
    }

    /// A 200 with a file.
    public static Reply file(String mediaType, String says) {
        return new Reply(200, says, new Content.File(mediaType), Map.of("Content-Disposition", "A name for the file."));
    }

    public static Reply empty(int status, String says) {
        return new Reply(status, says, new Content.Nothing(), Map.of());
    }

    public Reply with(String header, String says) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, says);
        return new Reply(status, this.says, content, more);
    }
}
