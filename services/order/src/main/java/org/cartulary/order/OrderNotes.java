package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.jspecify.annotations.Nullable;

/** What the shop noted on an order, the earliest first. */
record OrderNotes(UUID orderId, @Nullable UUID customerId, List<OrderView.Note> items) implements AboutPerson {

    static OrderNotes of(OrderView order) {
        return new OrderNotes(order.id(), order.customerId(), order.notesOfShop());
    }

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("order", orderId, customerId);
    }
}
