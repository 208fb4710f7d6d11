package dev.fettle.cli.interactive.talk;

import dev.fettle.cli.host.Host;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.model.Model;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.turn.TurnRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stays the same from turn to turn until the user changes it: the session, the model, the mode. Used by several
/// threads.
public final class Sitting {
    private final Host host;
    private final Approver approver;
    private final Map<Host.Flags, Host.Equipped> agents = new HashMap<>();
    private volatile Host.Flags flags;
    private volatile Mode mode = Mode.WORK;
    private volatile Optional<SessionId> session = Optional.empty();
    private volatile Host.Equipped equipped;

    /// A sitting that has begun.
    ///
    /// @throws dev.fettle.cli.host.CommandException if the settings do not allow for an agent
    public Sitting(Host host, Host.Flags flags, Approver approver) {
        this.host = host;
        this.flags = flags;
        this.approver = approver;
        this.equipped = host.agent(flags, approver);
        agents.put(flags, equipped);
    }

    public Host host() {
        return host;
    }

    public Host.Flags flags() {
        return flags;
    }

    /// Who does the next turn.
    Agent agent() {
        return equipped.agent();
    }

    public Model model() {
        return equipped.model();
    }

    /// What the user should know about how the settings were read.
    public List<String> notes() {
        return equipped.notes();
    }

    /// Made once for each model and mode, so that a yes for this session holds in all of it.
    private void equip(Host.Flags wanted, Mode wantedMode) {
        Host.Flags all = wantedMode == Mode.PLAN ? host.lookingOnly(wanted) : wanted;
        equipped = agents.computeIfAbsent(all, each -> host.agent(each, approver));
        flags = wanted;
        mode = wantedMode;
    }

    /// Has another model do the turns from here on.
    ///
    /// @throws dev.fettle.cli.host.CommandException if there is no such model, and then the old one stays
    public synchronized void use(String model) {
        equip(flags.with("LLM_MODEL", model), mode);
    }

    public Mode mode() {
        return mode;
    }

    public synchronized void be(Mode wanted) {
        equip(flags, wanted);
    }

    public Optional<SessionId> session() {
        return session;
    }

    /// Goes on with a session, or with none yet.
    public void goOnWith(Optional<SessionId> wanted) {
        session = wanted;
    }

    TurnRequest.Target target() {
        return session.<TurnRequest.Target>map(TurnRequest.Target.GivenSession::new)
                .orElseGet(TurnRequest.Target.NewSession::new);
    }

    /// Where the agent works.
    public Path workspace() {
        return workspace(host, flags);
    }

    /// Where an agent with these flags works, as its sessions name it.
    public static Path workspace(Host host, Host.Flags flags) {
        Path named = host.directory().resolve(flags.settings().getOrDefault("WORK_DIR", ""));
        try {
            return named.toRealPath();
        } catch (IOException e) {
            return named.normalize();
        }
    }

    /// The user's own sessions here, the latest first.
    public List<Session> sessionsHere() {
        return host.sessions()
                .list(SessionFilter.ALL.of(Session.LOCAL_USER).in(workspace().toString()));
    }
}
