package dev.fettle.cli.interactive.command;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.interactive.talk.Checklist;
import dev.fettle.cli.interactive.talk.Outputs;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.todo.Todo;
import dev.fettle.core.usage.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the user wants to know of the sitting.
record ReportCommands(Sitting sitting, Page page, Outputs outputs, CommandLines line) {

    void model(String name) {
        if (name.isEmpty()) {
            List<String> lines = new ArrayList<>();
            String current = sitting.model().name();
            lines.add(page.style().green("● ") + current);
            sitting.host().models(sitting.flags()).stream()
                    .filter(row -> row.missing().isEmpty())
                    .map(row -> row.model().name())
                    .filter(ready -> !ready.equals(current))
                    .forEach(ready -> lines.add("  " + ready));
            lines.add(
                    page.style().dim("  /model NAME has another answer; `fettle models list` shows all with prices."));
            lines.add("");
            page.lines(lines);
        } else {
            sitting.use(name);
            say(sitting.model().name() + " answers from here on.");
        }
    }

    void status() {
        page.lines(List.of(
                row("model", sitting.model().name()),
                row("mode", sitting.mode().name().toLowerCase(Locale.ROOT)),
                row("directory", sitting.workspace().toString()),
                row("session", sitting.session().map(SessionId::value).orElse("none yet")),
                row("version", sitting.host().version()),
                ""));
    }

    void todos() {
        List<Todo> todos =
                sitting.session().isEmpty() ? List.of() : conversation().todos();
        if (todos.isEmpty()) {
            throw CommandException.usage("The agent keeps no list of what is to be done in this session.");
        }
        List<String> lines = new ArrayList<>(new Checklist(page.style()).lines(todos));
        lines.add("");
        page.lines(lines);
    }

    void cost() {
        if (sitting.session().isPresent()) {
            Conversation.TurnTotals totals = conversation().session();
            say("This session: %,d step(s), %,d tokens, %s"
                    .formatted(
                            totals.steps(),
                            totals.usage().total(),
                            totals.cost().display()));
        }
        line.print("usage", "--by", Ledger.Grouping.DAY.name().toLowerCase(Locale.ROOT));
    }

    void context() {
        Model model = sitting.model();
        if (sitting.session().isEmpty()) {
            throw CommandException.usage("The context is empty: nothing has been said yet.");
        }
        Conversation conversation = conversation();
        long mine = 0;
        long answers = 0;
        long results = 0;
        for (Message message : conversation.messages()) {
            switch (message) {
                case Message.User user -> mine += TokenEstimate.of(user.text());
                case Message.Assistant answer -> answers += TokenEstimate.of(answer.toString());
                case Message.Results brought -> results += TokenEstimate.of(brought.toString());
            }
        }
        long system = TokenEstimate.of(conversation.instructions().orElse(""));
        long all = system + mine + answers + results;
        page.lines(List.of(
                row("instructions", tokens(system, model)),
                row("your words", tokens(mine, model)),
                row("answers", tokens(answers, model)),
                row("results", tokens(results, model)),
                row("in all", tokens(all, model) + " of %,d".formatted(model.contextWindow())),
                page.style().dim("  Estimated; without the descriptions of tools."),
                ""));
    }

    private static String tokens(long tokens, Model model) {
        return "%,9d tokens · %2d %%".formatted(tokens, 100 * tokens / model.contextWindow());
    }

    void expand(String number) {
        Outputs.Output output;
        try {
            output = (number.isEmpty() ? outputs.last() : outputs.find(Integer.parseInt(number)))
                    .orElseThrow(() -> CommandException.usage(
                            number.isEmpty()
                                    ? "No call has brought anything yet."
                                    : "Nothing is kept of call " + number + "."));
        } catch (NumberFormatException e) {
            throw CommandException.usage(
                    "`%s` is no number; say /expand 3 for the output marked [3].".formatted(number));
        }
        List<String> lines = new ArrayList<>();
        lines.add(page.style().cyan("▼ ") + output.call() + page.style().dim(" [" + output.number() + "]"));
        output.text().lines().forEach(each -> lines.add("  " + each));
        lines.add("");
        page.lines(lines);
    }

    private Conversation conversation() {
        return Conversation.of(
                sitting.host().sessions().history(sitting.session().orElseThrow()));
    }

    private String row(String name, String value) {
        return page.style().dim("  %-13s".formatted(name)) + value;
    }

    private void say(String sentence) {
        page.lines(List.of(page.style().dim("  " + sentence), ""));
    }
}
