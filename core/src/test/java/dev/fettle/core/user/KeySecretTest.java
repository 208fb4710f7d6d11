package dev.fettle.core.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeySecretTest {
    private final KeySecret secret = KeySecret.create();

    @Test
    void isReadAsItWasShown() {
        KeySecret read = KeySecret.read(secret.reveal()).orElseThrow();

        assertEquals(secret.reveal(), read.reveal());
        assertEquals(secret.lookup(), read.lookup());
        assertTrue(read.hasHash(secret.hash()));
    }

    @Test
    void itsHashIsTheSha256OfTheRandomPart() throws Exception {
        String random = secret.reveal().substring(12);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(random.getBytes(StandardCharsets.US_ASCII));

        assertEquals(43, random.length());
        assertEquals(HexFormat.of().formatHex(digest), secret.hash());
    }

    @Test
    void anotherHasAnotherHash() {
        assertFalse(secret.hasHash(KeySecret.create().hash()));
        assertFalse(secret.hasHash(""));
    }

    @Test
    void whatIsPrintedByMistakeOpensNothing() {
        assertEquals("fk_" + secret.lookup() + "_…", secret.toString());
        assertEquals(Optional.empty(), KeySecret.read(secret.toString()));
    }

    @Test
    void everyLetterAndDigitComesUp() {
        Set<Integer> seen = Stream.generate(KeySecret::create)
                .limit(500)
                .flatMap(each -> each.reveal().substring(12).chars().boxed())
                .collect(Collectors.toSet());

        assertEquals(62, seen.size());
    }
}
