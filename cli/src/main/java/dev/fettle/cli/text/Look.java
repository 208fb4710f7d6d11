package dev.fettle.cli.text;

/// How a piece of text looks.
///
/// @param codes parameters of SGR (ECMA-48 8.3.117), parted by semicolons
public record Look(String codes) {
    public static final Look PLAIN = new Look("");
    public static final Look BOLD = new Look("1");
    public static final Look DIM = new Look("2");
    public static final Look ITALIC = new Look("3");
    public static final Look UNDERLINED = new Look("4");
    public static final Look REVERSED = new Look("7");
    public static final Look STRUCK = new Look("9");
    public static final Look RED = new Look("31");
    public static final Look GREEN = new Look("32");
    public static final Look YELLOW = new Look("33");
    public static final Look MAGENTA = new Look("35");
    public static final Look CYAN = new Look("36");

    public Look and(Look other) {
        return codes.isEmpty() ? other : other.codes.isEmpty() ? this : new Look(codes + ";" + other.codes);
    }
}
