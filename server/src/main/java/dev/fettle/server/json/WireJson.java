package dev.fettle.server.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fettle.server.problem.FieldError;
import dev.fettle.server.problem.Problem;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Reads bodies into records and writes answers.
///
/// A text that is no JSON is a 400: bad syntax, a key twice, nesting deeper than 64, a number of more than
/// 100 digits, anything after the value. JSON that does not fit the record is a 422, with the pointer of
/// every mistake. A field the record does not have is such a mistake: a misspelt option that is silently
/// ignored costs more than one that is refused.
public final class WireJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_NAME = 256;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxNameLength(MAX_NAME)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
            .changeDefaultPropertyInclusion(each -> each.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private WireJson() {}

    /// The value as JSON.
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// JSON that Fettle itself has written, to be put into an answer.
    public static JsonNode own(String json) {
        return MAPPER.readTree(json);
    }

    /// The record that the JSON stands for.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 400 or 422
    public static <T extends Record> T read(String json, Class<T> type, TextRules texts) {
        return read(tree(json), type, texts);
    }

    /// As above, of a part of a body that nobody has looked at.
    public static <T extends Record> T read(JsonNode tree, Class<T> type, TextRules texts) {
        List<FieldError> misfits = new Misfits(texts).of(type, tree);
        if (!misfits.isEmpty()) {
            throw new Problem(422, "The body does not fit; see `errors`.", misfits).exception();
        }
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            FieldError error = new FieldError(pointer(e), refusal(e).orElse("This value does not fit."));
            throw new Problem(422, "The body does not fit; see `errors`.", List.of(error)).exception();
        }
    }

    private static JsonNode tree(String json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JacksonException e) {
            // The parser's own words may quote the body and name its classes.
            String where = e.getLocation() == null
                    ? ""
                    : " near line %d, column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw new Problem(
                            400,
                            "The body is not JSON that is taken here" + where
                                    + ": check the syntax, that no key occurs twice, and that nothing is nested deeper than "
                                    + MAX_DEPTH + " levels.",
                            List.of(new FieldError(pointer(e), "The trouble is here or right after.")))
                    .exception();
        }
        if (tree.isMissingNode()) {
            throw new Problem(400, "The body is empty; send one JSON object.").exception();
        }
        return tree;
    }

    /// Where the parser was, or which field could not be made.
    private static String pointer(JacksonException e) {
        if (e.processor() instanceof JsonParser parser && parser.streamReadContext() != null) {
            return parser.streamReadContext().pathAsPointer().toString();
        }
        StringBuilder pointer = new StringBuilder();
        e.getPath()
                .forEach(step -> pointer.append('/')
                        .append(
                                step.getPropertyName() == null
                                        ? String.valueOf(step.getIndex())
                                        : Misfits.escaped(step.getPropertyName())));
        return pointer.toString();
    }

    /// What the record itself said, which is written for users.
    private static Optional<String> refusal(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException refused && refused.getMessage() != null) {
                return Optional.of(refused.getMessage());
            }
        }
        return Optional.empty();
    }
}
