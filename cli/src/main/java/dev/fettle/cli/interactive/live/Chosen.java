package dev.fettle.cli.interactive.live;

import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader.Option;
import org.jspecify.annotations.Nullable;

/// Takes candidates as whoever found them has chosen and ordered them, for they need not begin with what was typed.
final class Chosen implements CompletionMatcher {
    private String typed = "";
    private List<Candidate> candidates = List.of();

    @Override
    public void compile(
            Map<Option, Boolean> options,
            boolean prefix,
            CompletingParsedLine line,
            boolean caseInsensitive,
            int errors,
            String originalGroupName) {
        typed = line.word();
    }

    @Override
    public List<Candidate> matches(List<Candidate> found) {
        candidates = found;
        return found;
    }

    @Override
    public @Nullable Candidate exactMatch() {
        return null;
    }

    @Override
    public String getCommonPrefix() {
        String common = candidates.getFirst().value();
        for (Candidate each : candidates) {
            int same = 0;
            int most = Math.min(common.length(), each.value().length());
            while (same < most && common.charAt(same) == each.value().charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        return common.startsWith(typed) ? common : typed;
    }
}
