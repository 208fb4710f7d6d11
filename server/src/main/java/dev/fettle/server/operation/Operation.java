package dev.fettle.server.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a route says of itself, for people and programs that write clients. What holds for every route, as
/// the problems of an unknown key or of too many requests, need not be said.
///
/// @param id what it is called in the programs of clients: `order_run`
/// @param summary a few words
/// @param description whole sentences, in Markdown
/// @param refusals why it answers with a problem of this status
public record Operation(
        String id,
        String summary,
        String description,
        List<Parameter> parameters,
        Optional<Body> body,
        List<Reply> replies,
        Map<Integer, String> refusals) {

    /// The JSON it takes.
    ///
    /// @param isNeeded whether a request may not come without
    /// @param others media types of files that it takes as well
    public record Body(Class<? extends Record> type, boolean isNeeded, List<String> others) {
        public Body {
            others = List.copyOf(others);
        }
    }

    public Operation {
        parameters = List.copyOf(parameters);
        replies = List.copyOf(replies);
        refusals = Map.copyOf(refusals);
    }

    /// One that takes nothing and has yet to say what it gives.
    public static Operation of(String id, String summary, String description) {
        return new Operation(id, summary, description, List.of(), Optional.empty(), List.of(), Map.of());
    }

    public Operation with(Parameter... more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return new Operation(id, summary, description, all, body, replies, refusals);
    }

    public Operation takes(Class<? extends Record> type) {
        return with(new Body(type, true, List.of()));
    }

    public Operation mayTake(Class<? extends Record> type) {
        return with(new Body(type, false, List.of()));
    }

    /// Besides its JSON, files of these media types.
    public Operation orTakes(List<String> mediaTypes) {
        Body json = body.orElseThrow();
        return with(new Body(json.type(), json.isNeeded(), mediaTypes));
    }

    private Operation with(Body other) {
        return new Operation(id, summary, description, parameters, Optional.of(other), replies, refusals);
    }

    public Operation gives(Reply reply) {
        List<Reply> all = new ArrayList<>(replies);
        all.add(reply);
        return new Operation(id, summary, description, parameters, body, all, refusals);
    }

    public Operation gives(int status, String says, Class<? extends Record> type) {
        return gives(Reply.json(status, says, type));
    }

    public Operation refuses(int status, String why) {
        Map<Integer, String> all = new TreeMap<>(refusals);
        all.put(status, why);
        return new Operation(id, summary, description, parameters, body, replies, all);
    }
}
