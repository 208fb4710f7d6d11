package dev.fettle.code.source;

import dev.fettle.code.syntax.Query;
import dev.fettle.code.syntax.SyntaxParser;
import dev.fettle.code.syntax.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one file after another, for one thread at a time. What cannot be read is left out with a reason; of
/// broken files what fits the grammar is read.
public final class SourceReader implements AutoCloseable {
    /// A file larger than this is data, or generated.
    public static final int MOST_BYTES = SyntaxParser.MOST_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SMALL = 4 * 1024;
    private static final int LONG_ON_AVERAGE = 300;
    private static final int LONG_LINE = 20_000;

    /// To be raised when outlines, the index's tables or the grammars change otherwise than by our queries.
    private static final int OUTLINES = 1;

    private final SyntaxParser parser;

    /// What reads files otherwise has another version.
    public static String version() {
        CRC32 sum = new CRC32();
        sum.update(OUTLINES);
        for (Language each : Language.values()) {
            if (each != Language.TOML) {
                sum.update(Query.text(each.word()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Long.toHexString(sum.getValue());
    }

    public SourceReader() {
        this(PATIENCE);
    }

    /// A reader.
    ///
    /// @param patience how long one file may take
    SourceReader(Duration patience) {
        this.parser = new SyntaxParser(patience);
    }

    /// Reads a file's content.
    public Reading read(Language language, byte[] content) throws InterruptedException {
        if (content.length > MOST_BYTES) {
            return new Reading.Skipped("it is larger than %d KB".formatted(MOST_BYTES / 1024));
        }
        SourceText text = new SourceText(content);
        if (isBinary(content)) {
            return new Reading.Skipped("it is binary");
        }
        if (isMinified(text)) {
            return new Reading.Skipped("its lines are so long that it is minified or data");
        }
        if (language == Language.TOML) {
            return new Reading.Outlined(TomlOutline.of(text));
        }
        try {
            LanguageRules rules = LanguageRules.of(language);
            Optional<SyntaxTree> tree = parser.parse(rules.grammar(), content, rules.query());
            return tree.<Reading>map(
                            parsed -> new Reading.Outlined(new Extraction(rules, parsed, text).outline(language)))
                    .orElseGet(() -> new Reading.Skipped("it takes too long to parse"));
        } catch (LinkageError | StackOverflowError | RuntimeException e) {
            LOG.warn("A {} file cannot be read: {}", language.word(), e.toString());
            return new Reading.Skipped("its grammar failed");
        }
    }

    /// The language a text is in that has no name: the one whose grammar it fits, and of those the one in
    /// which most is found. Empty if it fits none.
    public Optional<Language> guess(byte[] content) throws InterruptedException {
        Optional<Language> best = Optional.empty();
        int most = 0;
        for (Language each : Language.values()) {
            int found = each.isTelling() && read(each, content) instanceof Reading.Outlined outlined
                    ? found(outlined.outline())
                    : 0;
            if (found > most) {
                most = found;
                best = Optional.of(each);
            }
        }
        return best;
    }

    private static int found(Outline outline) {
        return outline.hasError()
                ? 0
                : outline.symbols().size()
                        + outline.references().size()
                        + outline.imports().size();
    }

    private static boolean isBinary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, SMALL); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMinified(SourceText text) {
        return text.longestLine() > LONG_LINE
                || (text.bytes().length > SMALL && text.bytes().length / Math.max(1, text.lines()) > LONG_ON_AVERAGE);
    }

    @Override
    public void close() {
        parser.close();
    }
}
