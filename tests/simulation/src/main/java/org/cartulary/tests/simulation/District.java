package org.cartulary.tests.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Merchant;
import org.jspecify.annotations.Nullable;

/**
 * A part of the shop with products and buyers of its own: what happens there is in nobody else's truth, so that many
 * districts may live at the same time and each model stays exact. For one thread.
 *
 * <p>Every call may be repeated, and is repeated until its answer is final: the platform may be killed at any moment.
 */
final class District {

    /** How many units of a product anybody buys at most. */
    static final int MOST_UNITS = 5;

    private static final int PRODUCTS = 3;
    private static final int GUESTS = 2;

    private final Truth truth = new Truth();
    private final List<String> products = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final Duration limit;
    private final DatabaseOwner owner;
    private final Carts carts = new Carts(this);
    private final Purchases purchases = new Purchases(this);
    private final Undoing undoing = new Undoing(this);
    private final Stock stock = new Stock(this);
    private final Expiry expiry = new Expiry(this);
    private final HttpShop visitor;
    private final Session administrator;

    private District(Founders founders) {
        this.visitor = founders.visitor();
        this.administrator = founders.administrator();
        this.owner = founders.owner();
        this.limit = founders.limit();
    }

    /**
     * Who takes part in a new district.
     *
     * @param limit how long the platform has time to end what is under way
     */
    record Founders(HttpShop visitor, Session administrator, DatabaseOwner owner, Duration limit) {}

    /** A new one, with three products and three buyers, one of whom has an account. */
    static District open(Founders founders, SplittableRandom random) {
        District district = new District(founders);
        for (int i = 0; i < PRODUCTS; i++) {
            // Above the least total of an order, which is not what this is about.
            BigDecimal price = BigDecimal.valueOf(random.nextInt(1_000, 5_000), 2);
            int units = random.nextInt(0, 30);
            String id = district.merchant().product(price.toPlainString(), units);
            district.products.add(id);
            district.truth.sell(id, price, units);
        }
        district.people.add(Person.customer(founders.visitor()));
        for (int i = 0; i < GUESTS; i++) {
            district.people.add(Person.guest(founders.visitor()));
        }
        return district;
    }

    Carts carts() {
        return carts;
    }

    Purchases purchases() {
        return purchases;
    }

    Undoing undoing() {
        return undoing;
    }

    Stock stock() {
        return stock;
    }

    Expiry expiry() {
        return expiry;
    }

    Truth truth() {
        return truth;
    }

    /** What is sold here and nowhere else. */
    List<String> products() {
        return products;
    }

    HttpShop visitor() {
        return visitor;
    }

    Merchant merchant() {
        return new Merchant(administrator.shop());
    }

    /** Who can let time pass. */
    DatabaseOwner owner() {
        return owner;
    }

    /** The one with an account. */
    Person customer() {
        return people.getFirst();
    }

    Person person(Operation operation) {
        return people.get(operation.who() % people.size());
    }

    String product(Operation operation) {
        return products.get(operation.what() % products.size());
    }

    /** One of the orders of the buyer that is meant, {@code null} if they have none. */
    Truth.@Nullable Order order(Operation operation) {
        return truth.orderOf(operation.who() % people.size(), operation.what());
    }

    /** The orders of the buyer that is meant get one more. */
    void ordered(Operation operation, String id, Map<String, Integer> lines, BigDecimal total) {
        truth.order(id, operation.who() % people.size(), lines, total);
    }

    /**
     * Returns when what is under way has come so far.
     *
     * @throws AssertionError if it does not
     */
    void eventually(String what, BooleanSupplier condition) {
        Eventually.holds(what, limit, condition);
    }
}
