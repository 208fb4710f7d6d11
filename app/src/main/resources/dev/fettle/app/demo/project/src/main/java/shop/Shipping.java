package shop;

/** What sending a parcel costs. */
final class Shipping {
    private static final long FREE_FROM = 50_00;
    private static final long FLAT_RATE = 4_90;

    private Shipping() {}

    static long costs(long goods) {
        return goods == 0 || goods >= FREE_FROM ? 0 : FLAT_RATE;
    }
}
