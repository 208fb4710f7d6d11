package shop;

/** A percentage off the price of the goods. */
public record Discount(int percent) {

    /** How many cents come off, to the nearest cent. */
    public long off(long cents) {
        return cents / 100 * percent;
    }
}
