package dev.fettle.store.feed;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Notices as texts: a word that names the sender, then a line each, as `ses_… 42`, `ses_… run_… ready`, or
/// `ses_… 42 text 120 SGVsbG8`: at 120 of the text behind event 42, in base64.
///
/// @param sender letters and digits
record Wording(String sender) {
    private static final String TEXT = "text";
    private static final String REASONING = "reasoning";

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
            case Notice.Said each -> "\n" + each.session() + " " + words(each.piece());
            case Notice.Anything _ -> "";
        };
    }

    private static String words(Piece piece) {
        String kind = switch (piece.kind()) {
            case TEXT -> TEXT;
            case REASONING -> REASONING;
        };
        String text = Base64.getEncoder().encodeToString(piece.text().getBytes(StandardCharsets.UTF_8));
        return "%d %s %d %s".formatted(piece.after(), kind, piece.at(), text);
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
                                notices.accept(notice(line.split(" ", -1)));
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
            case 5 -> new Notice.Said(new SessionId(words[0]), piece(words));
            default -> throw new IllegalArgumentException("Not a notice: " + String.join(" ", words));
        };
    }

    private static Piece piece(String[] words) {
        Piece.Kind kind = switch (words[2]) {
            case TEXT -> Piece.Kind.TEXT;
            case REASONING -> Piece.Kind.REASONING;
            default -> throw new IllegalArgumentException("Not a kind of piece: " + words[2]);
        };
        String text = new String(Base64.getDecoder().decode(words[4]), StandardCharsets.UTF_8);
        return new Piece(Long.parseLong(words[1]), kind, Long.parseLong(words[3]), text);
    }
}
