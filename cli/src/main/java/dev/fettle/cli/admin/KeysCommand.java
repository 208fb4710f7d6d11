package dev.fettle.cli.admin;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.user.ApiKey;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.User;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "keys",
        header = "Make, list and revoke the keys that let programs in.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle admin keys create ann --label CI",
            "  fettle admin keys list ann",
            "  fettle admin keys revoke key_0198"
        })
final class KeysCommand {
    private final Host host;
    private final Console console;

    KeysCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    private record Owned(User user, ApiKey key) {}

    @Command(
            name = "create",
            header = "Make a key; it is printed once and kept nowhere.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fettle admin keys create ann --label CI",
                "  KEY=$(fettle admin keys create ann --scopes read --expires 2027-01-31)"
            })
    int create(
            @Parameters(paramLabel = "USER", description = "Whom it lets in: a name or an id.") String name,
            @Option(
                            names = "--label",
                            paramLabel = "TEXT",
                            defaultValue = "made at the terminal",
                            description = "What it is for.")
                    String label,
            @Option(
                            names = "--scopes",
                            paramLabel = "SCOPE",
                            split = ",",
                            defaultValue = "read,run",
                            description = "What it opens, of read, run, admin (default: read,run).")
                    Set<KeyScope> scopes,
            @Option(
                            names = "--expires",
                            paramLabel = "DATE",
                            description = "The last day it is good for, as 2027-01-31, of UTC.")
                    @Nullable
                    LocalDate lastDay) {
        Administration administration = host.administration();
        User user = Arguments.user(administration.users(), name);
        Optional<Instant> end = Optional.ofNullable(lastDay)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        Keys.Created created =
                Arguments.checked(() -> administration.keys().create(new Keys.Order(user.id(), label, scopes, end)));
        administration.note("key.create", created.key().id(), "%s of %s".formatted(label, user.name()));
        console.err()
                .println("%s lets %s in. It is shown this once:"
                        .formatted(created.key().id(), user.name()));
        console.out().println(created.secret().reveal());
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "list",
            header = "List keys, also those that open nothing any more.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin keys list", "  fettle admin keys list ann --json"})
    int list(
            @Parameters(paramLabel = "USER", arity = "0..1", description = "Whose (default: everybody's).") @Nullable
                    String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Administration administration = host.administration();
        List<Owned> keys =
                name == null ? all(administration) : of(administration, Arguments.user(administration.users(), name));
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            keys.forEach(each -> array.addObject()
                    .put("key_id", each.key().id())
                    .put("user", each.user().name())
                    .put("label", each.key().label())
                    .put("scopes", scopes(each.key()))
                    .put("revoked", each.key().isRevoked())
                    .put("created_at", each.key().createdAt().toString())
                    .put("expires_at", text(each.key().expiresAt()))
                    .put("last_used_at", text(each.key().lastUsedAt())));
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        keys.forEach(each -> console.out()
                .println("%s  %-16s  %-14s  %-16s  %s"
                        .formatted(
                                each.key().id(),
                                state(each.key()),
                                scopes(each.key()),
                                each.user().name(),
                                each.key().label())));
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "revoke",
            header = "Have a key open nothing any more, from the next request on.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin keys revoke key_0198f2c4"})
    int revoke(@Parameters(paramLabel = "KEY", description = "Its id, or the beginning of it.") String reference) {
        Administration administration = host.administration();
        List<Owned> matching = all(administration).stream()
                .filter(each -> each.key().id().startsWith(reference)
                        || each.key().id().startsWith(ApiKey.ID_PREFIX + reference))
                .toList();
        if (matching.size() != 1) {
            throw CommandException.usage(
                    matching.isEmpty()
                            ? "There is no key `%s`; `fettle admin keys list` shows their ids.".formatted(reference)
                            : "`%s` begins the ids of %d keys; give more of it.".formatted(reference, matching.size()));
        }
        Owned found = matching.getFirst();
        administration.keys().revoke(found.user().id(), found.key().id());
        administration.note(
                "key.revoke",
                found.key().id(),
                "%s of %s".formatted(found.key().label(), found.user().name()));
        console.err().println("%s opens nothing any more.".formatted(found.key().id()));
        return ExitCode.COMPLETED;
    }

    private static List<Owned> all(Administration administration) {
        return administration.users().list().stream()
                .flatMap(user -> of(administration, user).stream())
                .toList();
    }

    private static List<Owned> of(Administration administration, User user) {
        return administration.keys().list(user.id()).stream()
                .map(key -> new Owned(user, key))
                .toList();
    }

    private static String scopes(ApiKey key) {
        return key.scopes().stream().sorted().map(KeyScope::word).collect(Collectors.joining(","));
    }

    private static String state(ApiKey key) {
        return key.isRevoked()
                ? "revoked"
                : key.expiresAt()
                        .map(end -> "until " + end.toString().substring(0, 10))
                        .orElse("for ever");
    }

    private static @Nullable String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
