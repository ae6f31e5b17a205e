package org.cartulary.promotion;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.platform.http.ProblemException;

/** Claims uses of promotions for orders. Thread-safe. */
final class ClaimingPromotions {

    private final ClaimStore claims;

    ClaimingPromotions(ClaimStore claims) {
        this.claims = claims;
    }

    ClaimPromotionsResult claim(ClaimPromotions command) {
        requireValid(command);
        List<ClaimStore.Row> rows = claims.claim(command);
        return switch (rows.getFirst().outcome()) {
            case "CLAIMED" -> new ClaimPromotionsResult.Claimed();
            case "ALREADY_RELEASED" -> new ClaimPromotionsResult.AlreadyReleased();
            default ->
                new ClaimPromotionsResult.Refused(
                        rows.stream().map(row -> refused(command, row)).toList());
        };
    }

    private static ClaimPromotionsResult.RefusedUse refused(ClaimPromotions command, ClaimStore.Row row) {
        UUID promotionId = Objects.requireNonNull(row.promotionId());
        String code = command.uses().stream()
                .filter(use -> use.promotionId().equals(promotionId))
                .findFirst()
                .orElseThrow()
                .code();
        return new ClaimPromotionsResult.RefusedUse(
                promotionId, code, Obstacle.valueOf(row.outcome()).reason(code != null));
    }

    private static void requireValid(ClaimPromotions command) {
        Set<UUID> promotions = new HashSet<>();
        boolean areDifferent =
                command.uses().stream().map(PromotionUse::promotionId).allMatch(promotions::add);
        if (promotions.isEmpty() || promotions.size() > Applying.MAX_PROMOTIONS || !areDifferent) {
            String detail = "an order uses from 1 to " + Applying.MAX_PROMOTIONS + " promotions, each once";
            throw ProblemException.unprocessable("invalid-request", detail).with("/uses", "invalid", detail);
        }
    }
}
