package dev.fettle.core.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values known to be secret, found again however they are spelled: as they are, in base64 (wherever in it they
/// begin), hex, URL and JSON escapes, line by line, or wrapped. One pass over the text however many there are: a
/// rolling hash of eight characters says where to look (Karp and Rabin 1987). Not safe for use by several threads
/// while it is added to.
final class KnownValues {
    /// Shorter values are words too often.
    static final int SHORTEST = 8;

    private static final int SHORTEST_WRAPPED = 16;
    private static final int SHORTEST_LINE = 24;
    private static final int TABLE = 1 << 16;

    /// The beginning of a line of which more may come: its indentation, its number.
    private static final Pattern MARGIN = Pattern.compile("[\\r\\n][ \\t]*+\\d{0,7}+\\z");

    private record Spelling(String text, String kind) {}

    private final boolean[] marked = new boolean[TABLE];
    private final Map<Integer, List<Spelling>> byHash = new HashMap<>();
    private final Set<String> spelled = new LinkedHashSet<>();
    private final Map<Character, List<String>> byFirst = new HashMap<>();
    private int longest;

    boolean isEmpty() {
        return spelled.isEmpty();
    }

    void add(String value, String kind) {
        for (String spelling : spellings(value)) {
            if (spelling.length() >= SHORTEST && spelled.add(spelling)) {
                int hash = hash(spelling);
                marked[slot(hash)] = true;
                byHash.computeIfAbsent(hash, _ -> new ArrayList<>()).add(new Spelling(spelling, kind));
                byFirst.computeIfAbsent(spelling.charAt(0), _ -> new ArrayList<>())
                        .add(spelling);
                longest = Math.max(longest, spelling.length());
            }
        }
    }

    private static Set<String> spellings(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> spellings = new LinkedHashSet<>(List.of(value));
        if (value.length() < SHORTEST) {
            return spellings;
        }
        spellings.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        spellings.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        spellings.add(HexFormat.of().formatHex(bytes));
        spellings.add(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        spellings.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        for (int before = 0; before < 3; before++) {
            String base64 = base64(bytes, before);
            spellings.add(base64);
            spellings.add(base64.replace('+', '-').replace('/', '_'));
        }
        if (value.indexOf('\n') >= 0) {
            value.lines()
                    .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
                    .forEach(spellings::add);
        }
        return spellings;
    }

    /// The characters that belong to these bytes alone when `before` bytes precede them in their group of three.
    private static String base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int shared = shifted.length % 3 == 0 ? 0 : 1;
        return encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - shared);
    }

    void find(String text, List<Finding> found) {
        if (isEmpty()) {
            return;
        }
        search(text, Unwrapped.NONE, found);
        if (text.indexOf('\n') >= 0) {
            Unwrapped unwrapped = Unwrapped.of(text);
            search(unwrapped.text(), unwrapped, found);
        }
    }

    /// Where a value may have begun of which the rest has yet to come; the text's length if nowhere.
    int begun(String text) {
        int at = begunIn(text);
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            Matcher margin = MARGIN.matcher(text);
            String lines = margin.find() ? text.substring(0, margin.start()) : text;
            at = Math.min(at, Math.min(begunWrapped(text), begunWrapped(lines)));
        }
        return at;
    }

    private int begunWrapped(String text) {
        Unwrapped unwrapped = Unwrapped.of(text);
        int at = begunIn(unwrapped.text());
        return at < unwrapped.text().length() ? unwrapped.original(at) : Integer.MAX_VALUE;
    }

    private int begunIn(String text) {
        for (int i = Math.max(0, text.length() - longest + 1); i < text.length(); i++) {
            for (String spelling : byFirst.getOrDefault(text.charAt(i), List.of())) {
                int there = text.length() - i;
                if (there < spelling.length() && text.regionMatches(i, spelling, 0, there)) {
                    return i;
                }
            }
        }
        return text.length();
    }

    private void search(String text, Unwrapped unwrapped, List<Finding> found) {
        int high = power(SHORTEST - 1);
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i >= SHORTEST) {
                hash -= text.charAt(i - SHORTEST) * high;
            }
            hash = hash * 31 + text.charAt(i);
            int start = i - SHORTEST + 1;
            if (start >= 0 && marked[slot(hash)]) {
                match(text, start, hash, unwrapped, found);
            }
        }
    }

    private void match(String text, int start, int hash, Unwrapped unwrapped, List<Finding> found) {
        for (Spelling spelling : byHash.getOrDefault(hash, List.of())) {
            int end = start + spelling.text().length();
            if (!text.startsWith(spelling.text(), start)) {
                continue;
            }
            if (unwrapped.isNothing()) {
                found.add(new Finding(spelling.kind(), start, end, spelling.text()));
            } else if (spelling.text().length() >= SHORTEST_WRAPPED) {
                found.add(new Finding(
                        spelling.kind(), unwrapped.original(start), unwrapped.original(end - 1) + 1, spelling.text()));
            }
        }
    }

    private static int hash(String spelling) {
        int hash = 0;
        for (int i = 0; i < SHORTEST; i++) {
            hash = hash * 31 + spelling.charAt(i);
        }
        return hash;
    }

    private static int power(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 31;
        }
        return power;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (TABLE - 1);
    }
}
