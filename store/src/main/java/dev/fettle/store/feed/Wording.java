package dev.fettle.store.feed;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.util.ArrayList;
import java.util.List;

/// Notices as texts: a word that names the sender, then a line each, as `ses_… 42`, or `ses_… run_… ready`.
///
/// @param sender letters and digits
record Wording(String sender) {

    /// As few texts as the line takes.
    List<String> write(List<Notice> notices) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder(sender);
        for (Notice notice : notices) {
            String line = line(notice);
            if (text.length() + line.length() > Line.MOST) {
                texts.add(text.toString());
                text = new StringBuilder(sender);
            }
            text.append(line);
        }
        texts.add(text.toString());
        return texts;
    }

    private static String line(Notice notice) {
        return switch (notice) {
            case Notice.Appended each -> "\n" + each.session() + " " + each.seq();
            case Notice.RunChanged each ->
                "\n" + each.session() + " " + each.run() + (each.isReady() ? " ready" : " changed");
            case Notice.Anything _ -> "";
        };
    }

    /// What a text says; nothing if it is of this sender, who knows it. Other versions may say more, which is left out.
    List<Notice> read(String text) {
        List<String> lines = text.lines().toList();
        return lines.isEmpty() || lines.getFirst().equals(sender)
                ? List.of()
                : lines.stream()
                        .skip(1)
                        .<Notice>mapMulti((line, notices) -> {
                            try {
                                notices.accept(notice(line.split(" ")));
                            } catch (IllegalArgumentException e) {
                                notices.accept(new Notice.Anything());
                            }
                        })
                        .toList();
    }

    private static Notice notice(String[] words) {
        return switch (words.length) {
            case 2 -> new Notice.Appended(new SessionId(words[0]), Long.parseLong(words[1]));
            case 3 -> new Notice.RunChanged(new SessionId(words[0]), new RunId(words[1]), words[2].equals("ready"));
            default -> throw new IllegalArgumentException("Not a notice: " + String.join(" ", words));
        };
    }
}
