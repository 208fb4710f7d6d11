package dev.fettle.app.demo;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The demo's project, somewhere fresh.
///
/// @param directory where its files are
public record DemoWorkspace(Path directory, Workspace workspace) {

    /// Copies the project into a new directory of this one.
    public static DemoWorkspace in(Path parent, Map<String, String> environment) throws IOException {
        Path project = Files.createDirectory(parent.resolve("shop"));
        DemoProject.copyTo(project);
        ProcessShell shell = new ProcessShell(project, withCompiler(environment), parent.resolve("output"));
        commit(shell);
        return new DemoWorkspace(project, new LocalWorkspace(project, shell));
    }

    /// The project needs a Java compiler: ours comes first.
    private static Map<String, String> withCompiler(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(ProcessShell.allowedEnvironment(environment));
        Path java = Path.of(System.getProperty("java.home"));
        variables.merge("PATH", java.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return variables;
    }

    /// Makes the project a repository, so that the change can be seen as a diff; without git the demo goes on.
    private static void commit(Shell shell) {
        try {
            shell.run(
                    new Shell.Command(
                            "git init -q && git add -A && git -c user.name=demo -c user.email=demo@localhost commit -qm 'A shop'",
                            Duration.ofSeconds(30)),
                    _ -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
