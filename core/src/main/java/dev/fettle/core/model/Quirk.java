package dev.fettle.core.model;

/// How a model's API departs from what its dialect usually takes. The catalogue says which model has which; a
/// model that nobody described has none.
public enum Quirk {
    /// It sees no images; it is told in words that one was left out.
    NO_IMAGES,
    /// It refuses a sampling temperature, as most models that reason do.
    NO_TEMPERATURE,
    /// It does not reason, and its API refuses to be asked for reasoning.
    NO_REASONING,
    /// Its API enforces no JSON Schema on answers; it is only told of it.
    NO_OUTPUT_SCHEMA,
    /// It refuses to be told which tool to call.
    NO_TOOL_CHOICE,
    /// In Chat Completions it calls the limit of an answer `max_completion_tokens`, not `max_tokens`.
    MAX_COMPLETION_TOKENS,
    /// It refuses a call in its history that has no thought signature, such as one another model made.
    SIGNED_CALLS
}
