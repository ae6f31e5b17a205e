package org.cartulary.catalog;

import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes pictures for a vendor's own products. */
@RestController
@RequestMapping("/api/v1/vendor/products/{id}/images")
@RequirePermission(Permissions.VENDOR_PRODUCTS_WRITE)
final class VendorPicturesController {

    private final ActingForVendor acting;
    private final SendingPictures sending;
    private final ProductStore products;

    VendorPicturesController(ActingForVendor acting, SendingPictures sending, ProductStore products) {
        this.acting = acting;
        this.sending = sending;
        this.products = products;
    }

    /** Adds a picture, which is the body as it is: a JPEG, PNG or WebP, with a Content-Type such as image/jpeg. */
    @PostMapping(consumes = "image/*")
    @Audited("product.changed")
    @SqlBudget(statements = 18, transactions = 5)
    @IdempotentByNature("a picture is told by its content: the same again is the same image")
    ResponseEntity<ProductView.Image> send(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String altText,
            @RequestParam(defaultValue = "false") boolean primary,
            @RequestBody(required = false) byte @Nullable [] picture) {
        return acting.apply(vendorId -> {
            ProductView product = products.get(id);
            if (product == null || !vendorId.equals(product.vendorId())) {
                throw WritingProducts.notFound();
            }
            return AdminPicturesController.sent(sending, products, id, picture, altText, primary);
        });
    }
}
