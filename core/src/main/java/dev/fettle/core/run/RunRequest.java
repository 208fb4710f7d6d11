package dev.fettle.core.run;

import dev.fettle.core.message.Image;
import java.util.List;
import java.util.Map;

/// What a run is to do.
///
/// @param prompt without secrets: it is kept until the run ends, and longer
/// @param settings by name, as on a command line; what they leave open is the worker's own
/// @param approvesAll whether everything that would be asked is approved; else the run waits for an answer
public record RunRequest(String prompt, List<Image> images, Map<String, String> settings, boolean approvesAll) {
    public RunRequest {
        images = List.copyOf(images);
        settings = Map.copyOf(settings);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("A run needs a prompt; the given one is empty");
        }
    }
}
