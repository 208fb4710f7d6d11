package dev.fettle.providers.openai;

/// The name under which a server takes the most tokens of an answer.
public enum OutputLimit {
    /// Of OpenAI itself, whose reasoning models refuse the old name.
    MAX_COMPLETION_TOKENS("max_completion_tokens"),
    /// Of the other servers, most of which know only this one.
    MAX_TOKENS("max_tokens");

    private final String field;

    OutputLimit(String field) {
        this.field = field;
    }

    String field() {
        return field;
    }
}
