package org.cartulary.cart;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What customers and guests have saved for later, wherever it is kept: a list an owner, which lives on when carts end. It lies where the
 * carts lie, so that a line goes from one to the other as a whole or not at all, in the tenant of this thread. A customer's list is kept
 * until the customer is forgotten, a guest's for {@value #GUEST_DAYS} days after its last change. Thread-safe.
 *
 * <p>Where the store cannot be reached, each throws the 503 {@code service-unavailable}, and nobody knows whether the change was
 * made: each may be repeated.
 */
interface SavedLists {

    /** The most lines of a list. */
    int MAX_LINES = 200;

    /** How long a guest's list is kept after its last change. */
    int GUEST_DAYS = 90;

    /** What the owner has saved, in the order in which it was saved. */
    List<SavedItem> find(CartOwner owner);

    /**
     * Moves a line of the owner's cart to the list, with its quantity, which is added to what is saved of the product, to at most
     * {@value Cart#MAX_QUANTITY}. Repeated, it finds the product saved and not in the cart, and is done.
     */
    CartChange save(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product);

    /**
     * Moves what is saved of a product back into the owner's cart, at this price. Repeated, it finds the product in the cart and not
     * saved, and is done. Where the cart would exceed its limits, it stays saved.
     */
    CartChange restore(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product, Money price);

    /** Takes a product off the list; one that is not on it is off already. */
    void remove(CartOwner owner, UUID product);

    /**
     * Moves all that the guest has saved to the customer's list; quantities add up to at most {@value Cart#MAX_QUANTITY}. Repeated, it
     * finds nothing to move. Where the list would have too many lines, nothing is moved. {@link Carts#merge} does it, too, and goes on
     * where it cannot.
     */
    SavedChange merge(UUID customer, UUID guest);

    /** Deletes guests' lists whose time has come, of all tenants, about that many at most; says how many. */
    int deleteExpired(int limit);
}
