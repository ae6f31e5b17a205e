package org.cartulary.operations;

import org.cartulary.contracts.checkout.CheckoutApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.promotion.PromotionApi;

/** The services whose records of orders are compared with each other. */
record CrossCheckedServices(
        OrderApi orders, PaymentApi payments, InventoryApi inventory, CheckoutApi checkouts, PromotionApi promotions) {}
