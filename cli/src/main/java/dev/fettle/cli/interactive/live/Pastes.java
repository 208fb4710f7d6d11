package dev.fettle.cli.interactive.live;

import dev.fettle.cli.text.Printable;
import java.util.LinkedHashMap;
import java.util.Map;

/// Large pastes, which the line shows as `[pasted 10,000 lines]` and which are sent whole. Used by one thread.
final class Pastes {
    private static final int MOST_LINES = 10;
    private static final int MOST_CHARACTERS = 2_000;

    private final Map<String, String> texts = new LinkedHashMap<>();

    /// What to write into the line for a text from the clipboard, without its control characters.
    String shown(String pasted) {
        String text = Printable.of(pasted.replace("\r\n", "\n").replace('\r', '\n'));
        long lines = text.lines().count();
        if (lines <= MOST_LINES && text.length() <= MOST_CHARACTERS) {
            return text;
        }
        String size = lines > MOST_LINES ? "%,d lines".formatted(lines) : "%,d characters".formatted(text.length());
        String shown = "[pasted %s]".formatted(size);
        for (int n = 2; texts.containsKey(shown) && !text.equals(texts.get(shown)); n++) {
            shown = "[pasted %s, no. %d]".formatted(size, n);
        }
        texts.put(shown, text);
        return shown;
    }

    /// What a line stands for.
    String whole(String line) {
        String whole = line;
        for (Map.Entry<String, String> each : texts.entrySet()) {
            whole = whole.replace(each.getKey(), each.getValue());
        }
        return whole;
    }
}
