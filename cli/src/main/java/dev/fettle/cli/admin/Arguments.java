package dev.fettle.cli.admin;

import dev.fettle.cli.host.CommandException;
import dev.fettle.core.text.Nearest;
import dev.fettle.core.user.User;
import dev.fettle.core.user.Users;
import java.util.function.Supplier;

/// What is written on a command line about users, and what is wrong with it.
final class Arguments {
    private Arguments() {}

    /// Somebody by id or name.
    static User user(Users users, String idOrName) {
        return users.find(idOrName).orElseThrow(() -> {
            String known = Nearest.to(
                            idOrName, users.list().stream().map(User::name).toList())
                    .map("; did you mean `%s`?"::formatted)
                    .orElse("; `fettle admin users list` shows them.");
            return CommandException.usage("There is no user `%s`%s".formatted(idOrName, known));
        });
    }

    /// What was refused because of how it was written becomes a mistake of whoever wrote it.
    static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
