package dev.fettle.server.api.run;

import dev.fettle.core.workflow.Workflow;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.Within;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a client wants done.
///
/// @param sessionId the session to go on with; without one a new one begins
/// @param workspace the id of one that was made, or a directory below the root for workspaces; without one a
///     new session gets its own
/// @param git what to fetch into a workspace made for it, instead
/// @param workflow what the run is for: `generate`, `review`, …; then its result has a report
/// @param maxCost in US dollars, as a text or a number
/// @param approve whether everything that would be asked is approved
public record RunOrder(
        @Form(TextForm.SAID) String prompt,
        @Form(TextForm.SESSION_ID) Optional<String> sessionId,
        @Form(TextForm.WORKSPACE) Optional<String> workspace,
        Optional<GitOrder> git,
        @Form(TextForm.WORKFLOW) Optional<String> workflow,
        @Form(TextForm.MODEL) Optional<String> model,
        @Within(least = 1) Optional<Integer> maxSteps,
        @Form(TextForm.MONEY) Optional<JsonNode> maxCost,
        Optional<Boolean> approve) {
    public RunOrder {
        // What is left out comes as JSON's null.
        maxCost = maxCost.filter(given -> !given.isNull());
    }

    /// A prompt, and nothing else said but what it is for.
    public static RunOrder of(String prompt, Optional<String> session, Optional<Workflow> workflow) {
        return new RunOrder(
                prompt,
                session,
                Optional.empty(),
                Optional.empty(),
                workflow.map(Workflow::word),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
