package dev.fettle.core.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Report;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Spending;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.workflow.Intent;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A fact of a session. Facts are appended and never changed; conversation, status, cost and screens are
/// folded from them. Old sessions must always load: a variant or field may be added, never renamed or removed
/// (golden files hold this).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.SessionStarted.class, name = "session_started"),
    @JsonSubTypes.Type(value = Event.UserSaid.class, name = "user_said"),
    @JsonSubTypes.Type(value = Event.AssistantSaid.class, name = "assistant_said"),
    @JsonSubTypes.Type(value = Event.ApprovalAsked.class, name = "approval_asked"),
    @JsonSubTypes.Type(value = Event.PermissionDecided.class, name = "permission_decided"),
    @JsonSubTypes.Type(value = Event.ToolStarted.class, name = "tool_started"),
    @JsonSubTypes.Type(value = Event.ToolFinished.class, name = "tool_finished"),
    @JsonSubTypes.Type(value = Event.SecretSeen.class, name = "secret_seen"),
    @JsonSubTypes.Type(value = Event.Advised.class, name = "advised"),
    @JsonSubTypes.Type(value = Event.Shortened.class, name = "shortened"),
    @JsonSubTypes.Type(value = Event.Restored.class, name = "restored"),
    @JsonSubTypes.Type(value = Event.TreeKept.class, name = "tree_kept"),
    @JsonSubTypes.Type(value = Event.Directed.class, name = "directed"),
    @JsonSubTypes.Type(value = Event.Informed.class, name = "informed"),
    @JsonSubTypes.Type(value = Event.Compacted.class, name = "compacted"),
    @JsonSubTypes.Type(value = Event.TurnEnded.class, name = "turn_ended"),
})
public sealed interface Event {

    /// The first event of a session, but for the secrets that its instructions contain.
    ///
    /// @param instructions the system text of every request of this session
    record SessionStarted(String workspace, String instructions) implements Event {}

    /// A turn begins; or, while one is under way, the user says something more before its next step.
    ///
    /// @param run the run whose turn it is; empty for a turn that nobody queued
    record UserSaid(
            String text,
            List<Image> images,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RunId> run) implements Event {
        public UserSaid {
            images = List.copyOf(images);
        }

        public UserSaid(String text, List<Image> images) {
            this(text, images, Optional.empty());
        }
    }

    /// A model call succeeded. A step of the turn begins.
    ///
    /// @param model `provider/id`
    record AssistantSaid(
            String model, List<ContentBlock> content, StopReason stopReason, Usage usage, Money cost, long durationMs)
            implements Event {
        public AssistantSaid {
            content = List.copyOf(content);
        }
    }

    /// The turn stops until somebody answers, which may take days. The answer is a [PermissionDecided].
    ///
    /// @param rule the rule that said to ask: `layer:name`
    /// @param reason why it is asked; may be empty
    record ApprovalAsked(String callId, Permission permission, String rule, String reason) implements Event {}

    /// A permission was given or refused, by a rule or by somebody who was asked.
    ///
    /// @param by `policy`, `person`, or `nobody` when there was nobody to ask
    /// @param rule the rule that decided, or that said to ask: `layer:name`
    /// @param reason why it was asked or refused; empty where a rule simply allows
    record PermissionDecided(
            String callId, Permission permission, boolean allowed, String by, String rule, String reason)
            implements Event {}

    /// Recorded before the tool has had any effect.
    record ToolStarted(String callId, String name, Effect effect) implements Event {}

    /// The one answer to a call, started or not.
    ///
    /// @param seen files whose content the model knows from here on: path to SHA-256 in hex
    /// @param report the result of the turn's workflow, if this call was for that; the model does not see it
    /// @param spending what the call took of the turn's budget, if it asked a model
    record ToolFinished(
            ToolResult result,
            Map<String, String> seen,
            long durationMs,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Report> report,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Spending> spending)
            implements Event {
        public ToolFinished {
            seen = Map.copyOf(seen);
        }

        public ToolFinished(ToolResult result, Map<String, String> seen, long durationMs) {
            this(result, seen, durationMs, Optional.empty(), Optional.empty());
        }
    }

