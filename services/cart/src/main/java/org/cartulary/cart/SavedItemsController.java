package org.cartulary.cart;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is saved for later, over HTTP: everybody sees and changes their own. */
@RestController
@RequestMapping("/api/v1/store")
@AllowAnyone
class SavedItemsController {

    private final SavingForLater saving;
    private final FillingCart filling;

    SavedItemsController(SavingForLater saving, FillingCart filling) {
        this.saving = saving;
        this.filling = filling;
    }

    /**
     * The token of a guest who has signed in.
     *
     * @param guestToken a secret
     */
    record SavedMergeRequest(
            @NotNull @Size(min = 20, max = 200) String guestToken) {

        @Override
        public String toString() {
            return "SavedMergeRequest[]";
        }
    }

    /** A visitor who has shown no token has saved nothing. */
    @GetMapping("/saved-items")
    @SqlBudget(statements = 16, transactions = 8)
    SavedItemsView get() {
        CartOwner owner = CartOwner.of(RequestContext.current().principal());
        return owner == null ? new SavedItemsView(List.of(), List.of()) : saving.view(owner);
    }

    @DeleteMapping("/saved-items/{productId}")
    @SqlBudget(statements = 20, transactions = 10)
    @IdempotentByNature("what is not saved is off the list already")
    SavedItemsView remove(@PathVariable UUID productId) {
        CartOwner owner = owner();
        saving.remove(owner, productId);
        return saving.view(owner);
    }

    /** Takes over what was saved as a guest. The merge of a guest's cart does it, too; this is for guests who have none. */
    @PostMapping("/saved-items/merges")
    @SqlBudget(statements = 24, transactions = 10)
    @AllowSignedIn
    @IdempotentByNature("what has gone to the customer's list is not on the guest's any more")
    SavedItemsView merge(@Valid @RequestBody SavedMergeRequest request) {
        CartOwner owner = owner();
        UUID customer = owner.customerId();
        if (customer == null) {
            throw CartRefusals.notFound();
        }
        saving.merge(customer, request.guestToken());
        return saving.view(owner);
    }

    /** Moves a line of the cart to what is saved for later, and answers with the cart. */
    @PutMapping("/carts/{id}/saved-items/{productId}")
    @SqlBudget(statements = 26, transactions = 10)
    @IdempotentByNature("what is saved and not in the cart any more has been moved already")
    ResponseEntity<CartView> save(
            @PathVariable UUID id,
            @PathVariable UUID productId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        CartOwner owner = owner();
        saving.save(id, owner, version(ifMatch), productId);
        return answer(id, owner);
    }

    /** Moves what is saved of a product back into the cart, at today's price, and answers with the cart. */
    @PutMapping("/carts/{id}/restored-items/{productId}")
    @SqlBudget(statements = 30, transactions = 12)
    @IdempotentByNature("what is in the cart and not saved any more has been moved already")
    ResponseEntity<CartView> restore(
            @PathVariable UUID id,
            @PathVariable UUID productId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        CartOwner owner = owner();
        saving.restore(id, owner, version(ifMatch), productId);
        return answer(id, owner);
    }

    private ResponseEntity<CartView> answer(UUID id, CartOwner owner) {
        CartView view = filling.view(id, owner, null);
        return ResponseEntity.ok().eTag(ETags.of(view.version())).body(view);
    }

    private static CartOwner owner() {
        CartOwner owner = CartOwner.of(RequestContext.current().principal());
        if (owner == null) {
            throw CartRefusals.notFound();
        }
        return owner;
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        return ifMatch == null ? null : ETags.requireMatch(ifMatch);
    }
}
