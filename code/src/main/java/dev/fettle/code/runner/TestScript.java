package dev.fettle.code.runner;

import java.util.stream.Collectors;

/// The script around a [TestCommand]. A sandbox takes its temporary directory away with the command, and may let the
/// workspace be read only; so report files are printed behind the output, where [Transcript] finds them, and the exit
/// code is that of the tests. What bash itself says of a killed command is kept out: it names process numbers.
final class TestScript {
    static final String REPORTS = "=====fettle: reports=====";
    static final String REPORT = "=====fettle: report ";

    private static final int MOST_FILES = 400;
    private static final int MOST_BYTES_OF_ONE = 8_000_000;

    /// A clone that shares the objects: it writes nothing where it comes from, and tests may use git in it.
    private static final String COPY = """
            W=$PWD; T=$(mktemp -d "${TMPDIR:-/tmp}/fettle-commit.XXXXXX") || exit 125
            git clone -q --shared --no-checkout -- "$W" "$T/tree" && cd -- "$T/tree" || exit 125
            git checkout -q --detach @commit@ || exit 125
            for each in node_modules .venv venv vendor; do
              if [ -e "$W/$each" ] && [ ! -e "$each" ]; then ln -s -- "$W/$each" "$each"; fi
            done
            """;

    private TestScript() {}

    /// Python takes bytecode for up to date if its source has the same size and second: an edit that was made and tried
    /// within one would not count, so none is kept.
    static String of(TestCommand command, Place place) {
        return """
                trap 'rm -rf -- "$R" "$T"' EXIT
                %s
                export PYTHONDONTWRITEBYTECODE=1
                export R; R=$(mktemp -d "${TMPDIR:-/tmp}/fettle-reports.XXXXXX") || exit 125
                : > "$R/.begun"
                { ( exec 2>&3 3>&-; %s
                ); } 3>&2 2>/dev/null
                code=$?
                printf '\\n%%s\\n' '%s'
                { find "$R" -type f ! -name .begun; %s; } 2>/dev/null | head -n %d | while IFS= read -r file; do
                  printf '\\n%%s%%s\\n' '%s' "$file"
                  head -c %d -- "$file"
                done
                exit "$code"
                """.formatted(
                        entering(place),
                        command.line() + command.reporting(),
                        REPORTS,
                        left(command),
                        MOST_FILES,
                        REPORT,
                        MOST_BYTES_OF_ONE);
    }

    private static String entering(Place place) {
        String change = "cd -- %s || exit 125"
                .formatted(TestCommand.word(place.directory().toString()));
        return switch (place) {
            case Place.Here _ -> change;
            case Place.AtCommit commit -> COPY.replace("@commit@", commit.id()) + change;
            case Place.WithFile edited ->
                WorkingCopy.SCRIPT
                        + """
                        T=$(mktemp -d "${TMPDIR:-/tmp}/fettle-copy.XXXXXX") || exit 125
                        copy_tree "$PWD" "$T/tree" && cd -- "$T/tree" || exit 125
                        base64 -d <<'FETTLE_FILE' | gzip -d > %s || exit 125
                        %s
                        FETTLE_FILE
                        """.formatted(
                                TestCommand.word(edited.path().toString()), WorkingCopy.packed(edited.content()))
                        + change;
        };
    }

    /// Looks for what the command wrote itself: an old report would be believed.
    private static String left(TestCommand command) {
        return command.reports().isEmpty()
                ? "true"
                : "find . -name node_modules -prune -o -type f -newer \"$R/.begun\" \\( %s \\) -print"
                        .formatted(command.reports().stream()
                                .map(pattern -> "-path " + TestCommand.word(pattern))
                                .collect(Collectors.joining(" -o ")));
    }
}
