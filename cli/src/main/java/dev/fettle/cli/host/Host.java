package dev.fettle.cli.host;

import dev.fettle.core.agent.Agent;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.undo.Undo;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.worktree.Worktrees;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the commands need from the program around them. Nothing is opened before it is asked for. All methods throw
/// [CommandException] when the configuration is wrong, naming every mistake.
public interface Host {

    /// Flags of a command line that stand for settings: setting name to value, as in `LLM_MODEL`.
    record Flags(Map<String, String> settings, Optional<Path> envFile) {
        public static final Flags NONE = new Flags(Map.of(), Optional.empty());

        public Flags {
            settings = Map.copyOf(settings);
        }

        /// The same with one more.
        public Flags with(String setting, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(setting, value);
            return new Flags(more, envFile);
        }
    }

    String version();

    /// Whether the settings read so far ask for stack traces.
    boolean isDebug();

    /// A text for people without the secrets in it.
    String mask(String text);

    SessionStore sessions();

    /// What takes back the turns of sessions.
    Undo undo();

    /// The worktrees of the repository that the workspace is in.
    Worktrees worktrees(Flags flags);

    /// Has services forget what they have kept of a user's answers, as far as they share it.
    void forgetAnswers(String user);

    /// The sessions as they are written, by whatever process.
    Feed feed();

    /// What model calls took.
    Ledger ledger();

    /// Where runs are asked for, to be carried out by workers.
    RunQueue runs(Flags flags);

    /// This process as a worker.
    Role worker(Flags flags);

    /// This process as one that does the recurring jobs alone.
    Role scheduler();

    /// What an administrator can do here.
    Administration administration();

    /// Removes what has been kept long enough, in the background and at most once a day, for whoever has no worker that
    /// does it every hour.
    void cleanUpDaily(Flags flags);

    /// This process as the HTTP service.
    Role server(Flags flags, Serving serving);

    /// How to serve.
    ///
    /// @param host the address to listen on
    /// @param port 0 for any that is free; empty for the one configured
    /// @param works whether this process carries out runs too
    /// @param services what of the service it serves; all, if it is empty
    record Serving(String host, Optional<Integer> port, boolean works, List<String> services) {}

    /// What a long-running process is for.
    interface Role extends AutoCloseable {
        /// For people: `Worker 4711`.
        String name();

        void start();

        /// What is said once it has started.
        default String readiness() {
            return name() + " is ready";
        }

        /// What whoever started it should know, once it has started; a line each.
        default List<String> greetings() {
            return List.of();
        }

        /// Says how it stands, where people look for it.
        default void say(String sentence, PrintStream people) {
            people.println(sentence);
        }

        /// Stops taking on work, and hands over what is under way.
        @Override
        void close();
    }

    Equipped agent(Flags flags, Approver approver);

    /// An agent with the model it will use.
    ///
    /// @param notes what the user should know about how the settings were read
    record Equipped(Agent agent, Model model, List<String> notes) {}

    /// An agent whose answers come from a recorded session, whose own session is kept nowhere.
    Replay replay(Flags flags, Path recording, Approver approver);

    /// A recorded session, to be run again.
    ///
    /// @param prompts a turn each
    /// @param expected how the last turn ended then; empty if the recording does not say
    record Replay(Agent agent, Model model, List<String> prompts, Optional<Status> expected) {
        public Replay {
            prompts = List.copyOf(prompts);
        }

        /// Runs all turns.
        public TurnResult run(TurnListener listener) {
            TurnResult result = turn(new TurnRequest.Target.NewSession(), prompts.getFirst(), listener);
            for (String prompt : prompts.subList(1, prompts.size())) {
                result = turn(new TurnRequest.Target.GivenSession(result.session()), prompt, listener);
            }
            return result;
        }

        private TurnResult turn(TurnRequest.Target target, String prompt, TurnListener listener) {
            return agent.run(new TurnRequest(target, prompt, List.of()), listener);
        }
    }

    /// A small repository with a failing test, copied somewhere fresh, and an agent whose answers are recorded.
    Demo demo(Approver approver);

    record Demo(Agent agent, String prompt, Path directory) {}

