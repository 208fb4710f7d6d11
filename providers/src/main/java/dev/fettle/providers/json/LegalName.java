package dev.fettle.providers.json;

/// Names of tools and ids of calls, restricted to `[a-zA-Z0-9_-]`. Models invent tool names and some servers
/// use ids such as `functions.read:0`; other APIs refuse a conversation that contains them.
public final class LegalName {
    private LegalName() {}

    /// The name, with `_` for every other character; a legal name is returned as it is.
    public static String of(String name) {
        if (name.isEmpty()) {
            return "_";
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isLegal(name.charAt(i))) {
                return replaced(name);
            }
        }
        return name;
    }

    private static String replaced(String name) {
        StringBuilder legal = new StringBuilder(name);
        for (int i = 0; i < legal.length(); i++) {
            if (!isLegal(legal.charAt(i))) {
                legal.setCharAt(i, '_');
            }
        }
        return legal.toString();
    }

    private static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
