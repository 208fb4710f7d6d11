package dev.fettle.cli.admin;

import dev.fettle.core.run.QueueStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How the queue stands, for people and for programs.
final class QueueText {
    private QueueText() {}

    static String of(QueueStatus status) {
        if (status.counts().isEmpty()) {
            return "No run is open.\n";
        }
        StringBuilder text = new StringBuilder("%-10s %8s  %s%n".formatted("STATE", "RUNS", "USER"));
        status.counts()
                .forEach(each -> text.append("%-10s %8d  %s%n".formatted(each.state(), each.runs(), each.user())));
        status.oldest()
                .ifPresent(each -> text.append("%nThe oldest that waits: %s of %s, %s since %s%n"
                        .formatted(each.run(), each.user(), each.state(), each.since())));
        if (!status.held().isEmpty()) {
            text.append("\nWORKERS\n");
        }
        status.held()
                .forEach(each -> text.append(
                        "%s: %s of %s since %s%n".formatted(each.worker(), each.run(), each.user(), each.since())));
        return text.toString();
    }

    static ObjectNode json(QueueStatus status) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ArrayNode counts = json.putArray("counts");
        status.counts()
                .forEach(each -> counts.addObject()
                        .put("state", each.state())
                        .put("user", each.user())
                        .put("runs", each.runs()));
        status.oldest()
                .ifPresent(each -> json.putObject("oldest")
                        .put("run_id", each.run().value())
                        .put("user", each.user())
                        .put("state", each.state())
                        .put("since", each.since().toString()));
        ArrayNode held = json.putArray("held");
        status.held()
                .forEach(each -> held.addObject()
                        .put("worker", each.worker())
                        .put("run_id", each.run().value())
                        .put("user", each.user())
                        .put("since", each.since().toString()));
        return json;
    }
}
