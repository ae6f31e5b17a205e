package org.cartulary.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What those who run a shop note on its orders, for each other or for the buyer. */
@RestController
@RequestMapping("/api/v1/admin/orders/{id}/notes")
final class NotesAdminController {

    private final WritingNotes writing;
    private final OrderDetails details;

    NotesAdminController(WritingNotes writing, OrderDetails details) {
        this.writing = writing;
        this.details = details;
    }

    @PostMapping
    @RequirePermission(Permissions.ORDERS_NOTE)
    @NotCritical("who wrote a note is kept with it, and cannot be changed")
    @SqlBudget(statements = 9, transactions = 4)
    ResponseEntity<WrittenNote> write(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody WriteNote request) {
        StoredAnswer<WrittenNote> answer = writing.write(id, request, key);
        return ResponseEntity.status(answer.status())
                .location(URI.create("/api/v1/admin/orders/" + id + "/notes"))
                .body(answer.body());
    }

    @GetMapping
    @RequirePermission(Permissions.ORDERS_READ)
    @DisclosesPersonalData
    @SqlBudget(statements = 6, transactions = 3)
    OrderNotes list(@PathVariable UUID id) {
        return details.find(id).map(OrderNotes::of).orElseThrow(SendingOrder::noSuchOrder);
    }
}
