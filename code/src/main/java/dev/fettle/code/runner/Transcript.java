package dev.fettle.code.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Takes down a command's output as it comes, and the report files that [TestScript] prints after it. All of it is
/// bounded: of the output the beginning and the end are kept.
final class Transcript implements Consumer<String> {
    private static final int HEAD = 1_000_000;
    private static final int TAIL = 3_000_000;
    private static final int MOST_OF_REPORTS = 24_000_000;
    private static final int LONGEST_MARK = 600;

    private final Consumer<String> live;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private final StringBuilder pending = new StringBuilder();
    private final List<ReportFile> files = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();
    private String reported = "";
    private int reportsLength;
    private boolean atLineStart = true;
    private boolean isReporting;

    Transcript(Consumer<String> live) {
        this.live = live;
    }

    @Override
    public void accept(String piece) {
        int from = 0;
        while (from < piece.length()) {
            int newline = piece.indexOf('\n', from);
            int end = newline < 0 ? piece.length() : newline + 1;
            pending.append(piece, from, end);
            from = end;
            if (newline >= 0 || pending.length() > LONGEST_MARK) {
                flush();
            }
        }
    }

    private void flush() {
        String text = pending.toString();
        pending.setLength(0);
        boolean isWholeLine = atLineStart && text.endsWith("\n");
        atLineStart = text.endsWith("\n");
        if (isWholeLine && text.strip().equals(TestScript.REPORTS)) {
            isReporting = true;
        } else if (isReporting && isWholeLine && text.startsWith(TestScript.REPORT)) {
            endReport();
            reported = text.substring(TestScript.REPORT.length()).strip();
        } else if (isReporting) {
            addToReport(text);
        } else {
            keep(text);
            live.accept(text);
        }
    }

    private void addToReport(String text) {
        if (reportsLength < MOST_OF_REPORTS) {
            reportsLength += text.length();
            report.append(text);
        }
    }

    private void endReport() {
        if (!reported.isEmpty()) {
            files.add(new ReportFile(reported, report.toString()));
        }
        report.setLength(0);
    }

    private void keep(String text) {
        if (head.length() + text.length() <= HEAD && tail.isEmpty()) {
            head.append(text);
            return;
        }
        tail.append(text);
        if (tail.length() > 2 * TAIL) {
            tail.delete(0, tail.length() - TAIL);
        }
    }

    /// What there was, to be called once when nothing more comes.
    String text() {
        flush();
        endReport();
        reported = "";
        tail.delete(0, Math.max(0, tail.length() - TAIL));
        return head + tail.toString();
    }

    /// The report files, after [#text].
    List<ReportFile> files() {
        return List.copyOf(files);
    }
}
