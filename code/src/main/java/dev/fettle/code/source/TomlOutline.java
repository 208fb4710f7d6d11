package dev.fettle.code.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tables and keys of a TOML file (toml.io 1.0). There is no grammar to be had for it; line by line is
/// enough, for no line inside a text of several lines counts.
final class TomlOutline {
    private static final Pattern TABLE = Pattern.compile("\\s*\\[\\[?\\s*([^\\[\\]]+?)\\s*]]?\\s*(?:#.*)?");
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.\"'-]+)\\s*=\\s*(.*)");
    private static final List<String> LONG_QUOTES = List.of("\"\"\"", "'''");

    private final SourceText text;
    private final List<Symbol> symbols = new ArrayList<>();
    private int table = -1;

    private TomlOutline(SourceText text) {
        this.text = text;
    }

    static Outline of(SourceText text) {
        TomlOutline outline = new TomlOutline(text);
        outline.read();
        return new Outline(Language.TOML, text.lines(), outline.symbols, List.of(), List.of(), false);
    }

    private void read() {
        List<String> lines = text.slice(0, text.bytes().length).lines().toList();
        String quote = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!quote.isEmpty()) {
                quote = line.contains(quote) ? "" : quote;
                continue;
            }
            Matcher header = TABLE.matcher(line);
            Matcher key = KEY.matcher(line);
            if (header.matches()) {
                endTable(i);
                table = symbols.size();
                add(header.group(1), Symbol.Kind.TABLE, line, i + 1, -1);
            } else if (key.matches()) {
                add(key.group(1), Symbol.Kind.KEY, line, i + 1, table);
                quote = opened(key.group(2));
            }
        }
        endTable(lines.size());
    }

    private void add(String name, Symbol.Kind kind, String line, int at, int container) {
        symbols.add(new Symbol(name, kind, Signature.of(line, true), at, at, container, 0, false));
    }

    /// A table goes on until the next one begins.
    private void endTable(int line) {
        if (table >= 0) {
            Symbol open = symbols.get(table);
            symbols.set(
                    table, new Symbol(open.name(), open.kind(), open.signature(), open.first(), line, -1, 0, false));
        }
    }

    private static String opened(String value) {
        return LONG_QUOTES.stream()
                .filter(quote -> value.startsWith(quote) && value.indexOf(quote, quote.length()) < 0)
                .findFirst()
                .orElse("");
    }
}
