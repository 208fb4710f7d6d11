package dev.fettle.server.json;

import dev.fettle.core.text.Nearest;
import dev.fettle.server.problem.FieldError;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Finds what keeps a JSON value from being a record, each mistake with its JSON pointer, up to twenty.
/// Components may be `String`, `int`, `long`, `double`, `boolean`, an enum, a record, [JsonNode], a `List`
/// or a `Map` from `String` of these, or an `Optional` of any of these, which may be left out or `null`.
final class Misfits {
    private static final int MOST = 20;

    private final TextRules texts;
    private final List<FieldError> found = new ArrayList<>();

    Misfits(TextRules texts) {
        this.texts = texts;
    }

    List<FieldError> of(Class<?> type, JsonNode node) {
        check(type, node, "", texts.longest());
        return List.copyOf(found);
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private void check(Type type, JsonNode node, String pointer, int longest) {
        switch (type) {
            case ParameterizedType generic -> checkGeneric(generic, node, pointer, longest);
            case Class<?> plain when plain.isRecord() -> checkRecord(plain, node, pointer);
            case Class<?> plain when plain.isEnum() -> checkEnum(plain, node, pointer);
            case Class<?> plain when plain == String.class -> checkText(node, pointer, longest);
            case Class<?> plain
            when plain == boolean.class || plain == Boolean.class ->
                expect(node.isBoolean(), pointer, "This must be true or false.");
            case Class<?> plain
            when plain == int.class || plain == Integer.class ->
                expect(
                        node.isIntegralNumber() && node.canConvertToInt(),
                        pointer,
                        "This must be a whole number from -2147483648 to 2147483647.");
            case Class<?> plain
            when plain == long.class || plain == Long.class ->
                expect(
                        node.isIntegralNumber() && node.canConvertToLong(),
                        pointer,
                        "This must be a whole number of at most 63 bits.");
            case Class<?> plain
            when plain == double.class || plain == Double.class ->
                expect(
                        node.isNumber() && Double.isFinite(node.doubleValue()),
                        pointer,
                        "This must be a number that is not too large.");
            case Class<?> plain when plain == JsonNode.class -> checkAny(node, pointer, longest);
            default -> throw new IllegalArgumentException("A body cannot contain " + type);
        }
    }

    private void checkGeneric(ParameterizedType generic, JsonNode node, String pointer, int longest) {
        Type[] inner = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            check(inner[0], node, pointer, longest);
        } else if (generic.getRawType() == List.class) {
            if (expect(node.isArray(), pointer, "This must be a list.")) {
                for (int i = 0; i < node.size(); i++) {
                    check(inner[0], node.get(i), pointer + "/" + i, longest);
                }
            }
        } else if (generic.getRawType() == Map.class && inner[0] == String.class) {
            if (expect(node.isObject(), pointer, "This must be an object.")) {
                node.properties().forEach(each -> {
                    checkName(each.getKey(), pointer);
                    check(inner[1], each.getValue(), pointer + "/" + escaped(each.getKey()), longest);
                });
            }
        } else {
            throw new IllegalArgumentException("A body cannot contain " + generic);
        }
    }

    private void checkRecord(Class<?> type, JsonNode node, String pointer) {
        if (!expect(node.isObject(), pointer, "This must be an object.")) {
            return;
        }
        List<Field> fields = Field.of(type);
        List<String> names = fields.stream().map(Field::name).toList();
        for (String given : node.propertyNames()) {
            if (!names.contains(given) && found.size() < MOST) {
                String near = Nearest.to(given, names)
                        .map("; did you mean `%s`?"::formatted)
                        .orElse(".");
                expect(false, pointer + "/" + escaped(given), "There is no such field" + near);
            }
        }
        for (Field field : fields) {
            String place = pointer + "/" + escaped(field.name());
            if (node.hasNonNull(field.name())) {
                checkField(field, node.get(field.name()), place);
            } else {
                expect(!field.isNeeded(), place, "This field is needed.");
            }
        }
    }

    private void checkField(Field field, JsonNode node, String place) {
        int before = found.size();
        if (field.each().isPresent()) {
            expect(node.isArray(), place, "This must be a list.");
        } else {
            check(field.type(), node, place, field.maxText().orElse(texts.longest()));
        }
        if (found.size() == before) {
            field.bounds().ifPresent(bounds -> checkBounds(bounds, node, place));
        }
    }

    private void checkBounds(Within bounds, JsonNode node, String place) {
        long size = node.isArray() ? node.size() : node.asLong();
        String most = bounds.most() == Integer.MAX_VALUE ? "" : ", at most %d".formatted(bounds.most());
        expect(
                size >= bounds.least() && size <= bounds.most(),
                place,
                (node.isArray() ? "This list has at least %d elements%s." : "This is at least %d%s.")
                        .formatted(bounds.least(), most));
    }

    private void checkEnum(Class<?> type, JsonNode node, String pointer) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
        expect(
                node.isString() && words.contains(node.stringValue()),
                pointer,
                words.stream().collect(Collectors.joining(", ", "This must be one of ", ".")));
    }

    private void checkText(JsonNode node, String pointer, int longest) {
        if (expect(node.isString(), pointer, "This must be a text.")) {
            String text = node.stringValue();
            expect(
                    text.length() <= longest,
                    pointer,
                    "This has %d characters; at most %d are taken.".formatted(text.length(), longest));
            expect(isStorable(text), pointer, "This has a NUL or half a surrogate pair, which no store takes.");
            expect(!texts.isForbidden(text), pointer, "This has something in it that is not taken here.");
        }
    }

    private void checkAny(JsonNode node, String pointer, int longest) {
        if (node.isString()) {
            checkText(node, pointer, longest);
        } else if (node.isNumber()) {
            expect(Double.isFinite(node.doubleValue()), pointer, "This number is too large.");
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                checkAny(node.get(i), pointer + "/" + i, longest);
            }
        } else {
            node.properties().forEach(each -> {
                checkName(each.getKey(), pointer);
                checkAny(each.getValue(), pointer + "/" + escaped(each.getKey()), longest);
            });
        }
    }

    private void checkName(String name, String pointer) {
        expect(isStorable(name), pointer, "A key here has a NUL or half a surrogate pair, which no store takes.");
        expect(!texts.isForbidden(name), pointer, "A key here has something in it that is not taken here.");
    }

    private boolean expect(boolean isSo, String pointer, String otherwise) {
        if (!isSo && found.size() < MOST) {
            found.add(new FieldError(pointer, otherwise));
        }
        return isSo;
    }

    /// JSON may spell characters that UTF-8 cannot say and that PostgreSQL refuses.
    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(each -> each == 0 || (each >= 0xD800 && each <= 0xDFFF));
    }
}
