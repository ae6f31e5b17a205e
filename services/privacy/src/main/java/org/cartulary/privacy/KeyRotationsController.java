package org.cartulary.privacy;

import java.net.URI;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop has its key changed. */
@RestController
@RequestMapping("/api/v1/admin/key-rotations")
final class KeyRotationsController {

    private final RotatingKeys rotating;

    KeyRotationsController(RotatingKeys rotating) {
        this.rotating = rotating;
    }

    @PostMapping
    @Audited("key-rotation.started")
    @SqlBudget(statements = 10, transactions = 1)
    @IdempotentByNature("one rotation runs at a time: asked for again while it runs, it is that one")
    @RequirePermission(Permissions.KEYS_ROTATE)
    ResponseEntity<KeyRotation> start() {
        KeyRotation rotation = rotating.start();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/admin/key-rotations/" + rotation.id()))
                .body(rotation);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.KEYS_ROTATE)
    KeyRotation find(@PathVariable UUID id) {
        return rotating.find(id)
                .orElseThrow(() -> ProblemException.notFound("rotation-not-found", "there is no such rotation"));
    }
}