    /// A secret was met for the first time. Recorded before the first event that has its handle.
    ///
    /// @param handle what stands for it, without the brackets: `openai#1`
    /// @param fingerprint a keyed hash of the value, which itself is nowhere in the log
    record SecretSeen(String handle, String kind, String fingerprint) implements Event {}

    /// The harness tells the model something that nobody asked for: that it goes in circles.
    record Advised(String text) implements Event {}

    /// The conversation did not fit the model's window. From here on the model sees older tool results shortened.
    ///
    /// @param newest how many of the last messages with results stay as they are
    /// @param characters how much of each older result is left
    record Shortened(int newest, int characters) implements Event {}

    /// The turn goes on where its working tree was not, or not as it was left: it has been restored.
    ///
    /// @param missing what could not be restored, a line each
    record Restored(List<String> missing) implements Event {
        public Restored {
            missing = List.copyOf(missing);
        }
    }

    /// The working tree has been kept around something that changes it, so that this can be taken back. Of a
    /// turn that is said twice: when its first call that may change something is about to begin, and when it
    /// ends.
    ///
    /// @param turns which turns were taken back or done again, from 1; empty for a turn, which is the one
    ///     under way
    /// @param before the tree's snapshot from before; empty if it could not be kept
    /// @param after the one from afterwards; empty as long as there is none
    /// @param paths what was taken back or done again, a line each; bounded, the last line then counts the
    ///     rest
    /// @param trouble why it could not be kept; empty if it was
    record TreeKept(
            Cause cause,
            List<Integer> turns,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> before,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> after,
            List<String> paths,
            String trouble)
            implements Event {

        /// What changes the tree.
        public enum Cause {
            @JsonProperty("turn")
            TURN,
            @JsonProperty("undo")
            UNDO,
            @JsonProperty("redo")
            REDO
        }

        public TreeKept {
            turns = List.copyOf(turns);
            paths = List.copyOf(paths);
        }

        /// Around the turn under way.
        public static TreeKept ofTurn(Optional<String> before, Optional<String> after, String trouble) {
            return new TreeKept(Cause.TURN, List.of(), before, after, List.of(), trouble);
        }
    }

    /// What the turn is for has been decided, or the model is reminded of it.
    ///
    /// @param by `order`, `model`, `reminder`, or `fallback` when what was wanted of the model did not come
    /// @param note why; may be empty
    /// @param text what the model sees of it; may be empty
    /// @param intent what a model has made of the request, if one was asked
    /// @param usage what asking took
    record Directed(
            Workflow workflow,
            String by,
            String note,
            String text,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Intent> intent,
            Usage usage,
            Money cost)
            implements Event {

        /// One that took no call of a model.
        public Directed(Workflow workflow, String by, String note, String text) {
            this(workflow, by, note, text, Optional.empty(), Usage.ZERO, Money.ZERO);
        }
    }

    /// Something was put in beside the user's words, for a model that does not know of it and so would not look it up.
    ///
    /// @param about the file of instructions, the id of the fact; empty where there is only one
    /// @param text what the model sees
    record Informed(Part part, String about, String text) implements Event {
        /// What it is.
        public enum Part {
            /// The map of the repository.
            @JsonProperty("map")
            MAP,
            /// A fact the user wanted remembered.
            @JsonProperty("memory")
            MEMORY,
            /// What the project wants of agents in a part of its tree.
            @JsonProperty("instructions")
            INSTRUCTIONS
        }
    }

    /// From here on the model sees a text in place of all messages but the newest. The log keeps them.
    ///
    /// @param by `window` when it was about to be full, `provider` when it was, `person` when somebody asked
    /// @param note why there is no summary by a model; empty if there is one
    /// @param newest how many of the last messages stay as they are
    /// @param text what the model sees first
    /// @param before the tokens of the messages, estimated
    /// @param after the same, from here on
    /// @param usage what asking for a summary took
    record Compacted(String by, String note, int newest, String text, long before, long after, Usage usage, Money cost)
            implements Event {}

    record TurnEnded(Outcome outcome) implements Event {}
}
