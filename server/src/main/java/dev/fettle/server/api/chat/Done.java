package dev.fettle.server.api.chat;

import dev.fettle.core.workflow.Code;
import dev.fettle.core.workflow.Validation;
import dev.fettle.core.workflow.Work;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a workflow has come to: what there is to know of any answer, and the stages of its report. A stage is missing
/// where the workflow has none of that name, or the run ended without a report.
///
/// @param accepted whether the report held when it was checked; missing without a report
record Done(
        @Form(TextForm.RUN_ID) String runId,
        @Form(TextForm.SESSION_ID) String sessionId,
        @Form(TextForm.RUN_STATUS) String status,
        String message,
        int steps,
        long tokens,
        @Form(TextForm.MONEY) String cost,
        boolean cached,
        Optional<Boolean> accepted,
        Optional<String> requirement,
        Optional<String> architecture,
        Optional<String> semantics,
        Optional<List<Work.Part>> parts,
        Optional<String> explanation,
        Optional<String> failure,
        Optional<String> location,
        Optional<String> cause,
        Optional<String> fix,
        Optional<Code> code,
        Optional<Validation> validation) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static Done of(RunWait.Finished finished) {
        ObjectNode all = MAPPER.createObjectNode();
        finished.report().ifPresent(report -> {
            all.setAll((ObjectNode) MAPPER.readTree(report.stages()));
            all.put("accepted", report.accepted());
        });
        all.setAll((ObjectNode) MAPPER.valueToTree(Outcome.of(finished)));
        return MAPPER.treeToValue(all, Done.class);
    }
}
