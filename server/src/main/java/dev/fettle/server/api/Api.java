package dev.fettle.server.api;

import dev.fettle.server.api.account.KeyRoutes;
import dev.fettle.server.api.account.TokenRoutes;
import dev.fettle.server.api.account.UserRoutes;
import dev.fettle.server.api.cache.CacheRoutes;
import dev.fettle.server.api.chat.Answering;
import dev.fettle.server.api.chat.CapabilityRoutes;
import dev.fettle.server.api.chat.ChatRoutes;
import dev.fettle.server.api.chat.KeptAnswers;
import dev.fettle.server.api.guard.KeyAuthenticator;
import dev.fettle.server.api.guard.Once;
import dev.fettle.server.api.guard.Remembered;
import dev.fettle.server.api.guard.TokenAuthenticator;
import dev.fettle.server.api.guard.Troubles;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.memory.MemoryRoutes;
import dev.fettle.server.api.model.ModelRoutes;
import dev.fettle.server.api.model.Models;
import dev.fettle.server.api.model.ToolRoutes;
import dev.fettle.server.api.run.BatchRoutes;
import dev.fettle.server.api.run.CallRoutes;
import dev.fettle.server.api.run.RunDesk;
import dev.fettle.server.api.run.RunRoutes;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.api.run.Workspaces;
import dev.fettle.server.api.session.SessionRoutes;
import dev.fettle.server.api.state.Checkup;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.server.api.state.HealthRoutes;
import dev.fettle.server.api.state.MetricsRoutes;
import dev.fettle.server.api.state.StatsRoutes;
import dev.fettle.server.api.state.UsageRoutes;
import dev.fettle.server.api.workspace.FetchWait;
import dev.fettle.server.api.workspace.ResultRoutes;
import dev.fettle.server.api.workspace.WorkspaceRoutes;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.openapi.DocsRoutes;
import dev.fettle.server.route.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Everything that can be asked of the service.
public final class Api {
    private final Authenticator authenticator;
    private final RunWait wait;
    private final FetchWait fetches;
    private final List<Route> routes;

    /// The service.
    ///
    /// @param metrics what this process has counted
    public Api(
            Ports ports,
            Terms terms,
            Models models,
            List<Dependency> dependencies,
            MetricsRoutes metrics,
            InstantSource clock) {
        Remembered remembered = new Remembered(clock);
        authenticator = new KeyAuthenticator(ports.keys(), remembered)
                .or(new TokenAuthenticator(ports.tokens(), ports.users(), ports.keys(), remembered, clock));
        wait = new RunWait(ports.runs(), ports.sessions(), ports.feed(), terms.patience());
        Visible visible = new Visible(ports.sessions(), ports.runs());
        Workspaces workspaces = new Workspaces(
                terms.workspaces(), ports.sessions(), ports.grounds().kept());
        fetches = new FetchWait(ports.grounds().kept(), terms.patience());
        RunDesk desk = new RunDesk(visible, workspaces, models, terms.ceiling(), terms.mask());
        Answering answering = new Answering(desk, wait, new KeptAnswers(ports.cache(), terms.answers()));
        ChatRoutes chat = new ChatRoutes(visible, answering);
        Map<Part, List<List<Route>>> parts = Map.of(
                Part.CHAT,
                List.of(
                        new RunRoutes(visible, desk, ports.feed()).list(),
                        new BatchRoutes(desk, wait).list(),
                        new SessionRoutes(visible, workspaces, ports.feed(), ports.audit(), ports.cache()).list(),
                        new WorkspaceRoutes(
                                        visible,
                                        workspaces,
                                        ports.grounds().kept(),
                                        ports.grounds().files(),
                                        fetches,
                                        ports.audit())
                                .list(),
                        new ResultRoutes(
                                        visible,
                                        workspaces,
                                        ports.grounds().files(),
                                        ports.grounds().changes())
                                .list(),
                        chat.list(),
                        new CapabilityRoutes(answering, ports.facts()).list(),
                        new CacheRoutes(ports.cache(), chat, ports.users(), ports.audit()).list()),
                Part.MEMORY,
                List.of(new MemoryRoutes(ports.memory()).list()),
                Part.TOOLS,
                List.of(
                        new ModelRoutes(models).list(),
                        new ToolRoutes(ports.tools()).list(),
                        new CallRoutes(ports.tools(), desk, wait).list()),
                Part.ADMIN,
                List.of(
                        new UserRoutes(ports.users(), ports.audit(), remembered::forget).list(),
                        new KeyRoutes(ports.keys(), ports.users(), ports.audit(), remembered::forget).list(),
                        new TokenRoutes(ports.tokens().own(), ports.keys(), ports.audit()).list(),
                        new UsageRoutes(ports.ledger(), ports.sessions(), clock).list(),
                        new StatsRoutes(ports.statistics(), ports.memory(), clock).list()));
        List<Route> routes = Stream.concat(
                        terms.parts().stream().flatMap(part -> parts.getOrDefault(part, List.of()).stream()),
                        Stream.of(
                                new HealthRoutes(new Checkup(dependencies, clock), authenticator).list(),
                                metrics.list()))
                .flatMap(List::stream)
                .toList();
        this.routes = Stream.concat(routes.stream(), new DocsRoutes(routes).list().stream())
                .map(route -> guarded(route, ports))
                .toList();
    }

    private static Route guarded(Route route, Ports ports) {
        Handler handler =
                route.method().equals("POST") ? new Once(ports.idempotency(), route.handler()) : route.handler();
        return route.with(new Troubles(handler));
    }

    public List<Route> routes() {
        return routes;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    /// Gives those who wait for a run the run to follow, at once and from now on: the server is about to stop.
    public void hurry() {
        wait.hurry();
        fetches.hurry();
    }
}
