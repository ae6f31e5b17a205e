package org.cartulary.contracts.auth;

import java.util.Set;

/** The names of all permissions. */
public final class Permissions {

    /** Create and change tenants, and act in any of them. Only the platform's operator holds it. */
    public static final String TENANTS_WRITE = "tenants:write";
    /** Run the reconciler over all shops. Only the platform's operator holds it. */
    public static final String RECONCILIATION_RUN = "reconciliation:run";
    /** See stuck work of all services, and decide what becomes of it. Only the platform's operator holds it. */
    public static final String OPERATIONS_RUN = "operations:run";
    /** Have projections rebuilt from the events, over all shops. Only the platform's operator holds it. */
    public static final String PROJECTIONS_REBUILD = "projections:rebuild";
    /** Change the shop's settings. */
    public static final String SETTINGS_WRITE = "settings:write";
    /** Create and revoke API keys of the shop. */
    public static final String API_KEYS_WRITE = "api-keys:write";
    /** See who works for the shop. */
    public static final String STAFF_READ = "staff:read";
    /** Invite people to work for the shop, say in which role they do, and end their accounts. */
    public static final String STAFF_WRITE = "staff:write";
    /** Create and change products and categories. */
    public static final String CATALOG_WRITE = "catalog:write";
    /** Import and export the whole catalogue as files. */
    public static final String CATALOG_BULK = "catalog:bulk";
    /** See what customers write of products, and decide whether it is shown. */
    public static final String REVIEWS_MODERATE = "reviews:moderate";
    /** Admit vendors, say what they pay, and who works for them. */
    public static final String VENDORS_WRITE = "vendors:write";
    /** Create and change one's vendor's own products. */
    public static final String VENDOR_PRODUCTS_WRITE = "vendor-products:write";
    /** See what was ordered of one's vendor's products, and what is due for it. */
    public static final String VENDOR_ORDERS_READ = "vendor-orders:read";
    /** See stock and its movements. */
    public static final String STOCK_READ = "stock:read";
    /** Receive and adjust stock. */
    public static final String STOCK_WRITE = "stock:write";
    /** See customers. */
    public static final String CUSTOMERS_READ = "customers:read";
    /** Create and change customers. */
    public static final String CUSTOMERS_WRITE = "customers:write";
    /** Export what is kept on a customer, and have a customer forgotten. */
    public static final String CUSTOMERS_ERASE = "customers:erase";
    /** Have the key of the shop changed that protects the keys of its people. */
    public static final String KEYS_ROTATE = "keys:rotate";
    /** Create and change shipping zones and methods. */
    public static final String SHIPPING_WRITE = "shipping:write";
    /** Create, change and remove rates of tax. */
    public static final String TAXES_WRITE = "taxes:write";
    /** Create, change and end promotions, and see how they are used. */
    public static final String PROMOTIONS_WRITE = "promotions:write";
    /** See all orders of the shop, and reports on them. */
    public static final String ORDERS_READ = "orders:read";
    /** Cancel orders. */
    public static final String ORDERS_CANCEL = "orders:cancel";
    /** Give money back for orders, and put what came back on sale again. */
    public static final String ORDERS_REFUND = "orders:refund";
    /** Pack and send orders, say what becomes of parcels, and which units will not be sent. */
    public static final String ORDERS_SEND = "orders:send";
    /** Write notes on orders, for the shop or for the buyer. */
    public static final String ORDERS_NOTE = "orders:note";
    /** See the carts that were abandoned. */
    public static final String CARTS_READ = "carts:read";
    /** Check out for a customer, or for a guest whose address is known. */
    public static final String CHECKOUT_ON_BEHALF = "checkout:on-behalf";
    /** Set the prices of a checkout's lines. */
    public static final String CHECKOUT_SET_PRICES = "checkout:set-prices";
    /** Set the date on which an order was placed. */
    public static final String CHECKOUT_SET_PLACING_DATE = "checkout:set-placing-date";

    /** See who did what that is critical, and who read whose personal data. */
    public static final String AUDIT_READ = "audit:read";

    /** All that the administrator of one shop may do. */
    public static final Set<String> OF_A_SHOP = Set.of(
            SETTINGS_WRITE,
            API_KEYS_WRITE,
            STAFF_READ,
            STAFF_WRITE,
            CATALOG_WRITE,
            CATALOG_BULK,
            REVIEWS_MODERATE,
            VENDORS_WRITE,
            STOCK_READ,
            STOCK_WRITE,
            CUSTOMERS_READ,
            CUSTOMERS_WRITE,
            CUSTOMERS_ERASE,
            KEYS_ROTATE,
            SHIPPING_WRITE,
            TAXES_WRITE,
            PROMOTIONS_WRITE,
            ORDERS_READ,
            ORDERS_CANCEL,
            ORDERS_REFUND,
            ORDERS_SEND,
            ORDERS_NOTE,
            CARTS_READ,
            CHECKOUT_ON_BEHALF,
            CHECKOUT_SET_PRICES,
            CHECKOUT_SET_PLACING_DATE,
            AUDIT_READ);

    /** All that somebody who works for a vendor may do. */
    public static final Set<String> OF_A_VENDOR = Set.of(VENDOR_PRODUCTS_WRITE, VENDOR_ORDERS_READ);

    /** All that the platform's operator may do. */
    public static final Set<String> OF_THE_OPERATOR =
            Set.of(TENANTS_WRITE, RECONCILIATION_RUN, OPERATIONS_RUN, PROJECTIONS_REBUILD);

    private Permissions() {}
}
