package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CRT-01")
class CartOwnerTest {

    private static final UUID TENANT = Ids.next();
    private static final UUID ONE = Ids.next();
    private static final UUID OTHER = Ids.next();

    private static StoredCart cartOf(@Nullable UUID customer, @Nullable UUID guest) {
        return new StoredCart(Ids.next(), customer, guest, "ACTIVE", "GBP", 1, Instant.EPOCH, null, null, List.of());
    }

    @Test
    void aCustomerAndAGuestOwnCartsAndAVisitorOwnsNoneYet() {
        assertThat(CartOwner.of(Contexts.customer(TENANT, ONE).principal())).isEqualTo(new CartOwner(ONE, null));
        assertThat(CartOwner.of(Contexts.guest(TENANT, ONE).principal())).isEqualTo(new CartOwner(null, ONE));
        assertThat(CartOwner.of(Principal.visitor())).isNull();
    }

    @Test
    void aGuestIsKnownByItsToken() {
        String token = GuestTokens.next();

        assertThat(CartOwner.ofGuest(token)).isEqualTo(new CartOwner(null, GuestTokens.idOf(token)));
        assertThat(CartOwner.ofGuest(token)).isNotEqualTo(CartOwner.ofGuest(GuestTokens.next()));
    }

    @Test
    void staffMachinesAndThePlatformHaveNoCarts() {
        for (var context : List.of(Contexts.staff(TENANT), Contexts.integration(TENANT), Contexts.system(TENANT))) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> CartOwner.of(context.principal()))
                            .code())
                    .isEqualTo("no-cart-of-its-own");
        }
    }

    @Test
    void aGuestWithTheIdOfACustomerOwnsNothingOfTheCustomers() {
        CartOwner customer = new CartOwner(ONE, null);
        CartOwner guest = new CartOwner(null, ONE);

        assertThat(customer.owns(cartOf(ONE, null))).isTrue();
        assertThat(customer.owns(cartOf(OTHER, null))).isFalse();
        assertThat(customer.owns(cartOf(null, ONE))).isFalse();
        assertThat(guest.owns(cartOf(null, ONE))).isTrue();
        assertThat(guest.owns(cartOf(ONE, null))).isFalse();
    }
}
