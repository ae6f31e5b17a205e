package org.cartulary.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Those who run a shop send its orders. */
@RestController
@RequestMapping("/api/v1/admin/orders/{id}/shipments")
final class ShipmentsAdminController {

    private static final String KEPT = "who did what to a parcel is kept with it, and cannot be changed";

    private final SendingOrder sending;
    private final OrderDetails details;

    ShipmentsAdminController(SendingOrder sending, OrderDetails details) {
        this.sending = sending;
        this.details = details;
    }

    @PostMapping
    @RequirePermission(Permissions.ORDERS_SEND)
    @NotCritical(KEPT)
    @SqlBudget(statements = 14, transactions = 4)
    ResponseEntity<ShipmentState> pack(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody PackOrder request) {
        StoredAnswer<ShipmentState> answer = sending.pack(id, request, key);
        ShipmentState shipment = Objects.requireNonNull(answer.body());
        return ResponseEntity.status(answer.status())
                .location(URI.create("/api/v1/admin/orders/" + id + "/shipments"))
                .eTag(ETags.of(shipment.version()))
                .body(shipment);
    }

    @GetMapping
    @RequirePermission(Permissions.ORDERS_READ)
    @DisclosesPersonalData
    @SqlBudget(statements = 6, transactions = 3)
    OrderShipments list(@PathVariable UUID id) {
        return details.find(id).map(OrderShipments::of).orElseThrow(SendingOrder::noSuchOrder);
    }

    @PutMapping("/{shipmentId}")
    @RequirePermission(Permissions.ORDERS_SEND)
    @NotCritical("how a parcel is followed moves neither goods nor money")
    @IdempotentByNature("it changes the version that it names, once")
    @SqlBudget(statements = 8, transactions = 4)
    ResponseEntity<ShipmentState> follow(
            @PathVariable UUID id,
            @PathVariable UUID shipmentId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ShipmentTracking tracking) {
        return tagged(sending.follow(id, shipmentId, ETags.requireMatch(ifMatch), tracking));
    }

    @PostMapping("/{shipmentId}/status")
    @RequirePermission(Permissions.ORDERS_SEND)
    @NotCritical(KEPT)
    @IdempotentByNature("a shipment that has got there is there")
    @SqlBudget(statements = 12, transactions = 4)
    ResponseEntity<ShipmentState> move(
            @PathVariable UUID id, @PathVariable UUID shipmentId, @Valid @RequestBody MoveShipment request) {
        return tagged(sending.move(id, shipmentId, request));
    }

    private static ResponseEntity<ShipmentState> tagged(ShipmentState shipment) {
        return ResponseEntity.ok().eTag(ETags.of(shipment.version())).body(shipment);
    }
}
