package shop;

import java.util.ArrayList;
import java.util.List;

/** What a customer is about to buy. */
public final class Cart {
    private final List<Item> items = new ArrayList<>();
    private Discount discount = new Discount(0);

    public record Item(String name, long cents, int count) {}

    public Cart add(String name, long cents, int count) {
        items.add(new Item(name, cents, count));
        return this;
    }

    public Cart discount(Discount granted) {
        discount = granted;
        return this;
    }

    public long subtotal() {
        return items.stream().mapToLong(item -> item.cents() * item.count()).sum();
    }

    /** What the customer pays: the goods, less the discount, plus shipping. */
    public long total() {
        long goods = subtotal() - discount.off(subtotal());
        return goods + Shipping.costs(goods);
    }
}
