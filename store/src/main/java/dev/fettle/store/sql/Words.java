package dev.fettle.store.sql;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes the words out of a text, the same way for both databases, which differ in what they take for a word
/// and know the cases of other alphabets or do not. What comes out holds letters, marks and digits only, so
/// nothing that anybody writes is ever read as the syntax of a search.
final class Words {
    /// In Chinese and Japanese words stand together; there each ideograph is taken for one.
    private static final Pattern WORD =
            Pattern.compile("\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+");

    /// A search for more would be slow and find everything.
    private static final int MOST_SOUGHT = 64;

    /// PostgreSQL refuses to look for a word of two thousand bytes.
    private static final int LONGEST = 64;

    private Words() {}

    /// All of them, in order, with blanks between.
    static String of(String text) {
        return String.join(" ", list(text));
    }

    /// The different ones that begin a text.
    static List<String> sought(String text) {
        return list(text).stream().distinct().limit(MOST_SOUGHT).toList();
    }

    private static List<String> list(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return WORD.matcher(plain)
                .results()
                .map(MatchResult::group)
                .map(word -> word.substring(0, Math.min(LONGEST, word.length())))
                .toList();
    }
}
