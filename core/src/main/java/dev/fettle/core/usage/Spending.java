package dev.fettle.core.usage;

/// What model calls took that were made on the way.
///
/// @param model the one that was asked, as `provider/id`
/// @param calls those that brought an answer
public record Spending(String model, int calls, Usage usage, Money cost) {
    public Spending plus(Spending other) {
        return new Spending(model, calls + other.calls, usage.plus(other.usage), cost.plus(other.cost));
    }
}
