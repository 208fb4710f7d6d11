package dev.fettle.core.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What opens: `fk_`, eight characters to look the key up by, `_`, and 43 random ones. All are letters and
/// digits, so that a double click selects the whole and no shell or URL minds it.
///
/// The 43 characters are 256 bits of chance. That much cannot be guessed however fast the guessing, so a
/// plain SHA-256 is what is kept of them: a slow hash is for what people think up, and would be paid for by
/// every request.
public final class KeySecret {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LOOKUP_LENGTH = 8;
    private static final int RANDOM_LENGTH = 43;
    private static final Pattern FORM =
            Pattern.compile("fk_([0-9A-Za-z]{%d})_([0-9A-Za-z]{%d})".formatted(LOOKUP_LENGTH, RANDOM_LENGTH));
    private static final SecureRandom CHANCE = new SecureRandom();

    private final String lookup;
    private final String random;

    private KeySecret(String lookup, String random) {
        this.lookup = lookup;
        this.random = random;
    }

    public static KeySecret create() {
        return new KeySecret(characters(LOOKUP_LENGTH), characters(RANDOM_LENGTH));
    }

    /// What somebody presents, if it has the form.
    public static Optional<KeySecret> read(String presented) {
        Matcher form = FORM.matcher(presented);
        return form.matches() ? Optional.of(new KeySecret(form.group(1), form.group(2))) : Optional.empty();
    }

    private static String characters(int length) {
        return CHANCE.ints(length, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }

    /// The part that is no secret.
    public String lookup() {
        return lookup;
    }

    /// What may be kept of the rest: its SHA-256, in 64 hexadecimal digits.
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(random.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// Whether this is what a hash was made of; how long it takes does not tell how much of it is right.
    public boolean hasHash(String kept) {
        return MessageDigest.isEqual(
                kept.getBytes(StandardCharsets.US_ASCII), hash().getBytes(StandardCharsets.US_ASCII));
    }

    /// The whole of it, for its owner's eyes and never for a log.
    public String reveal() {
        return "fk_" + lookup + "_" + random;
    }

    /// Without the secret part.
    @Override
    public String toString() {
        return "fk_" + lookup + "_…";
    }
}
