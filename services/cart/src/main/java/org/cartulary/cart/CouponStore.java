package org.cartulary.cart;

import java.sql.Types;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/** The coupons of active carts. Thread-safe. */
final class CouponStore {

    private final Database database;

    CouponStore(Database database) {
        this.database = database;
    }

    /** Has the cart use the coupon with this code, or none; a change as that of a line. */
    CartChange use(UUID cart, CartOwner owner, int days, @Nullable String code) {
        return database.inTransaction(tx -> {
            CartChange touched = ActiveCartStore.touch(tx, cart, owner, null, days);
            if (touched instanceof CartChange.Done) {
                tx.jdbc()
                        .sql("UPDATE carts SET coupon_code = :code WHERE tenant_id = :tenant AND id = :cart")
                        .param("code", code, Types.VARCHAR)
                        .param("tenant", RequestContext.currentTenant())
                        .param("cart", cart)
                        .update();
            }
            return touched;
        });
    }
}
