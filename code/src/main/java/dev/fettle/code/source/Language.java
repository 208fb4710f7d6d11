package dev.fettle.code.source;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The languages that are understood. What counts as a definition, a reference or an import in each is said
/// by its query, `queries/<word>.scm`.
public enum Language {
    JAVA("java"),
    KOTLIN("kt kts"),
    PYTHON("py pyi"),
    JAVASCRIPT("js mjs cjs jsx"),
    TYPESCRIPT("ts mts cts"),
    TSX("tsx"),
    GO("go"),
    RUST("rs"),
    C("c h"),
    CPP("cpp cc cxx hpp hh hxx"),
    C_SHARP("cs"),
    RUBY("rb rake gemspec"),
    PHP("php"),
    BASH("sh bash"),
    SQL("sql"),
    HTML("html htm"),
    CSS("css"),
    JSON("json"),
    YAML("yaml yml"),
    TOML("toml");

    private static final Map<String, Language> BY_EXTENSION = Arrays.stream(values())
            .flatMap(each -> each.extensions().stream().map(extension -> Map.entry(extension, each)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /// Parted by blanks.
    private final String extensions;

    Language(String extensions) {
        this.extensions = extensions;
    }

    private List<String> extensions() {
        return List.of(extensions.split(" "));
    }

    /// The language of a file, by its name.
    public static Optional<Language> of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(BY_EXTENSION.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }

    /// The language of this name or with this extension, as a person writes it.
    public static Optional<Language> named(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word) || each.extensions().contains(word))
                .findFirst();
    }

    /// Whether a text that fits its grammar is likely to be meant so: nearly everything is YAML.
    boolean isTelling() {
        return this != YAML && this != TOML && this != HTML;
    }

    /// The usual end of a file name, without the dot.
    public String extension() {
        return extensions().getFirst();
    }

    /// As its grammar is called: `c-sharp`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
