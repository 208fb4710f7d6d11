package dev.fettle.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.FilesInMemory;
import dev.fettle.core.workspace.WorkspaceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SecretScanTest {
    private static final String GITHUB = "gh" + "p_q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2Ra8E";

    private final FilesInMemory files = new FilesInMemory(Map.of(
            ".env",
            "A=1\nLICENCE=QX7-88-ZZ-91-LK\n",
            "App.java",
            "class App {\n  // x\n  String key = \"" + GITHUB + "\";\n}\n",
            "binary",
            "\0" + GITHUB,
            "large.txt",
            "x".repeat(2 * 1024 * 1024 + 1),
            "README",
            "Nothing here."));

    @Test
    void namesFileLineAndKindButNotTheValue() throws InterruptedException {
        SecretScan.Report report = SecretScan.of(files, new FilePath("App.java"));
        assertEquals(
                new SecretScan.Report(
                        List.of(new SecretScan.Located(new FilePath("App.java"), 3, "github", "ghp_********")),
                        1,
                        List.of(),
                        true),
                report);
        assertEquals(
                List.of(new SecretScan.Located(new FilePath(".env"), 2, "env", "********")),
                SecretScan.of(files, new FilePath(".env")).findings());
    }

    @Test
    void leavesOutWhatIsBinaryAndSaysWhatIsTooLarge() throws InterruptedException {
        assertEquals(List.of(), SecretScan.of(files, new FilePath("binary")).findings());
        assertEquals(
                List.of(new FilePath("large.txt")),
                SecretScan.of(files, new FilePath("large.txt")).skipped());
    }

    @Test
    void looksBelowDirectoriesButNotIntoGitsObjects() throws InterruptedException {
        FilesInMemory tree = new FilesInMemory(Map.of("d/a", GITHUB, "d/b", "x", "d/.git/objects/c", GITHUB));
        SecretScan.Report report = SecretScan.of(tree, new FilePath("d"));
        assertEquals(1, report.findings().size());
        assertEquals(2, report.files());
        assertEquals(
                List.of(), SecretScan.of(tree, new FilePath("d/.git/objects")).findings());
    }

    @Test
    void aPathThatIsNotThereIsSaidSo() {
        assertThrows(WorkspaceException.class, () -> SecretScan.of(files, new FilePath("nowhere")));
    }
}
