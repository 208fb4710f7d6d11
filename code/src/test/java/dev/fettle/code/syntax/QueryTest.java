package dev.fettle.code.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;
import org.treesitter.TSQueryCapture;
import org.treesitter.TSQueryCursor;
import org.treesitter.TSQueryMatch;
import org.treesitter.TSTree;

class QueryTest {

    /// Our queries are tree-sitter's: its own way of finding what they ask for is the judge of ours.
    @ParameterizedTest
    @CsvSource({
        "java,Java,Shop.java",
        "kotlin,Kotlin,shop.kt",
        "python,Python,shop.py",
        "javascript,Javascript,shop.js",
        "typescript,Typescript,shop.ts",
        "tsx,Tsx,shop.tsx",
        "go,Go,shop.go",
        "rust,Rust,shop.rs",
        "c,C,shop.c",
        "cpp,Cpp,shop.cpp",
        "c-sharp,CSharp,shop.cs",
        "ruby,Ruby,shop.rb",
        "php,Php,shop.php",
        "bash,Bash,shop.sh",
        "sql,Sql,shop.sql",
        "html,Html,shop.html",
        "css,Css,shop.css",
        "json,Json,shop.json",
        "yaml,Yaml,shop.yaml"
    })
    void findsWhatTreeSitterFinds(String language, String type, String fixture) throws Exception {
        String query = Query.text(language);
        String source = fixture(fixture);
        assertEquals(theirs(type, query, source), ours(language, query, source));
    }

    @Test
    void aQueryGoesOnWhereTheOneEndsThatItInherits() {
        assertTrue(Query.text("tsx").startsWith(Query.text("typescript")));
    }

    @Test
    void aQueryThatNamesWhatTheGrammarLacksIsRefused() {
        Grammar grammar = Grammar.of("json");
        for (String wrong :
                new String[] {"(nothing)", "(pair nothing: (string))", "(pair", "pair", "(pair (#near? @x))"}) {
            assertThrows(IllegalArgumentException.class, () -> Query.parse(grammar, wrong), wrong);
        }
    }

    @Test
    void predicatesCanBeDenied() throws Exception {
        String query = "(pair key: (string (string_content) @key (#not-eq? @key \"a\")))";
        assertEquals(
                "[key 10-11, key 18-19]",
                ours("json", query, "{\"a\": 1, \"b\": 1, \"c\": \"\\u0041\"}").toString());
    }

    private static Set<String> ours(String language, String text, String source) throws InterruptedException {
        Grammar grammar = Grammar.of(language);
        Query query = Query.parse(grammar, text);
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        Set<String> found = new TreeSet<>();
        try (SyntaxParser parser = new SyntaxParser(Duration.ofMinutes(1))) {
            SyntaxTree tree = parser.parse(grammar, bytes, query).orElseThrow();
            query.find(tree, bytes, match -> {
                for (int i = 0; i < match.size(); i++) {
                    int node = match.node(i);
                    found.add("%s %d-%d"
                            .formatted(query.captures().get(match.capture(i)), tree.start(node), tree.end(node)));
                }
            });
        }
        return found;
    }

    private static Set<String> theirs(String type, String text, String source) throws Exception {
        Set<String> found = new TreeSet<>();
        try (TSLanguage language = Class.forName("org.treesitter.TreeSitter" + type)
                        .asSubclass(TSLanguage.class)
                        .getDeclaredConstructor()
                        .newInstance();
                TSParser parser = new TSParser()) {
            parser.setLanguage(language);
            try (TSTree tree = parser.parseString(null, source);
                    TSQuery query = new TSQuery(language, text);
                    TSQueryCursor cursor = new TSQueryCursor()) {
                cursor.exec(query, tree.getRootNode(), source);
                TSQueryMatch match = new TSQueryMatch();
                while (cursor.nextMatch(match)) {
                    for (TSQueryCapture each : match.getCaptures()) {
                        found.add("%s %d-%d"
                                .formatted(
                                        query.getCaptureNameForId(each.getIndex()),
                                        each.getNode().getStartByte(),
                                        each.getNode().getEndByte()));
                    }
                }
            }
        }
        return found;
    }

    private static String fixture(String name) throws IOException {
        try (InputStream in = QueryTest.class.getResourceAsStream("/dev/fettle/code/fixtures/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
