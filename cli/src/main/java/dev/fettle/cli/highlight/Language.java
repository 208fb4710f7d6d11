package dev.fettle.cli.highlight;

import java.util.List;
import java.util.Set;

/// How a language is written, as far as colours go. Each is a section of `languages.txt`, which says what the parts
/// mean.
///
/// @param lineComments what begins them
/// @param regions longest opening first
/// @param quotes of single characters
/// @param key what comes after a key, or nothing
record Language(
        List<String> lineComments,
        boolean isLineCommentApart,
        List<Region> regions,
        String quotes,
        String sigils,
        String labels,
        String heredoc,
        String key,
        boolean isCaseFolded,
        boolean isApart,
        Form form,
        Set<String> words,
        Set<String> names) {

    enum Form {
        NONE,
        CODE,
        MARKUP,
        CHANGES
    }

    /// Text between two marks that is not code.
    ///
    /// @param escape takes the meaning of the character after it; a space if there is none
    record Region(Shade shade, String open, String close, char escape, boolean isOverLines, boolean isNested) {}

    /// Text without a language.
    static final Language PLAIN =
            new Language(List.of(), false, List.of(), "", "", "", "", "", false, false, Form.NONE, Set.of(), Set.of());
}
