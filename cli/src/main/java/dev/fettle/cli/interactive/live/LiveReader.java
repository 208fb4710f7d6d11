package dev.fettle.cli.interactive.live;

import dev.fettle.cli.text.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/// Reads what the user types at the bottom of the terminal while finished lines are printed above it.
///
/// One thread reads, without end, so that nothing typed is lost while the agent works; others print and repaint. JLine
/// does that with [LineReader#printAbove]; what it lacks are lines that live: the unfinished line of an answer, what
/// runs, the status. They are made part of what it paints: those above as the first lines of the prompt, the one below
/// after the buffer. So there is one painter with one model of the screen, which sends only what differs, and the
/// terminal's own scrollback has each finished line once. (JLine's own status line reserves rows by a scroll region;
/// terminals differ in what that does to the scrollback and to a resize.)
///
/// While a question is put, keys go to whoever asks, and what had been typed waits. What is pasted then is no answer.
public final class LiveReader extends LineReaderImpl implements Page {
    /// How long after Escape alone the rest of a key's sequence may come.
    private static final Duration ESCAPE = Duration.ofMillis(100);
    private static final int FEW_ROWS = 3;
    /// Names without it are those of JLine's own actions.
    private static final String OURS = "fettle-";

    private final Margins margins;
    private final Style style;
    private final boolean calls;
    private final Pastes pastes = new Pastes();
    private final Pulse pulse;
    private final Attributes cooked;
    private Optional<Consumer<String>> asking = Optional.empty();
    private String waiting = "";
    private boolean isLeaving;
    /// Whether the key for that was read.
    private boolean isInterrupt;
    private boolean isAnswer;
    private MaskingCallback kept = new Kept(UnaryOperator.identity());

    /// A reader that has not begun.
    ///
    /// @param calls whether the user wants to be called
    public LiveReader(Terminal terminal, Style style, Margins margins, boolean calls) {
        super(terminal, "fettle", null);
        this.margins = margins;
        this.style = style;
        this.calls = calls;
        // All the time, or what is typed between two lines would be echoed.
        this.cooked = terminal.enterRawMode();
        this.pulse = new Pulse(this::repaint, margins::isMoving);
        setParser(new BlankParted());
        setCompletionMatcher(new Chosen());
        option(Option.ERASE_LINE_ON_FINISH, true);
        option(Option.DISABLE_EVENT_EXPANSION, true);
        option(Option.AUTO_FRESH_LINE, false);
        option(Option.INSERT_TAB, false);
        variable(SECONDARY_PROMPT_PATTERN, "  ");
        KeyMap<Binding> keys = keys();
        keys.setAmbiguousTimeout(ESCAPE.toMillis());
        keys.bind(new Reference(INTERRUPT), KeyMap.ctrl('C'));
        bind("newline", this::newline, KeyMap.alt('\r'), KeyMap.alt('\n'), "\n");
        bind("suspend", this::suspend, KeyMap.ctrl('Z'));
    }

    /// Has keys do something.
    ///
    /// @param name for those of the user's that are bound otherwise
    public void bind(String name, Runnable action, String... keys) {
        getWidgets().put(OURS + name, () -> {
            action.run();
            return true;
        });
        keys().bind(new Reference(OURS + name), (CharSequence[]) keys);
    }

    private KeyMap<Binding> keys() {
        return Objects.requireNonNull(getKeyMaps().get(EMACS));
    }

    /// Waits for the next line, with all that was pasted into it.
    ///
    /// @throws org.jline.reader.UserInterruptException at Ctrl-C, with what had been typed
    /// @throws org.jline.reader.EndOfFileException at Ctrl-D on an empty line, or when the terminal is gone
    public Line next() {
        String begun = resumed();
        while (true) {
            isInterrupt = false;
            try {
                String shown = readLine(null, null, kept, begun);
                return new Line(shown, pastes.whole(shown));
            } catch (UserInterruptException e) {
                if (isInterrupt) {
                    throw e;
                }
                // In raw mode JLine makes a signal of Ctrl-C, and then reads it as a key: one press, heard twice.
                begun = e.getPartialLine();
            }
        }
    }

    @Override
    protected boolean interrupt() {
        isInterrupt = true;
        return super.interrupt();
    }

    private String resumed() {
        lock.lock();
        try {
            return asking.isPresent() ? "" : takeWaiting();
        } finally {
            lock.unlock();
        }
    }

    private String takeWaiting() {
        String taken = waiting;
        waiting = "";
        return taken;
    }

    /// What was typed.
    ///
    /// @param shown as the screen had it
    /// @param whole with what was pasted
    public record Line(String shown, String whole) {}

