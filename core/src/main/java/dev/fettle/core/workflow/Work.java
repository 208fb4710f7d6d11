package dev.fettle.core.workflow;

import dev.fettle.core.tool.Describe;
import java.util.List;
import java.util.Optional;

/// What a model reports at the end of a workflow, stage by stage.
public sealed interface Work {
    /// For the person who asked: what was done, and what is left.
    String summary();

    /// The files that were made or changed, relative to the workspace.
    default List<String> files() {
        return List.of();
    }

    /// Commands that prove the work by exit code zero.
    default List<String> checks() {
        return List.of();
    }

    /// What the files are written in, where that is one language; empty otherwise.
    default String language() {
        return "";
    }

    record Generated(
            @Describe("for the user: what it does and how to use it")
            String summary,

            @Describe("what is wanted, cases at the edges included")
            String requirement,

            @Describe("the parts and why so") String architecture,
            @Describe("lower case, as in python") String language,

            @Describe("every file that belongs to it, the main one first")
            List<String> files,

            @Describe("commands that run its tests; empty if there are none")
            List<String> checks)
            implements Work {}

    record Understood(
            @Describe("in two sentences: what it is") String summary,
            @Describe("what it is for, and what it assumes") String semantics,

            @Describe("the parts that matter, in reading order")
            List<Part> parts,

            @Describe("how it works, for a colleague who is new to it")
            String explanation)
            implements Work {}

    record Part(
            String name,
            @Describe("path:line, if it is in a file") Optional<String> place,
            @Describe("what it does") String role) {}

    record Debugged(
            @Describe("for the user: what was wrong, what was done, what is left")
            String summary,

            @Describe("what was seen when it was reproduced")
            String failure,

            @Describe("path:line; empty if it is in no file")
            String location,

            @Describe("why it fails") String cause,

            @Describe("what was changed and why that mends the cause")
            String fix,

            @Describe("every file that was changed") List<String> files,

            @Describe("commands that failed before and pass now")
            List<String> checks)
            implements Work {}

    record Optimised(
            @Describe("for the user: what got better, what is left")
            String summary,

            @Describe("what cost most, and how that was found")
            String bottleneck,

            @Describe("what was changed and why it does the same as before")
            String change,

            @Describe("before and after, with the command; or why it was not measured")
            String measured,

            @Describe("every file that was changed") List<String> files,
            @Describe("commands that show it still works") List<String> checks)
            implements Work {}

    record Tested(
            @Describe("for the user: what is tested, what is not")
            String summary,

            @Describe("what each test claims") List<String> cases,

            @Describe("mistakes in the tested code that came to light")
            List<String> mistakes,

            @Describe("every file that was made or changed") List<String> files,
            @Describe("commands that run these tests") List<String> checks)
            implements Work {}

    record Reviewed(
            @Describe("for the user: the verdict in two sentences")
            String summary,

            @Describe("the worst first; empty if there are none")
            List<Finding> findings)
            implements Work {}

    record Finding(
            String file,

            @Describe("1 for the first; 0 for the file as a whole")
            int line,

            Severity severity,

            @Describe("what is wrong, what follows, what to do")
            String message) {}
}
