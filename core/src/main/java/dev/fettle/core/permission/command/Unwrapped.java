package dev.fettle.core.permission.command;

import dev.fettle.core.permission.command.Script.Function;
import dev.fettle.core.permission.command.Script.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what runs inside what runs: behind `sudo`, `env`, `xargs`, and one level down in `bash -c` and
/// `eval`.
public final class Unwrapped {
    private final CommandParser parser;
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final List<Function> functions;
    private final List<String> written;

    private Unwrapped(Script script, CommandParser parser) {
        this.parser = parser;
        this.functions = new ArrayList<>(script.functions());
        this.written = new ArrayList<>(script.written());
    }

    /// The script with everything in it, as written and as unwrapped. For asking and refusing, never for
    /// allowing.
    public static Script of(Script script, CommandParser parser) {
        Unwrapped unwrapped = new Unwrapped(script, parser);
        script.pipelines().forEach(each -> unwrapped.add(each, true));
        return new Script(Script.Form.DYNAMIC, unwrapped.pipelines, unwrapped.functions, unwrapped.written);
    }

    private void add(Pipeline pipeline, boolean mayParse) {
        pipelines.add(pipeline);
        List<SimpleCommand> innermost =
                pipeline.stages().stream().map(Unwrapped::innermost).toList();
        if (!innermost.equals(pipeline.stages())) {
            pipelines.add(new Pipeline(innermost, pipeline.isBackground()));
        }
        if (mayParse) {
            innermost.stream()
                    .map(Interpreter::script)
                    .flatMap(Optional::stream)
                    .map(parser::parse)
                    .forEach(this::addInner);
        }
    }

    private void addInner(Script inner) {
        inner.pipelines().forEach(each -> add(each, false));
        functions.addAll(inner.functions());
        written.addAll(inner.written());
    }

    private static SimpleCommand innermost(SimpleCommand command) {
        SimpleCommand inner = command;
        for (Optional<SimpleCommand> next = Wrapper.inside(inner); next.isPresent(); next = Wrapper.inside(inner)) {
            inner = next.get();
        }
        return inner;
    }
}