    /// What code consists of, found without a model. Blocks for as long as it takes to read what has changed
    /// since the last time.
    ///
    /// @param live is told how far that has come
    Understood understand(Flags flags, Subject subject, Consumer<String> live);

    /// What is to be understood.
    sealed interface Subject {
        /// A file or a directory.
        record Place(Path path) implements Subject {}

        /// A text.
        ///
        /// @param language as a person names it; to be guessed if empty
        record Snippet(String code, Optional<String> language) implements Subject {}
    }

    /// Facts about code, in several forms.
    interface Understood {
        /// For people.
        String text();

        /// The same, cut to so many tokens, for a model.
        String within(long tokens);

        String json();

        /// A page with drawings.
        String markdown();

        /// What the user should know about how the facts were found.
        List<String> notes();

        /// The flags for an agent that is to work where the code is.
        Flags place();
    }

    /// What a model would see when a turn begins, in its order. Blocks as [#understand] does.
    ///
    /// @param session the one whose turn it would be; empty for one that is yet to be
    /// @param prompt what would be asked; empty for nothing
    List<Seen> context(Flags flags, Optional<SessionId> session, String prompt, Consumer<String> live);

    /// A part of what a model sees.
    ///
    /// @param tokens estimated, rather too many than too few
    record Seen(String part, String text, long tokens) {}

    /// What the user wanted remembered.
    Facts memory(Flags flags);

    /// Facts, and where those of the workspace are.
    ///
    /// @param here the user in the project
    record Facts(Memory memory, Memory.Scope here) {}

    /// The models that are known, by provider.
    List<ModelRow> models(Flags flags);

    /// A model that could be used.
    ///
    /// @param missing what has to be set before; empty if it is ready
    record ModelRow(Model model, Optional<String> missing) {}

    /// Models and the way to them, without retries.
    ///
    /// @param names as for `--model`; none means the one configured and its fallbacks
    List<Reached> reach(Flags flags, List<String> names);

    record Reached(Model model, ModelProvider provider) {}

    List<SettingRow> settings(Flags flags);

    /// A setting as it stands.
    ///
    /// @param value masked if secret; empty if unset
    /// @param layer where the value comes from, as in `environment`
    record SettingRow(String name, String value, String layer, String description) {}

    List<Finding> diagnose(Flags flags);

    /// What `doctor` found.
    ///
    /// @param remedy the command or setting that mends it; empty if all is well
    record Finding(Level level, String subject, String found, String remedy) {
        public enum Level {
            OK,
            WARNING,
            PROBLEM
        }
    }

    /// The current directory.
    Path directory();

    /// Fettle's own directory.
    Path home();

    /// Lets a settings file of a project count in full as long as it stays as it is.
    void trust(Path file);

    /// Whether the user has said that a file of a project is theirs, as it is.
    boolean isTrusted(Path file);

    /// The same flags for somebody who may look and change nothing.
    Flags lookingOnly(Flags flags);

    /// The files of the workspace, without what git ignores: paths relative to it, as many as one would choose from.
    List<String> files(Flags flags);

    /// What is defined in the workspace under names that hold a text, as many as one would choose from; none as long as
    /// its index is being made.
    List<Symbol> symbols(Flags flags, String part);

    /// A definition.
    ///
    /// @param name with what it is in: `Cart.total`
    /// @param place path and line
    record Symbol(String name, String place) {}

    /// A shell as the agent's commands get it.
    Shell shell(Flags flags);

    /// What the agent may do in the current workspace.
    Policy policy(Flags flags);

    /// The rules behind [#policy], those that Fettle comes with first.
    List<Rule> rules(Flags flags);

    /// Looks into failures in the workspace.
    ///
    /// @param timeout of each command
    /// @param live is shown what commands print
    Debugging debugging(Flags flags, Duration timeout, Consumer<String> live);

    /// What looks like a secret below a path.
    List<SecretRow> scanForSecrets(Path path);

    /// A finding, its value masked.
    record SecretRow(String path, int line, String kind, String masked) {}

    /// Salvages what can be read of a damaged session database; the damaged file is kept.
    ///
    /// @return what was done, for a person
    String repairSessions();
}
