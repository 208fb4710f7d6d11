package dev.fettle.core.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds private keys in PEM (RFC 7468), OpenSSH and PGP armour, whole or cut off at either end. The lines may be
/// numbered, marked by a diff, or escaped into one as in JSON.
final class PrivateKeys {
    private static final Pattern BEGIN =
            Pattern.compile("-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern END = Pattern.compile("-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----");
    private static final String BEFORE =
            "(?:[ \\t]{0,8}\\d{1,7}[\\t:|] ?|[\\w./-]{1,200}:\\d{1,7}: ?|[+ -])?[ \\t]{0,16}";
    private static final Pattern BODY = Pattern.compile(BEFORE + "[A-Za-z0-9+/=]{16,128}\\s*");
    private static final Pattern MARK = Pattern.compile("(?m)^" + BEFORE + "(?=-----|[A-Za-z0-9+/=]{4,})");
    private static final int LONGEST = 32 * 1024;

    private PrivateKeys() {}

    static void find(String text, List<Finding> found) {
        if (!text.contains("PRIVATE KEY")) {
            return;
        }
        int done = 0;
        Matcher begin = BEGIN.matcher(text);
        Matcher end = END.matcher(text);
        while (begin.find(done)) {
            boolean isClosed = end.find(begin.end()) && end.end() - begin.start() <= LONGEST;
            int stop = isClosed ? end.end() : bodyEnd(text, begin.end());
            add(text, begin.start(), stop, found);
            done = stop;
        }
        beginningCutOff(text, found);
    }

    private static void beginningCutOff(String text, List<Finding> found) {
        Matcher end = END.matcher(text);
        if (end.find() && !BEGIN.matcher(text.substring(0, end.start())).find()) {
            int start = text.lastIndexOf('\n', end.start()) + 1;
            while (start > 0) {
                int before = text.lastIndexOf('\n', start - 2) + 1;
                if (start - before > 400
                        || !BODY.matcher(text.substring(before, start)).matches()) {
                    break;
                }
                start = before;
            }
            add(text, start, end.end(), found);
        }
    }

    private static int bodyEnd(String text, int from) {
        int at = text.indexOf('\n', from);
        int end = from;
        while (at >= 0 && at + 1 < text.length()) {
            int next = text.indexOf('\n', at + 1);
            int stop = next < 0 ? text.length() : next;
            if (stop - at > 400 || !BODY.matcher(text.substring(at + 1, stop)).matches()) {
                break;
            }
            end = stop;
            at = next;
        }
        return end;
    }

    /// A header alone is no secret: code that looks for keys has it.
    private static void add(String text, int start, int end, List<Finding> found) {
        String value = MARK.matcher(text.substring(start, end))
                .replaceAll("")
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        String body = BEGIN.matcher(END.matcher(value).replaceAll("")).replaceAll("");
        if (body.chars().filter(Character::isLetterOrDigit).count() >= 32 && !Randomness.isExample(body)) {
            found.add(new Finding("private-key", start, end, value));
        }
    }
}
