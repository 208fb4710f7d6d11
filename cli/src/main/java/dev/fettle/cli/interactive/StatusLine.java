package dev.fettle.cli.interactive;

import dev.fettle.cli.interactive.talk.Mode;
import dev.fettle.cli.interactive.talk.TurnView;
import dev.fettle.core.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The line below everything: who answers, what it may do, what it took; as much of that as fits, the first things
/// first.
///
/// @param allowance what it may take
record StatusLine(Allowance allowance) {

    String of(Model model, Mode mode, TurnView.Facts facts, Optional<Duration> time, int width) {
        List<String> parts = new ArrayList<>();
        if (mode == Mode.PLAN) {
            parts.add("plan mode");
        }
        time.ifPresent(running -> parts.add("%d:%02d".formatted(running.toMinutes(), running.toSecondsPart())));
        parts.add(model.id());
        parts.add("context %d %%".formatted(Math.round(100.0 * facts.tokens() / model.contextWindow())));
        parts.add(facts.cost().display());
        allowance.left(facts).map(left -> left.display() + " left").ifPresent(parts::add);
        parts.add(time.isPresent() ? "esc interrupts, enter queues" : "shift-tab plans · /help");
        StringBuilder line = new StringBuilder(" ");
        for (String part : parts) {
            String more = (line.length() > 1 ? " · " : " ") + part;
            if (line.length() + more.length() >= width) {
                break;
            }
            line.append(more);
        }
        return line.toString();
    }
}
