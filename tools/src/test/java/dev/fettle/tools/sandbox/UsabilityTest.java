package dev.fettle.tools.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.process.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What has to go on working in the sandbox.
class UsabilityTest {
    @TempDir
    private Path directory = Path.of("");

    /// Something an agent does every day.
    ///
    /// @param needs programs without which it is skipped
    /// @param expected the last line printed
    private record Case(String name, List<String> needs, String script, String expected) {}

    private static final String COMMIT = "git -c user.name=a -c user.email=a@b commit -q -m one";

    private static final List<Case> CASES = List.of(
            of(
                    "a commit and its log",
                    "git",
                    "git init -q . && echo 1 > f && git add f && " + COMMIT + " && git log --oneline | wc -l",
                    "1"),
            of(
                    "a branch and a merge",
                    "git",
                    "git init -q -b main . && echo 1 > f && git add f && " + COMMIT
                            + " && git switch -q -c b && git switch -q main && git merge -q b && git branch | wc -l",
                    "2"),
            of(
                    "a stash",
                    "git",
                    "git init -q . && echo 1 > f && git add f && " + COMMIT
                            + " && echo 2 > f && git -c user.name=a -c user.email=a@b stash -q && cat f",
                    "1"),
            of("temporary files", "mktemp", "f=$(mktemp) && echo kept > $f && cat $f", "kept"),
            of("a temporary directory", "mktemp", "d=$(mktemp -d) && touch $d/x && ls $d", "x"),
            of(
                    "a long pipeline",
                    "seq",
                    "seq 100000 | sort -n | tac | head -1000 | tail -1 | tr -d '\\n' | wc -c",
                    "5"),
            of("process substitution", "diff", "diff <(seq 3) <(seq 3) && echo same", "same"),
            of("a here-document", "cat", "cat <<'END'\ntext\nEND", "text"),
            of(
                    "shared memory",
                    "python3",
                    "python3 -c \"from multiprocessing import Pool\nif __name__=='__main__':\n with Pool(2) as p: print(sum(p.map(abs,[-1,-2])))\"",
                    "3"),
            of(
                    "a server and its client",
                    "python3",
                    "python3 -m http.server 8123 --bind 127.0.0.1 >/dev/null 2>&1 & for i in $(seq 50); do sleep 0.1; python3 -c \"import urllib.request as u; print(u.urlopen('http://127.0.0.1:8123/').status)\" 2>/dev/null && break; done",
                    "200"),
            of(
                    "the Java compiler",
                    "javac java",
                    "echo 'class A { public static void main(String[] a) { System.out.println(42); } }' > A.java && javac A.java && java -cp . A",
                    "42"),
            of("Maven itself", "mvn", "mvn -o -v > v && grep -c 'Apache Maven' v", "1"),
            of("a Node script", "node", "node -e 'console.log(6*7)'", "42"),
            of(
                    "a package script",
                    "npm",
                    "echo '{\"scripts\":{\"hi\":\"echo hello\"}}' > package.json && npm run -s hi",
                    "hello"),
            of("a Python environment", "python3", "python3 -m venv --without-pip v && v/bin/python -c 'print(7)'", "7"),
            of("make", "make", "printf 'all:\\n\\t@echo made\\n' > Makefile && make", "made"),
            of("an archive", "tar gzip", "echo x > f && tar czf a.tgz f && rm f && tar xzf a.tgz && cat f", "x"),
            of("links in the workspace", "ln", "echo x > f && ln -s f l && cat l", "x"),
            of("the executable bit", "chmod", "printf '#!/bin/sh\\necho ran\\n' > s && chmod +x s && ./s", "ran"),
            of("names in any script", "cat", "echo x > 'Grüße 你好.txt' && cat 'Grüße 你好.txt'", "x"),
            of("ending an own child", "sleep", "sleep 60 & kill $! && wait $! ; echo $?", "143"),
            of("the number of processors", "nproc", "[ $(nproc) -ge 1 ] && echo some", "some"),
            of("the clock", "date", "[ $(date +%Y) -ge 2025 ] && echo now", "now"),
            of("the user's name", "id", "id -un > n && [ -s n ] && echo known", "known"));

    private static Case of(String name, String needs, String script, String expected) {
        return new Case(name, List.of(needs.split(" ", -1)), script, expected);
    }

    @TestFactory
    Stream<DynamicTest> works() {
        Sandbox sandbox = SandboxTest.sandboxOrSkip(directory.resolve("home"));
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    for (String program : each.needs()) {
                        assumeTrue(isInstalled(program), program + " is not installed");
                    }
                    Path workspace =
                            Files.createTempDirectory(directory, "workspace-").toRealPath();
                    Shell.Result result = new ProcessShell(
                                    workspace,
                                    Map.of("PATH", SandboxTest.PATH, "LANG", "C.UTF-8"),
                                    new OutputDirectory(directory.resolve("spool")),
                                    sandbox,
                                    Confinement.DEFAULT)
                            .run(new Shell.Command(each.script(), Duration.ofSeconds(60)), _ -> {});
                    List<String> lines = result.output().lines().toList();
                    assertEquals(
                            each.expected(),
                            lines.isEmpty() ? "" : lines.getLast().strip(),
                            result.output());
                }));
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(SandboxTest.PATH.split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
