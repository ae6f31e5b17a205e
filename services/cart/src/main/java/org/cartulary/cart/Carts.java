package org.cartulary.cart;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/**
 * The carts, wherever they are kept. Each operation takes effect as a whole or not at all, one after another for a cart, in the
 * tenant of this thread; an owner has one active cart; every change raises the version. Thread-safe.
 *
 * <p>Where the store cannot be reached, each throws the 503 {@code service-unavailable}, and nobody knows whether the change was
 * made: with an idempotency key it may be repeated.
 */
interface Carts {

    /** The cart, whoever owns it. */
    @Nullable StoredCart find(UUID id);

    /**
     * Puts products into the owner's active cart, which is made where there is none, and answers with the cart as it is then.
     *
     * @throws ActiveCartStore.Undone if the cart would exceed its limits
     */
    StoredCart fill(ActiveCartStore.Filling filling);

    /** As {@link #fill}, once for the key of the request; what to fill in is asked only where it was not done before. */
    CartChange fillOnce(Idempotency.Request request, CartOwner owner, Supplier<ActiveCartStore.Filling> filling);

    /** Products for a cart. */
    record Addition(int days, List<CartLine> lines) {}

    /** Puts products into a cart, once for the key of the request if it has one. */
    CartChange add(Idempotency.Request request, UUID cart, CartOwner owner, Supplier<Addition> addition);

    /** Sets the quantity of a product, which is put into the cart where it is not there. */
    CartChange set(UUID cart, CartOwner owner, @Nullable Long version, int days, CartLine line);

    /** Takes a product out of the cart; one that is not in it is out already. */
    CartChange remove(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product);

    /** Has the cart use the coupon with this code, or none; a change as that of a line. */
    CartChange useCoupon(UUID cart, CartOwner owner, int days, @Nullable String code);

    /**
     * Puts what is in the guest's active cart into the customer's, which is made where there is none; quantities add up to
     * at most {@value Cart#MAX_QUANTITY}. What the guest has saved for later goes to the customer's list, unless it would
     * be too much for that: then the guest keeps it. Repeated, it changes nothing and finds the same cart.
     */
    CartChange merge(UUID customer, UUID guest, int days);

    /** See {@link org.cartulary.contracts.cart.CartApi#convert}. */
    void convert(ConvertCart command);

    /** Abandons carts whose time has come, of all tenants, about that many at most; says how many. */
    int abandonExpired(int limit);

    /**
     * The shop's abandoned carts that are not deleted yet, the latest made first.
     *
     * @param before the last one of the page before
     */
    List<AbandonedCart> abandoned(@Nullable UUID before, int limit);

    /** Deletes carts that expired so many days ago, of all tenants, about that many at most; says how many. */
    int deleteExpired(int days, int limit);

    /** Whether what holds of carts, and of what is saved for later, at any time does hold of those of all tenants. */
    List<InvariantResult> checkInvariants();
}
