package shop;

/** Runs every test and says which failed. */
public final class CartTest {
    private static int failures;

    public static void main(String[] arguments) {
        check("emptyCartCostsNothing", 0, new Cart().total());
        check("shippingIsFreeFromFiftyDollars", 50_00, new Cart().add("lamp", 25_00, 2).total());
        check("smallOrdersPayShipping", 14_89, new Cart().add("mug", 9_99, 1).total());
        check("tenPercentOffIsRoundedToTheCent", 22_89, new Cart().add("kettle", 19_99, 1).discount(new Discount(10)).total());
        System.out.println(failures == 0 ? "all tests passed" : failures + " test(s) failed");
        System.exit(failures == 0 ? 0 : 1);
    }

    private static void check(String name, long expected, long actual) {
        boolean passed = expected == actual;
        failures += passed ? 0 : 1;
        System.out.println((passed ? "ok    " : "FAIL  ") + name
                + (passed ? "" : ": expected " + expected + " cents but was " + actual));
    }
}
