package dev.fettle.core.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.core.tool.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// What a turn is for. A workflow is not another loop: it is a turn like all others, whose model is told how to go
/// about it, and has a tool for the report that it must end with.
public enum Workflow {
    @JsonProperty("generate")
    GENERATE,
    @JsonProperty("understand")
    UNDERSTAND,
    @JsonProperty("debug")
    DEBUG,
    @JsonProperty("optimise")
    OPTIMISE,
    @JsonProperty("test")
    TEST,
    @JsonProperty("review")
    REVIEW,
    /// Any other task: no instructions besides the session's, and no report.
    @JsonProperty("general")
    GENERAL;

    /// What the tool for the report is called, in every workflow.
    public static final String REPORT = "report";

    /// What the choice of a workflow is called among the settings of a run, where no setting is called so.
    public static final String SETTING = "WORKFLOW";

    /// As users write it: `generate`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }

    public static Optional<Workflow> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /// The tool whose accepted call ends the turn; empty if the turn ends as the model likes.
    public Optional<Tool> report() {
        return switch (this) {
            case GENERATE -> reportOf(Work.Generated.class);
            case UNDERSTAND -> reportOf(Work.Understood.class);
            case DEBUG -> reportOf(Work.Debugged.class);
            case OPTIMISE -> reportOf(Work.Optimised.class);
            case TEST -> reportOf(Work.Tested.class);
            case REVIEW -> reportOf(Work.Reviewed.class);
            case GENERAL -> Optional.empty();
        };
    }

    private <W extends Record & Work> Optional<Tool> reportOf(Class<W> work) {
        return Optional.of(new ReportTool<>(word(), work));
    }

    /// What the model is told besides the request; empty for [#GENERAL].
    public String instructions() {
        return this == GENERAL ? "" : text(word()) + "\n" + text("report");
    }

    static String text(String name) {
        try (InputStream in = Workflow.class.getResourceAsStream(name + ".md")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
