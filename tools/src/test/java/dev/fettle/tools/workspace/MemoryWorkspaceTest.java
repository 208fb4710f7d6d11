package dev.fettle.tools.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.testkit.SettableClock;
import dev.fettle.testkit.WorkspaceContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MemoryWorkspaceTest extends WorkspaceContract {
    private final SettableClock clock = new SettableClock();
    private final Workspace workspace = new MemoryWorkspace(clock);

    @Override
    protected Workspace workspace() {
        return workspace;
    }

    @Test
    void runsNoCommands() {
        Shell.Command command = new Shell.Command("true", Duration.ofSeconds(1));
        refuses(WorkspaceException.Kind.UNSUPPORTED, () -> workspace.shell().run(command, _ -> {}));
    }

    @Test
    void remembersWhenAFileWasWritten() {
        clock.advance(Duration.ofHours(1));
        write("a.txt", "a");
        assertEquals(
                clock.instant(),
                workspace.info(new FilePath("a.txt")).orElseThrow().modified());
    }

    @Test
    void keepsItsOwnCopyOfWhatIsWritten() throws Exception {
        byte[] content = {'a'};
        workspace.write(at("a.txt"), content);
        content[0] = 'b';
        assertEquals("a", read("a.txt"));
    }
}
