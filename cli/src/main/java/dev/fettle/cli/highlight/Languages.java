package dev.fettle.cli.highlight;

import dev.fettle.cli.highlight.Language.Region;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// All languages by their names, read once from `languages.txt`.
final class Languages {
    private static final Map<String, Language> BY_NAME = read();

    private Languages() {}

    /// The one that an info string begins with.
    ///
    /// @param info what stands after a fence: the name comes first, if there is one
    static Language named(String info) {
        String[] words = info.strip().toLowerCase(Locale.ROOT).split("[\\s,{:]+", 2);
        String name = words[0].startsWith(".") ? words[0].substring(1) : words[0];
        return BY_NAME.getOrDefault(name, Language.PLAIN);
    }

    private static Map<String, Language> read() {
        Map<String, Language> all = new HashMap<>();
        String names = "";
        List<String> section = new ArrayList<>();
        for (String line : (text() + "\n[]").split("\n", -1)) {
            if (line.startsWith("[")) {
                Language language = language(section);
                words(names).forEach(name -> all.put(name, language));
                names = line.substring(1, line.length() - 1);
                section.clear();
            } else if (!line.isBlank() && !line.startsWith("# ")) {
                section.add(line);
            }
        }
        return Map.copyOf(all);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Languages.class.getResourceAsStream("languages.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Language language(List<String> section) {
        Map<String, String> values = new HashMap<>();
        List<Region> regions = new ArrayList<>();
        for (String line : section) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "block" -> regions.add(new Region(Shade.COMMENT, words[1], words[2], ' ', true, false));
                case "nested" -> regions.add(new Region(Shade.COMMENT, words[1], words[2], ' ', true, true));
                case "string", "text" ->
                    regions.add(new Region(
                            Shade.STRING,
                            words[1],
                            words[2],
                            words.length > 3 ? words[3].charAt(0) : ' ',
                            words[0].equals("text"),
                            false));
                default ->
                    values.merge(words[0], line.substring(words[0].length()).strip(), (a, b) -> a + " " + b);
            }
        }
        regions.sort(
                Comparator.comparingInt((Region each) -> each.open().length()).reversed());
        boolean isApart = values.containsKey("line-apart");
        return new Language(
                List.copyOf(words(values.getOrDefault(isApart ? "line-apart" : "line", ""))),
                isApart,
                List.copyOf(regions),
                values.getOrDefault("char", ""),
                values.getOrDefault("sigil", ""),
                values.getOrDefault("label", ""),
                values.getOrDefault("heredoc", ""),
                values.getOrDefault("key", ""),
                values.containsKey("fold"),
                values.containsKey("apart"),
                values.containsKey("markup")
                        ? Language.Form.MARKUP
                        : values.containsKey("changes") ? Language.Form.CHANGES : Language.Form.CODE,
                Set.copyOf(words(values.getOrDefault("words", ""))),
                Set.copyOf(words(values.getOrDefault("names", ""))));
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(text.split(" ", -1)));
        words.remove("");
        return words;
    }
}
