package dev.fettle.code.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What each language's query finds in a small file of everything, as it is written beside the file.
class LanguagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shop.java",
                "shop.kt",
                "shop.py",
                "shop.js",
                "shop.ts",
                "shop.tsx",
                "shop.go",
                "shop.rs",
                "shop.c",
                "shop.cpp",
                "shop.cs",
                "shop.rb",
                "shop.php",
                "shop.sh",
                "shop.sql",
                "shop.html",
                "shop.css",
                "shop.json",
                "shop.yaml",
                "shop.toml"
            })
    void findsWhatIsThere(String file) throws Exception {
        Language language = Language.of(file).orElseThrow();
        try (SourceReader reader = new SourceReader()) {
            Reading reading = reader.read(language, resource(file));
            Outline outline = assertInstanceOf(Reading.Outlined.class, reading).outline();
            assertEquals(new String(resource(file + ".outline"), StandardCharsets.UTF_8), text(outline));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LanguagesTest.class.getResourceAsStream("/dev/fettle/code/fixtures/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static String text(Outline outline) {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add("%d lines%s".formatted(outline.lines(), outline.hasError() ? ", broken" : ""));
        for (Symbol each : outline.symbols()) {
            lines.add("%s %s %d-%d%s%s%s: %s"
                    .formatted(
                            each.kind().word(),
                            each.name(),
                            each.first(),
                            each.last(),
                            each.container() < 0
                                    ? ""
                                    : " in "
                                            + outline.symbols()
                                                    .get(each.container())
                                                    .name(),
                            each.complexity() > 0 ? " complexity " + each.complexity() : "",
                            each.isEntry() ? " entry" : "",
                            each.signature()));
        }
        outline.imports().forEach(each -> lines.add("import %s %d".formatted(each.target(), each.line())));
        outline.references()
                .forEach(each -> lines.add("%s %s %d%s"
                        .formatted(
                                each.kind().name().toLowerCase(Locale.ROOT),
                                each.name(),
                                each.line(),
                                each.from() < 0
                                        ? ""
                                        : " in "
                                                + outline.symbols()
                                                        .get(each.from())
                                                        .name())));
        return lines.toString();
    }
}
