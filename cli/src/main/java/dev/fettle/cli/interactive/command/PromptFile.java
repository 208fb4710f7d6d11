package dev.fettle.cli.interactive.command;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt with places for arguments, after a front matter of `key: value` lines that may be left out.
///
/// @param arguments what to give, for people; may be empty
record PromptFile(String description, String arguments, String text) {
    private static final Pattern PLACE = Pattern.compile("\\$(ARGUMENTS|[1-9])");
    private static final String FENCE = "---";
    private static final int LONGEST = 60;

    static PromptFile parse(String file) {
        Map<String, String> head = new HashMap<>();
        String text = file.replace("\r\n", "\n");
        int end = text.startsWith(FENCE + "\n") ? text.indexOf("\n" + FENCE + "\n", FENCE.length()) : -1;
        if (end >= 0) {
            text.substring(FENCE.length() + 1, end)
                    .lines()
                    .filter(line -> line.contains(":"))
                    .forEach(line -> head.put(
                            line.substring(0, line.indexOf(':')).strip(),
                            line.substring(line.indexOf(':') + 1).strip()));
            text = text.substring(end + 2 * FENCE.length() - 1);
        }
        String first = text.strip().lines().findFirst().orElse("");
        return new PromptFile(
                head.getOrDefault("description", first.length() <= LONGEST ? first : first.substring(0, LONGEST) + "…"),
                head.getOrDefault("argument-hint", ""),
                text.strip());
    }

    /// The prompt with arguments in their places; after it where it has none.
    String with(String given) {
        String[] words = given.isBlank() ? new String[0] : given.strip().split("\\s+");
        Matcher places = PLACE.matcher(text);
        if (!places.find()) {
            return given.isBlank() ? text : text + "\n\n" + given;
        }
        return places.reset().replaceAll(place -> Matcher.quoteReplacement(argument(place.group(1), given, words)));
    }

    private static String argument(String place, String given, String[] words) {
        if (place.equals("ARGUMENTS")) {
            return given;
        }
        int n = Integer.parseInt(place);
        return n <= words.length ? words[n - 1] : "";
    }
}
