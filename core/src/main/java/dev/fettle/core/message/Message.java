package dev.fettle.core.message;

import java.util.List;
import java.util.stream.Collectors;

/// One message of a conversation as a model sees it.
public sealed interface Message {

    record User(String text, List<Image> images) implements Message {
        public User {
            images = List.copyOf(images);
        }
    }

    /// An answer of a model.
    ///
    /// @param by the model, as `provider/id`; empty where nobody told
    record Assistant(List<ContentBlock> content, String by) implements Message {
        public Assistant {
            content = List.copyOf(content);
        }

        public Assistant(List<ContentBlock> content) {
            this(content, "");
        }

        public List<ToolCall> calls() {
            return content.stream()
                    .filter(ToolCall.class::isInstance)
                    .map(ToolCall.class::cast)
                    .toList();
        }

        /// What the model said to the person, without its reasoning.
        public String text() {
            return content.stream()
                    .filter(ContentBlock.Text.class::isInstance)
                    .map(block -> ((ContentBlock.Text) block).text())
                    .collect(Collectors.joining());
        }
    }

    /// The results of all calls of the assistant message before it, in the order of the calls.
    record Results(List<ToolResult> results) implements Message {
        public Results {
            results = List.copyOf(results);
        }

        /// The same with less of each text, saying what was left out, and without images.
        public Results shortened(int characters) {
            return new Results(
                    results.stream().map(each -> each.shortened(characters)).toList());
        }
    }
}
