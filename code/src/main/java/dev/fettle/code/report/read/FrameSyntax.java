package dev.fettle.code.report.read;

import dev.fettle.code.report.Frame;
import java.util.Optional;
import java.util.regex.Pattern;

/// How languages print the frames of a stack. A line is tried against all, in this order.
enum FrameSyntax {
    JAVA(
            "^\\s*at (?:[^\\s(/]+/{1,2})*(?<symbol>[\\w.$<>-]+)\\((?<file>[\\w$-]+\\.(?:java|kt|scala|groovy)):(?<line>\\d+)\\)"),
    PYTHON("^\\s*File \"(?<file>[^\"]+)\", line (?<line>\\d+)(?:, in (?<symbol>.+))?$"),
    /// What pytest prints below the source of a function.
    PYTEST("^(?<file>[^\\s:]+\\.py):(?<line>\\d+): (?:in (?<symbol>\\S+))?"),
    CSHARP("^\\s*at (?<symbol>[^\\s(]+)\\([^)]*\\) in (?<file>.+):line (?<line>\\d+)$"),
    JAVASCRIPT(
            "^\\s*(?:at|❯) (?:async )?(?:(?<symbol>[^()]+?) \\(?)?(?:file://)?(?<file>[^\\s():]+\\.[cm]?[jt]sx?):(?<line>\\d+):\\d+\\)?"),
    GO("^\\s+(?<file>\\S+\\.go):(?<line>\\d+)(?: \\+0x[0-9a-f]+|:.*)?$"),
    RUST_PANIC("panicked at (?:'.*', )?(?<file>[^\\s:']+\\.rs):(?<line>\\d+):\\d+"),
    RUST("^\\s+at (?<file>\\S+\\.rs):(?<line>\\d+)(?::\\d+)?$"),
    RUBY("^[\\s#]*(?:from )?(?<file>[^\\s:]+\\.rb):(?<line>\\d+)(?::in [`'](?<symbol>[^']+)')?"),
    PHP("^#\\d+ (?<file>[^\\s(]+\\.php)\\((?<line>\\d+)\\): (?<symbol>[^\\s(]+)"),
    PHP_ERROR("^PHP .* in (?<file>\\S+\\.php):(?<line>\\d+)$"),
    PHPUNIT("^(?<file>\\S+\\.php):(?<line>\\d+)$");

    private final Pattern pattern;

    FrameSyntax(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /// Whether its stacks end with the innermost frame, and the error after it.
    boolean isInnermostLast() {
        return this == PYTHON || this == PYTEST;
    }

    /// Whether the line of a frame may tell the error, too.
    boolean maySayError() {
        return this == RUST_PANIC || this == RUBY || this == PHP_ERROR;
    }

    Optional<Frame> read(String line) {
        return Hit.in(line, pattern)
                .filter(hit -> hit.number("line") > 0)
                .map(hit -> new Frame(
                        hit.get("file"), hit.number("line"), hit.get("symbol").strip()));
    }
}
