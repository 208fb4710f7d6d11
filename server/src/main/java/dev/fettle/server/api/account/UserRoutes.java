package dev.fettle.server.api.account;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.Users;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Who may use the service; for administrators.
///
/// @param changed told when somebody is shut out or gets another role, so that it counts at once
public record UserRoutes(Users users, Audit audit, Runnable changed) {

    record Newcomer(
            @Form(TextForm.USER_NAME) String name,
            @Form(TextForm.ROLE) Optional<String> role) {}

    record Change(
            @Form(TextForm.USER_NAME) Optional<String> name,
            @Form(TextForm.ROLE) Optional<String> role,
            Optional<Boolean> active) {}

    record View(
            @Form(TextForm.USER_ID) String userId,
            String name,
            @Form(TextForm.ROLE) String role,
            boolean active,
            @Form(TextForm.TIME) String createdAt) {
        static View of(User user) {
            return new View(
                    user.id(),
                    user.name(),
                    user.role().word(),
                    user.isActive(),
                    user.createdAt().toString());
        }
    }

    /// Whoever asks.
    record Me(
            @Form(TextForm.USER_ID) String userId,
            String name,
            @Form(TextForm.ROLE) String role,
            @Form(TextForm.SCOPE) List<String> scopes) {}

    record UserList(List<View> users) {}

    private static final Parameter ID = Parameter.path("id", TextForm.USER, "The user, by id or name.");

    public List<Route> list() {
        Access admin = new Access.Scoped("admin");
        return List.of(
                Route.get("/api/v1/me", new Access.SignedIn(), this::me)
                        .as(Operation.of("who_am_i", "Who asks", "Whose key it is, and what that opens.")
                                .gives(200, "Whoever asks.", Me.class)
                                .refuses(404, "There is no such user any more.")),
                Route.get("/api/v1/users", admin, _ -> all())
                        .as(Operation.of("list_users", "List users", "All of them.")
                                .gives(200, "The users.", UserList.class)),
                Route.post("/api/v1/users", admin, this::add)
                        .as(Operation.of("add_user", "Add a user", "Who still needs a key to get in.")
                                .takes(Newcomer.class)
                                .gives(Reply.json(201, "The user.", View.class)
                                        .with("Location", "The address of the user."))
                                .refuses(409, "The name is taken.")),
                Route.get("/api/v1/users/{id}", admin, request -> Answer.json(View.of(named(request))))
                        .as(Operation.of("get_user", "Look at a user", "Their name and role.")
                                .with(ID)
                                .gives(200, "The user.", View.class)),
                new Route("PATCH", "/api/v1/users/{id}", admin, this::change)
                        .as(Operation.of(
                                        "change_user",
                                        "Change a user",
                                        "Their name, their role, whether they are let in.")
                                .with(ID)
                                .takes(Change.class)
                                .gives(200, "The user.", View.class)
                                .refuses(409, "The name is taken, or it is one's own role.")));
    }

    private Answer me(Request request) {
        return request.caller()
                .flatMap(caller -> users.find(caller.user())
                        .map(user -> new Me(
                                user.id(),
                                user.name(),
                                user.role().word(),
                                caller.scopes().stream().sorted().toList())))
                .map(Answer::json)
                .orElseThrow(() -> new Problem(404, "There is no such user.").exception());
    }

    private Answer all() {
        return Answer.json(new UserList(users.list().stream().map(View::of).toList()));
    }

    private User named(Request request) {
        return users.find(request.value("id"))
                .orElseThrow(() -> new Problem(404, "There is no such user.").exception());
    }

    private Answer add(Request request) throws InterruptedException {
        Newcomer newcomer = request.json(Newcomer.class);
        Role role = newcomer.role().map(UserRoutes::role).orElse(Role.USER);
        checkName(newcomer.name());
        note(request, "user.add", newcomer.name(), role.word());
        User user = users.add(newcomer.name(), role);
        return Answer.json(201, View.of(user)).with("Location", "/api/v1/users/" + user.id());
    }

    private Answer change(Request request) throws InterruptedException {
        User user = named(request);
        Change change = request.json(Change.class);
        Optional<Role> role = change.role().map(UserRoutes::role);
        change.name().ifPresent(UserRoutes::checkName);
        boolean isSelf = user.id().equals(Visible.caller(request).user());
        if (isSelf && (role.isPresent() || change.active().isPresent())) {
            throw new Problem(409, "Nobody changes their own role or shuts themselves out; another administrator can.")
                    .exception();
        }
        change.name().ifPresent(name -> {
            note(request, "user.rename", user.id(), name);
            users.rename(user.id(), name);
        });
        role.ifPresent(wanted -> {
            note(request, "user.role", user.id(), wanted.word());
            users.setRole(user.id(), wanted);
        });
        change.active().ifPresent(isActive -> {
            note(request, isActive ? "user.activate" : "user.deactivate", user.id(), "");
            var _ = isActive ? users.activate(user.id()) : users.deactivate(user.id());
        });
        changed.run();
        return Answer.json(View.of(named(request)));
    }

    private void note(Request request, String action, String subject, String detail) {
        audit.append(Visible.caller(request).user(), action, subject, detail);
    }

    private static void checkName(String name) {
        try {
            User.checkName(name);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                            422,
                            "A user name has 1 to 64 letters, digits and any of . _ @ + -, begins with a letter"
                                    + " or digit, and not with usr_.")
                    .exception();
        }
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(422, "A role is `admin` or `user`.").exception());
    }
}
