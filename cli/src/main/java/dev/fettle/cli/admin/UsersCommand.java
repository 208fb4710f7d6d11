package dev.fettle.cli.admin;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "users",
        header = "Say who may use the server, and as what.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle admin users add ann@example.org",
            "  fettle admin users role ann@example.org admin",
            "  fettle admin users deactivate ann@example.org",
            "",
            "USER is a name or an id. Nobody is ever removed, since sessions and bills name them."
        })
final class UsersCommand {
    private final Host host;
    private final Console console;

    UsersCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "add",
            header = "Let somebody in; prints the id.",
            description = {"", "They need a key, too: fettle admin keys create NAME", ""},
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin users add ann", "  fettle admin users add ann --role admin"})
    int add(
            @Parameters(paramLabel = "NAME", description = "What people call them; an address will do.") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "user",
                            description = "admin or user (default: user).")
                    Role role) {
        Administration administration = host.administration();
        User user = Arguments.checked(() -> administration.users().add(name, role));
        administration.note("user.add", user.id(), "%s, %s".formatted(user.name(), role.word()));
        console.out().println(user.id());
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "list",
            header = "List all users, those who came first before the others.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin users list", "  fettle admin users list --json"})
    int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<User> users = host.administration().users().list();
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            users.forEach(user -> array.addObject()
                    .put("user_id", user.id())
                    .put("name", user.name())
                    .put("role", user.role().word())
                    .put("active", user.isActive())
                    .put("created_at", user.createdAt().toString()));
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        users.forEach(user -> console.out()
                .println("%s  %-5s  %-11s  %s"
                        .formatted(
                                user.id(),
                                user.role().word(),
                                user.isActive() ? "active" : "deactivated",
                                user.name())));
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "role",
            header = "Give somebody another role.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin users role ann admin", "  fettle admin users role ann user"})
    int role(
            @Parameters(paramLabel = "USER") String name,
            @Parameters(paramLabel = "ROLE", description = "admin or user.") Role role) {
        Administration administration = host.administration();
        User user = administration
                .users()
                .setRole(Arguments.user(administration.users(), name).id(), role);
        return done(administration, "user.role", user, role.word());
    }

    @Command(
            name = "deactivate",
            header = "Shut somebody out, with all their keys.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin users deactivate ann"})
    int deactivate(@Parameters(paramLabel = "USER") String name) {
        Administration administration = host.administration();
        User user = administration
                .users()
                .deactivate(Arguments.user(administration.users(), name).id());
        return done(administration, "user.deactivate", user, "deactivated");
    }

    @Command(
            name = "activate",
            header = "Let somebody in again, with the keys that are not revoked.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin users activate ann"})
    int activate(@Parameters(paramLabel = "USER") String name) {
        Administration administration = host.administration();
        User user = administration
                .users()
                .activate(Arguments.user(administration.users(), name).id());
        return done(administration, "user.activate", user, "active");
    }

    private int done(Administration administration, String action, User user, String state) {
        administration.note(action, user.id(), "%s, %s".formatted(user.name(), state));
        console.err().println("%s is %s.".formatted(user.name(), state));
        return ExitCode.COMPLETED;
    }
}
