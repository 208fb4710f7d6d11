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
    private Optional<Debugging.Answer> searched = Optional.empty();
    private boolean isRepairWanted;
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

    /// @param isWanted whether a repair was asked for, so that what was found was applied
    void searched(Debugging.Answer answer, boolean isWanted) {
        searched = Optional.of(answer);
        isRepairWanted = isWanted;
    }

    /// Whether nothing is left for a model to do.
    boolean isRepaired() {
        return isRepairWanted
                && searched.filter(Debugging.Answer::isGood).isPresent()
                && verified.filter(Debugging.Answer::isGood).isPresent();
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
        return text
                + bisected.map(answer -> "\n\nHistory\n" + answer.text()).orElse("")
                + searched.filter(answer -> isRepairWanted || answer.isGood())
                        .map(answer -> "\n\nSearch for a repair%s\n%s".formatted(applied(answer), answer.text()))
                        .orElse("");
    }

    private String applied(Debugging.Answer answer) {
        return !answer.isGood() ? "" : isRepairWanted ? ", applied" : ", not applied: --repair does";
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
        searched.ifPresent(answer -> {
            ObjectNode repair = (ObjectNode) JSON.readTree(answer.json());
            object.set("repair", repair.put("applied", answer.isGood() && isRepairWanted));
        });
        result.ifPresent(turn -> {
            object.set("result", JSON.readTree(ResultJson.write(turn)));
            object.put("diff", changes);
        });
        verified.ifPresent(answer -> object.set("verification", JSON.readTree(answer.json())));
        return object.toString();
    }

    private boolean isRepairMissing() {
        return isRepairWanted && searched.filter(answer -> !answer.isGood()).isPresent();
    }

    int exitCode() {
        if (standing == Debugging.Standing.NOTHING_TO_RUN
                || bisected.filter(answer -> !answer.isGood()).isPresent()
                || (result.isEmpty() && isRepairMissing())) {
            return ExitCode.FAILED;
        }
        Status status = result.map(turn -> turn.outcome().status()).orElse(Status.COMPLETED);
        boolean stillFails = verified.filter(answer -> !answer.isGood()).isPresent();
        return status == Status.COMPLETED && stillFails ? ExitCode.FAILED : ExitCode.of(status);
    }
}
