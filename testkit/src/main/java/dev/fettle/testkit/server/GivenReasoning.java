package dev.fettle.testkit.server;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.model.ModelResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The reasoning that the server has given. A request that goes on where an answer was given has to bring that
/// answer's reasoning back, byte for byte.
final class GivenReasoning {
    private final List<Given> given = new ArrayList<>();

    /// A block.
    ///
    /// @param asked the request it answered, without its end
    /// @param fields the block without its braces, because some dialects put its fields into a message
    private record Given(String asked, String fields) {}

    synchronized void remember(Recorded request, ModelResponse answer) {
        List<ContentBlock> content = answer.message().content();
        if (content.isEmpty() || content.getLast() instanceof ContentBlock.Reasoning) {
            return; // Nothing follows it, and then it need not come back.
        }
        String body = request.text();
        for (ContentBlock block : content) {
            if (block instanceof ContentBlock.Reasoning reasoning) {
                String verbatim = reasoning.verbatim();
                given.add(new Given(
                        body.substring(0, body.length() - "]}".length()),
                        verbatim.substring(1, verbatim.length() - 1)));
            }
        }
    }

    synchronized Optional<String> objection(Recorded request) {
        String body = request.text();
        return given.stream()
                .filter(each -> body.length() > each.asked().length() + "]}".length()
                        && body.startsWith(each.asked())
                        && !body.contains(each.fields()))
                .map(each -> "Reasoning blocks cannot be left out or modified; expected " + each.fields())
                .findFirst();
    }
}
