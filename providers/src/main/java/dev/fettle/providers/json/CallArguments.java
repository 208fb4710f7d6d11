package dev.fettle.providers.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The arguments of a call as they go back to a model. APIs take only an object, and models do write other
/// things; they should see what they wrote, so that they can do better.
public final class CallArguments {
    private static final JsonFactory FACTORY = new JsonFactory();

    private CallArguments() {}

    /// The arguments unchanged if they are a JSON object, `{}` if there are none, and otherwise an object
    /// with the text in `malformed_arguments`.
    public static String object(String arguments) {
        if (arguments.isBlank()) {
            return "{}";
        }
        return isObject(arguments) ? arguments : "{\"malformed_arguments\":" + Json.quoted(arguments) + "}";
    }

    private static boolean isObject(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null && Json.wellFormed(text).equals(text);
        } catch (JacksonException e) {
            return false;
        }
    }
}
