package org.cartulary.operations;

import org.cartulary.contracts.catalog.ListedStockApi;
import org.cartulary.contracts.checkout.CheckoutApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.StockPresencesApi;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.promotion.PromotionApi;

/** The services whose records are compared with each other: of orders, and of what is in stock. */
record CrossCheckedServices(
        OrderApi orders,
        PaymentApi payments,
        InventoryApi inventory,
        CheckoutApi checkouts,
        PromotionApi promotions,
        StockPresencesApi stock,
        ListedStockApi listedStock) {}
