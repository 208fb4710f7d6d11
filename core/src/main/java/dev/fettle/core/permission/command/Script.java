package dev.fettle.core.permission.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a command line was seen to do.
///
/// @param pipelines every one found anywhere: in substitutions, functions and control structures too
/// @param functions those it defines
/// @param written the targets of its redirections
public record Script(Form form, List<Pipeline> pipelines, List<Function> functions, List<String> written) {
    /// Nothing could be learned.
    public static final Script UNREADABLE = new Script(Form.UNREADABLE, List.of(), List.of(), List.of());

    public Script {
        pipelines = List.copyOf(pipelines);
        functions = List.copyOf(functions);
        written = List.copyOf(written);
    }

    /// How much of a script's meaning is in its text.
    public enum Form {
        /// Only literal words, joined by `|`, `&&`, `||`, `;` and line ends: what is seen is all that runs.
        LITERAL,
        /// Well-formed, but what runs is only known when it runs.
        DYNAMIC,
        /// Not understood. What was seen may be a part.
        UNREADABLE
    }

    /// Commands joined by `|`, often only one.
    public record Pipeline(List<SimpleCommand> stages, boolean isBackground) {
        public Pipeline {
            stages = List.copyOf(stages);
        }
    }

    /// A function and what its body runs.
    public record Function(String name, List<Pipeline> body) {
        public Function {
            body = List.copyOf(body);
        }
    }

    /// The commands that run, if it is certain that no others do.
    public Optional<List<SimpleCommand>> literalCommands() {
        return form == Form.LITERAL ? Optional.of(commands().toList()) : Optional.empty();
    }

    public Stream<SimpleCommand> commands() {
        return pipelines.stream().flatMap(each -> each.stages().stream());
    }
}
