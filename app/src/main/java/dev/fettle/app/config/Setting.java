package dev.fettle.app.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/// Something that can be configured.
///
/// @param names the variable's name, then other names for the same thing
/// @param example a right value, for messages
/// @param standard the value when nobody sets one
/// @param reach who may set it
public record Setting<T>(
        List<String> names,
        String description,
        String example,
        Optional<String> standard,
        Parser<T> parser,
        Reach reach) {
    private static final String MASK = "********";

    public enum Reach {
        /// May also come from a `.env` file in the working directory, which a repository may have brought along.
        PROJECT,
        /// Only from the user: where keys, addresses and limits are concerned, a repository has no say.
        USER,
        /// As `USER`, and never shown.
        SECRET
    }

    /// Turns text into a value.
    @FunctionalInterface
    public interface Parser<T> {
        /// The value that a text stands for.
        ///
        /// @throws IllegalArgumentException with what is wrong, as in "must be a whole number"
        T parse(String text);
    }

    Setting<T> withStandard(String value) {
        return new Setting<>(names, description, example, Optional.of(value), parser, reach);
    }

    public String name() {
        return names.getFirst();
    }

    public boolean isSecret() {
        return reach == Reach.SECRET;
    }

    /// A text given for it as people may see it: nothing of a secret, and no password in a URL, be it a URL or not.
    public String shown(String text) {
        return isSecret()
                ? MASK
                : text.replaceFirst("(//[^:/@]*:).*@", "$1" + Matcher.quoteReplacement(MASK) + "@")
                        .replaceAll("(?i)([?&]password=)[^&]*", "$1" + Matcher.quoteReplacement(MASK));
    }
}
