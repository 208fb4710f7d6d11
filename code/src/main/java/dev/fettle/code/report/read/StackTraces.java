package dev.fettle.code.report.read;

import dev.fettle.code.report.Frame;
import dev.fettle.code.report.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the stack traces in any text: logs, reports, what a user pasted.
final class StackTraces {
    private static final int MOST_TRACES = 50;
    private static final int MOST_FRAMES = 60;
    /// Lines of source, or of what the frame was called with, may stand between two frames.
    private static final int WIDEST_GAP = 3;

    private static final int LONGEST_ERROR = 500;
    private static final Pattern CAUSE = Pattern.compile("^\\s*Caused by: ");
    private static final Pattern NAMES_AN_ERROR = Pattern.compile(
            "^\\s*(?:E\\s+|Exception in thread \"[^\"]*\" |Caused by: |Uncaught |Unhandled exception\\. )?"
                    + "(?:[\\w.$\\\\]*(?:Error|Exception|Failure|Failed|Interrupt|Exit|panic|goexit)[\\w$]*\\b|panic: |assert)");
    private static final Pattern SAYS_AN_ERROR = Pattern.compile("panicked at|Error\\b|Exception\\b|error:");
    private static final Pattern TRACEBACK = Pattern.compile("^\\s*Traceback \\(most recent call last\\):");

    private final List<String> lines;
    private final List<Trace> traces = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private Optional<FrameSyntax> syntax = Optional.empty();
    /// Where the traces of the error begin that is being read, with its causes.
    private int chain;
    /// The last line of the trace before.
    private int before = -1;

    private int first;
    private int last;

    private StackTraces(List<String> lines) {
        this.lines = lines;
    }

    /// In the order of the text, but the cause of an error before the error.
    static List<Trace> in(String text) {
        return in(Lines.of(text));
    }

    static List<Trace> in(List<String> lines) {
        StackTraces found = new StackTraces(lines);
        found.read();
        return List.copyOf(found.traces);
    }

    /// The frames of all traces, the cause of an error before the error.
    static List<Frame> framesIn(List<String> lines) {
        return in(lines).stream()
                .flatMap(trace -> trace.frames().stream())
                .distinct()
                .limit(MOST_FRAMES)
                .toList();
    }

    private void read() {
        for (int i = 0; i < lines.size() && traces.size() < MOST_TRACES; i++) {
            String line = lines.get(i);
            boolean parts =
                    CAUSE.matcher(line).find() || TRACEBACK.matcher(line).find();
            if (parts || i - last > WIDEST_GAP) {
                finish();
            }
            Optional<FrameSyntax> fitting = syntax(line);
            if (fitting.isPresent()) {
                add(i, fitting.get());
            }
        }
        finish();
    }

    private static Optional<FrameSyntax> syntax(String line) {
        for (FrameSyntax each : FrameSyntax.values()) {
            if (each.read(line).isPresent()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private void add(int index, FrameSyntax fitting) {
        if (syntax.filter(each -> each.isInnermostLast() != fitting.isInnermostLast())
                .isPresent()) {
            finish();
        }
        if (frames.isEmpty()) {
            first = index;
            syntax = Optional.of(fitting);
        }
        last = index;
        if (frames.size() == MOST_FRAMES && fitting.isInnermostLast()) {
            frames.removeFirst();
        }
        if (frames.size() < MOST_FRAMES) {
            fitting.read(lines.get(index))
                    .map(frame -> withSymbol(frame, index, fitting))
                    .ifPresent(frames::add);
        }
    }

    /// Go prints the function on the line before its place.
    private Frame withSymbol(Frame frame, int index, FrameSyntax fitting) {
        if (fitting != FrameSyntax.GO || index == 0 || !lines.get(index).startsWith("\t")) {
            return frame;
        }
        String before = lines.get(index - 1);
        int arguments = before.lastIndexOf('(');
        return arguments > 0 ? new Frame(frame.file(), frame.line(), before.substring(0, arguments)) : frame;
    }

    private void finish() {
        if (frames.isEmpty()) {
            return;
        }
        boolean isInnermostLast = syntax.filter(FrameSyntax::isInnermostLast).isPresent();
        boolean isCause = !isInnermostLast
                && first > 0
                && CAUSE.matcher(lines.get(first - 1)).find();
        if (isInnermostLast) {
            Collections.reverse(frames);
        }
        Trace trace = new Trace(isInnermostLast ? errorAfter() : errorBefore(), frames);
        chain = isCause ? chain : traces.size();
        traces.add(chain, trace);
        frames.clear();
        before = last;
        syntax = Optional.empty();
    }

    private String errorBefore() {
        if (syntax.filter(FrameSyntax::maySayError).isPresent()
                && SAYS_AN_ERROR.matcher(lines.get(first)).find()) {
            return worded(lines.get(first));
        }
        for (int i = first; i > before && i >= first - 2 * WIDEST_GAP; i--) {
            if (NAMES_AN_ERROR.matcher(lines.get(i)).find()) {
                return worded(lines.get(i));
            }
        }
        return first <= before + 1 ? "" : worded(lines.get(first - 1));
    }

    /// Python indents the source, and names the error at the margin.
    private String errorAfter() {
        for (int i = last; i < lines.size() && i <= last + 2 * WIDEST_GAP; i++) {
            String line = lines.get(i);
            if (NAMES_AN_ERROR.matcher(line).find() && syntax(line).isEmpty()) {
                return worded(line);
            }
        }
        String line = lines.get(last);
        return syntax.filter(each -> each == FrameSyntax.PYTEST).isPresent()
                ? worded(line.substring(line.lastIndexOf(": ") + 1))
                : "";
    }

    private static String worded(String line) {
        String error = CAUSE.matcher(line).replaceFirst("").strip();
        return Lines.bounded(error.startsWith("E  ") ? error.substring(1).strip() : error, LONGEST_ERROR);
    }
}
