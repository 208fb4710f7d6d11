package dev.fettle.core.workflow;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.Report;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Takes the report of a workflow, and believes nothing of it that can be checked: the files have to be there, be
/// well-formed, and pass the commands that are said to prove them. What is wrong is answered like any mistake of a
/// call, so the model mends it and reports again.
final class ReportTool<W extends Record & Work> implements RecordTool<W> {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final String workflow;
    private final Class<W> work;

    ReportTool(String workflow, Class<W> work) {
        this.workflow = workflow;
        this.work = work;
    }

    @Override
    public String name() {
        return Workflow.REPORT;
    }

    @Override
    public String description() {
        return "Ends the task with its result. Files that it names are read, checked and the given commands run: if one"
                + " fails you hear of it, mend it and report again.";
    }

    @Override
    public Effect effect() {
        return provesItself() ? Effect.UNSAFE : Effect.READ;
    }

    /// Whether there is code to check.
    private boolean provesItself() {
        return work != Work.Understood.class && work != Work.Reviewed.class;
    }

    @Override
    public Class<W> arguments() {
        return work;
    }

    @Override
    public List<Permission> permissions(W done) {
        return Validation.commands(done).stream()
                .<Permission>map(Permission.Execute::new)
                .toList();
    }

    @Override
    public ToolOutput run(W done, ToolContext context) throws InterruptedException {
        if (done.summary().isBlank()) {
            throw new ToolException("`summary` is empty. Say what was done.");
        }
        ObjectNode stages = MAPPER.valueToTree(done);
        stages.remove(List.of("summary", "files", "checks", "language"));
        if (!provesItself()) {
            return accepted(done, stages, "Accepted.");
        }
        stages.set("code", MAPPER.valueToTree(Code.read(done, context.workspace())));
        Validation validation = Validation.of(done, context.workspace(), context.live());
        stages.set("validation", MAPPER.valueToTree(validation));
        return validation.hasFailed()
                ? ToolOutput.of("Not accepted: this failed.\n\n%s\n\nMend it and report again."
                                .formatted(validation.complaint()))
                        .with(new Report(workflow, false, done.summary(), stages.toString()))
                : accepted(
                        done,
                        stages,
                        "Accepted. %s".formatted(validation.note()).strip());
    }

    private ToolOutput accepted(W done, ObjectNode stages, String words) {
        return ToolOutput.of(words).with(new Report(workflow, true, done.summary(), stages.toString()));
    }
}
