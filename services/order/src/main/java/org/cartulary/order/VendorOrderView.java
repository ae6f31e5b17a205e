package org.cartulary.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * An order as a vendor sees it: its own lines, and how far the order has got. The shop keeps the goods and sends them, so a
 * vendor needs nothing of who bought, and is told nothing.
 */
record VendorOrderView(UUID orderId, String orderNumber, String status, Instant placedAt, List<Line> lines) {

    /**
     * A line that the vendor sold.
     *
     * @param packed units in parcels that are not cancelled, failed or returned
     * @param sent of these, units in parcels that have left
     * @param withdrawn units that will not be sent
     * @param total unit price times quantity, before discount and tax
     * @param refunded the line's part of what was given back for the order
     * @param commission what the shop keeps, of what was not given back
     * @param due what is left for the vendor, tax included; nothing before the order is paid, and after it was cancelled
     */
    record Line(
            int lineNumber,
            UUID productId,
            String sku,
            String name,
            int quantity,
            int packed,
            int sent,
            int withdrawn,
            Money unitPrice,
            Money discount,
            Money tax,
            Money includedTax,
            Money total,
            int commissionBasisPoints,
            Money refunded,
            Money commission,
            Money due) {}

    /** The order of lines that belong to it, of which there is one at least. */
    static VendorOrderView of(SoldOrder order, List<VendorLine> lines) {
        return new VendorOrderView(
                order.id(),
                order.orderNumber(),
                order.status(),
                lines.getFirst().soldAt(),
                lines.stream().map(line -> line(order, line)).toList());
    }

    private static Line line(SoldOrder order, VendorLine line) {
        SoldOrder.Share share = order.shareOf(line);
        return new Line(
                line.lineNumber(),
                line.productId(),
                line.sku(),
                line.name(),
                line.quantity(),
                line.packed(),
                line.sent(),
                line.withdrawn(),
                order.money(line.unitPrice()),
                order.money(line.discount()),
                order.money(line.tax()),
                order.money(line.includedTax()),
                order.money(line.total()),
                line.commissionBasisPoints(),
                share.refunded(),
                share.commission(),
                share.due());
    }
}
