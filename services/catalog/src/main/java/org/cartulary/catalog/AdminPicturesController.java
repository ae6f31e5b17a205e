package org.cartulary.catalog;

import java.net.URI;
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

/** Takes pictures for all products of the shop. */
@RestController
@RequestMapping("/api/v1/admin/products/{id}/images")
@RequirePermission(Permissions.CATALOG_WRITE)
final class AdminPicturesController {

    private final SendingPictures sending;
    private final ProductStore products;

    AdminPicturesController(SendingPictures sending, ProductStore products) {
        this.sending = sending;
        this.products = products;
    }

    /** Adds a picture, which is the body as it is: a JPEG, PNG or WebP, with a Content-Type such as image/jpeg. */
    @PostMapping(consumes = "image/*")
    @Audited("product.changed")
    @SqlBudget(statements = 16, transactions = 4)
    @IdempotentByNature("a picture is told by its content: the same again is the same image")
    ResponseEntity<ProductView.Image> send(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String altText,
            @RequestParam(defaultValue = "false") boolean primary,
            @RequestBody(required = false) byte @Nullable [] picture) {
        if (products.get(id) == null) {
            throw WritingProducts.notFound();
        }
        return sent(sending, products, id, picture, altText, primary);
    }

    static ResponseEntity<ProductView.Image> sent(
            SendingPictures sending,
            ProductStore products,
            UUID id,
            byte @Nullable [] picture,
            @Nullable String altText,
            boolean primary) {
        UUID sent = sending.send(id, picture == null ? new byte[0] : picture, altText, primary);
        ProductView product = products.get(id);
        if (product == null) {
            throw WritingProducts.notFound();
        }
        ProductView.Image image = product.images().stream()
                .filter(one -> one.url().equals(PictureStore.address(sent)))
                .findFirst()
                .orElseThrow(WritingProducts::notFound);
        return ResponseEntity.created(URI.create(image.url())).body(image);
    }
}
