package dev.fettle.core.tool;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.workspace.Workspace;
import java.util.List;

/// A tool whose arguments are a record: schema and strict decoding are derived from it. Models see the names of its
/// components in `snake_case`.
///
/// @param <A> its components may be `String`, `int`, `long`, `boolean`, an enum, another record, a `List` of
///     these, or an `Optional` of these when the argument may be left out; each carries a [Describe]
public interface RecordTool<A extends Record> extends Tool {
    String name();

    String description();

    Class<A> arguments();

    /// What a call wants to do, as far as its arguments tell.
    List<Permission> permissions(A arguments);

    /// See [Tool.Invocation#permissions(Workspace)].
    default List<Permission> permissions(A arguments, Workspace workspace) {
        return permissions(arguments);
    }

    ToolOutput run(A arguments, ToolContext context) throws InterruptedException;

    /// See [Tool#putsBack].
    default boolean putsBack(A arguments, String text) {
        return false;
    }

    /// See [Tool.Invocation#traces].
    default String traces(A arguments, ToolContext context) {
        return "";
    }

    @Override
    default boolean putsBack(String json, String text) {
        return putsBack(RecordArguments.decode(name(), arguments(), json), text);
    }

    @Override
    default ToolSpec spec() {
        return new ToolSpec(name(), description(), RecordSchema.of(arguments()));
    }

    @Override
    default Invocation prepare(String json) {
        A decoded = RecordArguments.decode(name(), arguments(), json);
        return new Invocation() {
            @Override
            public List<Permission> permissions() {
                return RecordTool.this.permissions(decoded);
            }

            @Override
            public List<Permission> permissions(Workspace workspace) {
                return RecordTool.this.permissions(decoded, workspace);
            }

            @Override
            public ToolOutput run(ToolContext context) throws InterruptedException {
                return RecordTool.this.run(decoded, context);
            }

            @Override
            public String traces(ToolContext context) {
                return RecordTool.this.traces(decoded, context);
            }
        };
    }
}
