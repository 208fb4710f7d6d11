package dev.fettle.tools.search;

/// A line whose matching against a regular expression can be broken off. `java.util.regex` backtracks for as long as it
/// takes, which can be longer than the universe has; all it does to the text is ask for characters, so that is
/// where to count.
final class PatientText implements CharSequence {
    private static final int MOST_STEPS = 10_000_000;
    private static final int INTERRUPT_CHECK = (1 << 16) - 1;

    private final String text;
    private int steps;

    PatientText(String text) {
        this.text = text;
    }

    /// The matching takes too long, or the thread was interrupted, which it still is.
    static final class BrokenOff extends RuntimeException {
        BrokenOff() {
            super("Matching was broken off", null, false, false);
        }
    }

    int steps() {
        return steps;
    }

    @Override
    public char charAt(int index) {
        if (++steps > MOST_STEPS
                || ((steps & INTERRUPT_CHECK) == 0 && Thread.currentThread().isInterrupted())) {
            throw new BrokenOff();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
