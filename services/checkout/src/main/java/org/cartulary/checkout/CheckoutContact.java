package org.cartulary.checkout;

import java.util.UUID;
import org.cartulary.contracts.order.Address;

/** To whom a checkout belongs: sealed as the database has it, and opened before anybody sees it. */
sealed interface CheckoutContact {

    /** By whose key it is sealed. */
    UUID subjectId();

    /** What is kept. */
    String text();

    /** As the database has it. */
    record Sealed(UUID subjectId, String text) implements CheckoutContact {}

    /** As it can be read, along with what is kept of it. */
    record Opened(UUID subjectId, String text, Details details) implements CheckoutContact {

        @Override
        public String toString() {
            return "Opened[subjectId=" + subjectId + "]";
        }
    }

    /** Where the confirmation, the goods and the invoice go. */
    record Details(String email, Address shippingAddress, Address billingAddress) {

        @Override
        public String toString() {
            return "Details[]";
        }
    }
}
