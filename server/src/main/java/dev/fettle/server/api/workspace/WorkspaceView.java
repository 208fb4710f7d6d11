package dev.fettle.server.api.workspace;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.Origin;
import dev.fettle.core.workspace.kept.TreeSize;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import java.util.Optional;

/// A workspace as it is shown.
///
/// @param reason why it has failed
/// @param bytes what is in it, where one is shown that is ready
record WorkspaceView(
        @Form(TextForm.WORKSPACE_ID) String workspaceId,
        String name,
        @Form(TextForm.USER_ID) String user,
        @Form(TextForm.WORKSPACE_STATE) String status,
        Optional<String> reason,
        Source source,
        @Form(TextForm.TIME) String createdAt,
        Optional<Long> bytes,
        Optional<Long> files) {

    /// What it began with.
    ///
    /// @param format of an archive
    record Source(
            @Form(TextForm.ORIGIN) String type,
            @Form(TextForm.ARCHIVE_FORMAT) Optional<String> format,
            @Form(TextForm.GIT_URL) Optional<String> url,
            @Form(TextForm.GIT_REF) Optional<String> ref,
            Optional<Integer> depth) {

        static Source of(Origin origin) {
            return switch (origin) {
                case Origin.Nothing _ -> plain("nothing", Optional.empty());
                case Origin.Archive archive -> plain("archive", Optional.of(archive.format()));
                case Origin.Git git ->
                    new Source(
                            "git",
                            Optional.empty(),
                            Optional.of(git.source().url()),
                            git.source().ref(),
                            git.source().depth());
            };
        }

        private static Source plain(String type, Optional<ArchiveFormat> format) {
            return new Source(
                    type, format.map(ArchiveFormat::suffix), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    static WorkspaceView of(KeptWorkspace workspace) {
        return of(workspace, Optional.empty());
    }

    static WorkspaceView of(KeptWorkspace workspace, Optional<TreeSize> size) {
        return new WorkspaceView(
                workspace.id().value(),
                workspace.name(),
                workspace.user(),
                workspace.state().word(),
                workspace.state() instanceof KeptWorkspace.State.Failed failed
                        ? Optional.of(failed.reason())
                        : Optional.empty(),
                Source.of(workspace.origin()),
                workspace.createdAt().toString(),
                size.map(TreeSize::bytes),
                size.map(TreeSize::files));
    }
}
