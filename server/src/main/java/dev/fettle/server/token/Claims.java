package dev.fettle.server.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.fettle.core.user.KeyScope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a token that is believed says of its bearer.
///
/// @param subject a user, by id or name
/// @param scopes what it opens, as far as the user may
/// @param key the id of the key it was given for, which it does not outlive
public record Claims(String subject, Set<KeyScope> scopes, Optional<String> key) {
    static final String KEY = "key_id";
    static final String SCOPE = "scope";

    /// Identity providers have words of their own here, and few know ours.
    private static final Set<KeyScope> USUAL = Set.of(KeyScope.READ, KeyScope.RUN);

    public Claims {
        scopes = Set.copyOf(scopes);
    }

    static Claims of(JWTClaimsSet said) {
        Set<String> words = Stream.of(SCOPE, "scp")
                .flatMap(name -> words(said.getClaim(name)))
                .collect(Collectors.toSet());
        Set<KeyScope> known = Arrays.stream(KeyScope.values())
                .filter(scope -> words.contains(scope.word()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(KeyScope.class)));
        return new Claims(
                said.getSubject(),
                known.isEmpty() ? USUAL : known,
                Optional.ofNullable(said.getClaim(KEY)).map(Object::toString));
    }

    /// One text with blanks between (RFC 8693 §4.2), or a list.
    private static Stream<String> words(Object claim) {
        return switch (claim) {
            case String text -> Arrays.stream(text.split(" ", -1));
            case List<?> list -> list.stream().map(String::valueOf);
            case null, default -> Stream.empty();
        };
    }
}
