package dev.fettle.server.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A record's component as JSON has it.
///
/// @param type the whole of it, with its `Optional` if it has one
/// @param each what the elements should be of a list that is not looked into
public record Field(
        String name,
        Type type,
        boolean isNeeded,
        OptionalInt maxText,
        Optional<Within> bounds,
        Optional<TextForm> form,
        Optional<Class<? extends Record>> each) {
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
        }
    };

    /// All of a record, in its order.
    public static List<Field> of(Class<?> record) {
        return FIELDS.get(record);
    }

    private static Field of(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        MaxLength longest = component.getAnnotation(MaxLength.class);
        return new Field(
                renamed == null
                        ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
                        : renamed.value(),
                component.getGenericType(),
                component.getType() != Optional.class,
                longest == null ? OptionalInt.empty() : OptionalInt.of(longest.value()),
                Optional.ofNullable(component.getAnnotation(Within.class)),
                Optional.ofNullable(component.getAnnotation(Form.class)).map(Form::value),
                Optional.ofNullable(component.getAnnotation(Each.class)).map(Each::value));
    }
}
