package dev.fettle.tools.archive;

import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;

/// Says why an archive is not taken, naming the entry in a way that is safe to print.
final class Refused {
    private static final int LONGEST = 200;

    private Refused() {}

    static KeptWorkspaceException entry(String name, String why) {
        return new KeptWorkspaceException(Kind.REFUSED, "The entry `%s` %s.".formatted(cleaned(name), why));
    }

    static KeptWorkspaceException archive(String why) {
        return new KeptWorkspaceException(Kind.REFUSED, "The archive " + why + ".");
    }

    static KeptWorkspaceException archive(String why, Throwable cause) {
        return new KeptWorkspaceException(Kind.REFUSED, "The archive " + why + ".", cause);
    }

    static KeptWorkspaceException tooLarge(String why) {
        return new KeptWorkspaceException(Kind.TOO_LARGE, "The archive " + why + ".");
    }

    /// Nothing that would move a cursor, hide itself or turn the line around.
    private static String cleaned(String name) {
        String shown = name.codePoints()
                .map(each -> isHarmless(each) ? each : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != '`';
        };
    }
}
