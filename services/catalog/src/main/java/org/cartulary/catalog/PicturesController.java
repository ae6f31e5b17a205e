package org.cartulary.catalog;

import java.time.Duration;
import java.util.UUID;
import org.cartulary.catalog.PictureStore.Served;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves pictures of products. What is at an address never changes, so that it may be kept for ever; whoever has it already is told so,
 * and nothing is read.
 */
@RestController
final class PicturesController {

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final PictureStore pictures;
    private final FileStore files;

    PicturesController(PictureStore pictures, FileStore files) {
        this.pictures = pictures;
        this.files = files;
    }

    @GetMapping("/api/v1/store/images/{id}/{size}")
    @AllowAnyone
    @NotPersonal("a picture of a product")
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<Resource> get(@PathVariable UUID id, @PathVariable int size) {
        // As the platform: a vendor's own transactions see the vendor's pictures only.
        Served picture = RequestContext.current()
                .asSystem()
                .supply(() -> pictures.find(id, size))
                .orElseThrow(() -> ProblemException.notFound(
                        "image-not-found", "there is no such picture in this size; sizes are 160, 400, 800 and 1600"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .cacheControl(CacheControl.maxAge(FOR_EVER).cachePublic().immutable())
                .eTag("\"" + picture.hash().hex() + "\"")
                .body(new PictureFile(files, RequestContext.currentTenant(), picture));
    }
}
