package dev.fettle.code.report.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StackTracesTest {

    @Test
    void allLanguagesInOneLogCausesFirst() {
        assertEquals(
                """
                java.lang.ArithmeticException: / by zero
                  Cart.java:15 in shop.Cart.discount
                java.lang.IllegalStateException: no cart
                  Till.java:31 in shop.Till.pay
                  Thread.java:1474 in java.lang.Thread.run
                ZeroDivisionError: division by zero
                  /home/ann/shop/cart.py:9 in discount
                  /home/ann/shop/till.py:8 in <module>
                TypeError: Cannot read properties of null (reading 'slice')
                  /home/ann/shop/src/cart.js:1 in total
                  /home/ann/shop/src/till.mjs:4 in main
                Unhandled exception. System.DivideByZeroException: Attempted to divide by zero.
                  /home/ann/shop/Cart.cs:9 in Shop.Cart.Discount
                cart.rb:9:in `/': divided by 0 (ZeroDivisionError)
                  cart.rb:9 in /
                  cart.rb:9 in discount
                PHP Fatal error:  Uncaught DivisionByZeroError: Division by zero in /home/ann/shop/Cart.php:9
                  /home/ann/shop/Cart.php:9
                  /home/ann/shop/Till.php:4 in Cart->discount
                thread 'main' panicked at src/cart.rs:9:5:
                  src/cart.rs:9
                """,
                StackTraces.in(Outputs.text("traces.log")).stream()
                        .map(trace -> trace.error() + "\n"
                                + trace.frames().stream()
                                        .map(frame -> "  " + frame + "\n")
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining()));
    }

    @Test
    void goNamesTheFunctionOnTheLineBefore() {
        assertEquals(
                "[/usr/local/go/src/testing/testing.go:1734 in testing.tRunner.func1.2, "
                        + "/home/ann/cart/cart.go:12 in example.com/cart.Discount, "
                        + "/home/ann/cart/cart_test.go:23 in example.com/cart.TestDiscount]",
                StackTraces.in(Outputs.text("go.txt")).getLast().frames().toString());
    }
}
