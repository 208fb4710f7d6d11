package dev.fettle.code.repair;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a search came to.
///
/// @param patch one with which all tests pass: plausible, not known to be right; empty if none was found
/// @param why there is none, a sentence; empty if there is
/// @param effort what was tried
public record Searched(Optional<Patch> patch, String why, Effort effort) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What was tried, and how long it took.
    ///
    /// @param worker how they were tried, as people are told
    /// @param candidates edits that could be tried
    public record Effort(String worker, int candidates, int tried, int hung, int broken, Duration time) {
        static final Effort NONE = new Effort("nothing", 0, 0, 0, 0, Duration.ZERO);

        String words() {
            return "%d of %d edits were tried in %.1f s, with %s; %d did not compile and %d did not end."
                    .formatted(tried, candidates, time.toMillis() / 1000.0, worker, broken, hung);
        }
    }

    static Searched nothing(String why, Effort effort) {
        return new Searched(Optional.empty(), why, effort);
    }

    /// In words for people.
    public String text() {
        return patch.map(found ->
                                """
                        A plausible patch (%s): with it all tests pass. That does not make it right; read it.
                        %s
                        """.formatted(found.fault().word(), found.diff().strip()))
                        .orElse(why + "\n")
                + effort.words();
    }

    /// For programs; documented in `docs/debug.md`.
    public String json() {
        ObjectNode json = JSON.createObjectNode().put("verdict", patch.isPresent() ? "plausible" : "not_found");
        patch.ifPresent(found -> json.put("path", found.path())
                .put("fault", found.fault().word())
                .put("diff", found.diff()));
        if (patch.isEmpty()) {
            json.put("why", why);
        }
        return json.put("worker", effort.worker())
                .put("candidates", effort.candidates())
                .put("tried", effort.tried())
                .put("hung", effort.hung())
                .put("broken", effort.broken())
                .put("duration_ms", effort.time().toMillis())
                .toString();
    }
}
