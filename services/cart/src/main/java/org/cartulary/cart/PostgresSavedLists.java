package org.cartulary.cart;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What is saved for later, in PostgreSQL. Thread-safe. */
final class PostgresSavedLists implements SavedLists {

    private final Database database;

    PostgresSavedLists(Database database) {
        this.database = database;
    }

    @Override
    public List<SavedItem> find(CartOwner owner) {
        return SavedItemStore.find(database, owner);
    }

    @Override
    public CartChange save(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        return attempt(() -> database.inTransaction(tx -> {
            CartChange touched = ActiveCartStore.touch(tx, cart, owner, version, days);
            if (touched instanceof CartChange.Done) {
                move(tx, cart, owner, product);
            }
            return touched;
        }));
    }

    private static void move(Transaction tx, UUID cart, CartOwner owner, UUID product) {
        UUID list = SavedItemStore.lockOrMake(tx, owner);
        if (SavedItemStore.move(tx, cart, list, product)) {
            SavedItemStore.requireRoom(tx, list);
        } else if (!SavedItemStore.isSaved(tx, list, product)) {
            throw new ActiveCartStore.Undone(new CartChange.NotInCart());
        }
    }

    @Override
    public CartChange restore(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product, Money price) {
        return attempt(() -> database.inTransaction(tx -> {
            CartChange touched = ActiveCartStore.touch(tx, cart, owner, version, days);
            if (!(touched instanceof CartChange.Done)) {
                return touched;
            }
            Optional<Integer> quantity =
                    SavedItemStore.lock(tx, owner).flatMap(list -> SavedItemStore.take(tx, list, product));
            if (quantity.isPresent()) {
                return ActiveCartStore.add(tx, cart, List.of(new CartLine(product, quantity.get(), price)));
            }
            if (!SavedItemStore.isInCart(tx, cart, product)) {
                throw new ActiveCartStore.Undone(new CartChange.NotSaved());
            }
            return touched;
        }));
    }

    private static CartChange attempt(Supplier<CartChange> change) {
        try {
            return change.get();
        } catch (ActiveCartStore.Undone undone) {
            return undone.change();
        }
    }

    @Override
    public void remove(CartOwner owner, UUID product) {
        database.inTransaction(
                tx -> SavedItemStore.lock(tx, owner).flatMap(list -> SavedItemStore.take(tx, list, product)));
    }

    @Override
    public SavedChange merge(UUID customer, UUID guest) {
        return database.<SavedChange>inTransaction(tx ->
                SavedItemStore.merge(tx, customer, guest) ? new SavedChange.Done() : new SavedChange.TooManySaved());
    }

    @Override
    public int deleteExpired(int limit) {
        return SavedItemStore.deleteExpired(database, limit);
    }
}
