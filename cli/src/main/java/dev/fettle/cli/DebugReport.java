package dev.fettle.cli;

import dev.fettle.cli.host.Debugging;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.render.ResultJson;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a `fettle debug` has to say: the facts; with a model also what it says is the cause, what changed, and whether
/// that helped.
final class DebugReport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Debugging.Standing standing;
    private final String text;
    private final String json;
    private Optional<Debugging.Answer> bisected = Optional.empty();
    private Optional<TurnResult> result = Optional.empty();
    private Optional<Debugging.Answer> verified = Optional.empty();
    private String changes = "";

    DebugReport(Debugging.Standing standing, String text, String json) {
        this.standing = standing;
        this.text = text;
        this.json = json;
    }

    void bisected(Debugging.Answer answer) {
        bisected = Optional.of(answer);
    }

    void ended(TurnResult turn, String diff) {
        result = Optional.of(turn);
        changes = diff;
    }

    void verified(Debugging.Answer answer) {
        verified = Optional.of(answer);
    }

    /// What was found out without a model.
    String facts() {
        return text + bisected.map(answer -> "\n\nHistory\n" + answer.text()).orElse("");
    }

    /// After the model the facts were shown already.
    String text() {
        List<String> parts = new ArrayList<>();
        if (result.isEmpty()) {
            parts.add(facts());
        }
        result.map(TurnResult::text).filter(words -> !words.isBlank()).ifPresent(parts::add);
        if (result.isPresent()) {
            parts.add(changes.isBlank() ? "Nothing was changed." : "Changes\n" + changes.strip());
        }
        verified.ifPresent(answer -> parts.add((answer.isGood() ? "Verified\n" : "Not verified\n") + answer.text()));
        return String.join("\n\n", parts);
    }

    String json() {
        ObjectNode object = JSON.createObjectNode().put("type", "debug");
        object.set("facts", JSON.readTree(json));
        bisected.ifPresent(answer -> object.set("bisect", JSON.readTree(answer.json())));
        result.ifPresent(turn -> {
            object.set("result", JSON.readTree(ResultJson.write(turn)));
            object.put("diff", changes);
        });
        verified.ifPresent(answer -> object.set("verification", JSON.readTree(answer.json())));
        return object.toString();
    }

    int exitCode() {
        if (standing == Debugging.Standing.NOTHING_TO_RUN
                || bisected.filter(answer -> !answer.isGood()).isPresent()) {
            return ExitCode.FAILED;
        }
        Status status = result.map(turn -> turn.outcome().status()).orElse(Status.COMPLETED);
        boolean stillFails = verified.filter(answer -> !answer.isGood()).isPresent();
        return status == Status.COMPLETED && stillFails ? ExitCode.FAILED : ExitCode.of(status);
    }
}
