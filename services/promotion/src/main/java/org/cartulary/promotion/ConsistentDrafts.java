package org.cartulary.promotion;

import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Sees to it that what staff wants a promotion to be makes sense. Thread-safe. */
record ConsistentDrafts(TenantApi tenants) {

    /**
     * Refuses what does not.
     *
     * @throws ProblemException 422 {@code invalid-promotion}, {@code unsupported-currency} or {@code invalid-money}
     */
    void require(PromotionDraft draft) {
        boolean isSet = draft.kind() == PromotionDraft.Kind.BUY_X_GET_Y;
        boolean isPart = isSet || draft.kind() == PromotionDraft.Kind.PERCENTAGE;
        boolean isFixed = draft.kind() == PromotionDraft.Kind.FIXED_AMOUNT;
        requirePresence("/basisPoints", draft.basisPoints(), isPart);
        requirePresence("/amount", draft.amount(), isFixed);
        requirePresence("/buyQuantity", draft.buyQuantity(), isSet);
        requirePresence("/getQuantity", draft.getQuantity(), isSet);
        if (!isPart) {
            requirePresence("/maximumDiscount", draft.maximumDiscount(), false);
        }
        if (draft.startsAt() != null
                && draft.endsAt() != null
                && !draft.startsAt().isBefore(draft.endsAt())) {
            throw invalid("/endsAt", "a promotion ends after it starts");
        }
        requireMoneyOfTheShop(draft);
    }

    private static void requirePresence(String pointer, @Nullable Object value, boolean needed) {
        if ((value != null) != needed) {
            throw invalid(
                    pointer,
                    needed ? "a promotion of this kind needs it" : "a promotion of this kind does not have it");
        }
    }

    private void requireMoneyOfTheShop(PromotionDraft draft) {
        if (draft.currency() == null) {
            return;
        }
        Tenant tenant = tenants.find(new FindTenant(RequestContext.currentTenant()));
        if (tenant == null) {
            throw ProblemException.notFound("tenant-not-found", "there is no such shop");
        }
        String currency = tenant.settings().currency();
        requireMoney("/amount", draft.amount(), currency, 1);
        requireMoney("/maximumDiscount", draft.maximumDiscount(), currency, 1);
        requireMoney("/minimumSubtotal", draft.minimumSubtotal(), currency, 0);
    }

    private static void requireMoney(String pointer, @Nullable Money amount, String currency, long leastMinorUnits) {
        if (amount == null) {
            return;
        }
        if (!amount.currencyCode().equals(currency)) {
            String detail = "the shop sells in " + currency + ", not in " + amount.currencyCode();
            throw ProblemException.unprocessable("unsupported-currency", detail)
                    .with(pointer + "/currency", "unsupported-currency", detail);
        }
        if (amount.minorUnits() < leastMinorUnits) {
            String detail =
                    leastMinorUnits > 0 ? "an amount here is greater than zero" : "an amount here is not negative";
            throw ProblemException.unprocessable("invalid-money", detail)
                    .with(pointer + "/amount", "too-small", detail);
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return ProblemException.unprocessable("invalid-promotion", detail).with(pointer, "invalid", detail);
    }
}