    /// Keeps what is typed for later sittings, in a file of the user's alone.
    ///
    /// @param mask takes secrets out
    public void keepIn(Path file, UnaryOperator<String> mask) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        // JLine finds out too late, where nobody can answer it.
        Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
                .close();
        variable(HISTORY_FILE, file);
        kept = new Kept(mask);
    }

    /// What of a line is kept: no paste that only stands for a text, no reason for a no.
    private final class Kept implements MaskingCallback {
        private final UnaryOperator<String> mask;

        Kept(UnaryOperator<String> mask) {
            this.mask = mask;
        }

        @Override
        public String display(String line) {
            return line;
        }

        @Override
        public String history(String line) {
            return !isAnswer && pastes.whole(line).equals(line) ? mask.apply(line) : "";
        }
    }

    /// What the next line begins with.
    public void begin(String text) {
        waiting = text;
    }

    private void newline() {
        buf.write('\n');
    }

    /// As the terminal itself would, which in raw mode hands the key over: stops all processes of the job, and leaves
    /// the screen to the shell. When they go on, JLine paints anew.
    private void suspend() {
        isLeaving = true;
        super.redisplay(false);
        isLeaving = false;
        terminal.writer().write(BRACKETED_PASTE_OFF);
        terminal.flush();
        Attributes raw = terminal.getAttributes();
        terminal.setAttributes(cooked);
        try {
            new ProcessBuilder("kill", "-TSTP", "0").start().waitFor();
        } catch (IOException e) {
            beep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.setAttributes(raw);
        terminal.writer().write(BRACKETED_PASTE_ON);
        redrawLine();
    }

    @Override
    protected boolean acceptLine() {
        if (buf.cursor() == buf.length() && buf.length() > 0 && buf.prevChar() == '\\') {
            buf.backspace();
            newline();
            return true;
        }
        return super.acceptLine();
    }

    @Override
    public boolean beginPaste() {
        buf.write(pastes.shown(doReadStringUntil(BRACKETED_PASTE_END)));
        return true;
    }

    /// From here on keys go to whoever asks; what had been typed waits.
    public void ask(Consumer<String> keys) {
        locked(() -> {
            waiting += buf.toString();
            buf.clear();
            asking = Optional.of(keys);
            repaint();
        });
    }

    /// Keys are typed again.
    ///
    /// @param resumes whether the line goes on that had been begun; if not, it is the one after the next
    public void answered(boolean resumes) {
        locked(() -> {
            asking = Optional.empty();
            isAnswer = !resumes;
            if (resumes && reading) {
                String pasted = buf.toString();
                buf.clear();
                buf.write(takeWaiting() + pasted);
            }
            repaint();
        });
    }

    @Override
    protected Widget getWidget(Object binding) {
        String key = getLastBinding();
        return asking.isEmpty() || key.equals(BRACKETED_PASTE_BEGIN)
                ? super.getWidget(binding)
                : () -> {
                    asking.ifPresent(each -> each.accept(key));
                    return true;
                };
    }

    @Override
    public void lines(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        locked(() -> {
            terminal.beginSynchronizedUpdate();
            if (reading) {
                display.update(List.of(), 0, false);
            }
            terminal.writer().print(text);
            if (reading) {
                redisplay(false);
            }
            terminal.endSynchronizedUpdate();
            terminal.flush();
        });
    }

    @Override
    public void changed() {
        pulse.changed();
    }

    @Override
    public void call(String why) {
        if (!calls) {
            return;
        }
        locked(() -> {
            // OSC 9, understood as a notification or passed over; then the bell.
            terminal.writer().print("\u001b]9;%s\u0007\u0007".formatted(why));
            terminal.flush();
        });
    }

    @Override
    public int width() {
        int columns = terminal.getColumns();
        return columns <= 0 ? 80 : columns;
    }

    @Override
    public Style style() {
        return style;
    }

    private void repaint() {
        locked(() -> {
            if (reading) {
                redisplay(true);
            }
        });
    }

    @Override
    protected void redisplay(boolean flush) {
        locked(() -> {
            prompt = isLeaving ? AttributedString.EMPTY : prompt();
            super.redisplay(flush);
        });
    }

    private AttributedString prompt() {
        int width = width();
        AttributedStringBuilder lines = new AttributedStringBuilder();
        List<String> above = margins.above(width);
        int most = Math.max(FEW_ROWS, size.getRows() / 2);
        for (String line : above.subList(Math.max(0, above.size() - most), above.size())) {
            lines.append(cut(line, width)).append("\n");
        }
        return lines.append(AttributedString.fromAnsi(margins.mark())).toAttributedString();
    }

    @Override
    public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
        AttributedString whole = super.getDisplayedBufferWithPrompts(secondaryPrompts);
        return isLeaving || post != null
                ? whole
                : new AttributedStringBuilder()
                        .append(whole)
                        .append("\n")
                        .append(cut(margins.below(width()), width()))
                        .toAttributedString();
    }

    /// To a column less than there are: terminals differ in what they do at the last.
    private static AttributedString cut(String line, int width) {
        AttributedString whole = AttributedString.fromAnsi(line);
        return whole.columnLength() < width ? whole : whole.columnSubSequence(0, Math.max(1, width - 1));
    }

    /// What JLine knows of the screen changes, which others may be painting.
    @Override
    protected void handleSignal(Terminal.Signal signal) {
        locked(() -> super.handleSignal(signal));
        changed();
    }

    @Override
    protected void cleanup() {
        isLeaving = true;
        try {
            super.cleanup();
        } finally {
            isLeaving = false;
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /// Leaves the terminal as it was.
    public void close() {
        pulse.close();
        terminal.setAttributes(cooked);
    }
}
