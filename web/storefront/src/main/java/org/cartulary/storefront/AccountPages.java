package org.cartulary.storefront;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.PageRoutes;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** What a customer has here: orders, addresses, and what is kept of them. */
final class AccountPages {

    private static final int SHOWN = 20;
    private static final int MOST_ADDRESSES = 50;

    /** Which text of the page a consent agrees to; a new text is a new version. */
    private static final String CONSENT_TEXT = "storefront-2026-11";

    private AccountPages() {}

    record SavedAddress(
            UUID id,
            boolean isDefault,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String company,
            @Nullable String addressLine1,
            @Nullable String addressLine2,
            @Nullable String city,
            @Nullable String state,
            @Nullable String postalCode,
            @Nullable String country,
            @Nullable String phone,
            long version) {}

    record SavedAddresses(List<SavedAddress> items) {}

    record Consent(String purpose, boolean given, @Nullable Instant since) {}

    record Consents(List<Consent> items) {}

    record OpenSession(UUID id, @Nullable String userAgent, Instant createdAt, Instant lastUsedAt, boolean current) {}

    record OpenSessions(List<OpenSession> items) {}

    static ServerResponse orders(Visit visit) {
        Orders.Rows orders = visit.api()
                .get(
                        ApiPath.of("store/orders").with("limit", SHOWN).with("cursor", visit.field("cursor")),
                        Orders.Rows.class);
        String name = Profile.of(visit).map(Profile::firstName).orElse("");
        return visit.page("account-orders", Map.of("orders", orders, "name", name));
    }

    static ServerResponse addresses(Visit visit) {
        return addresses(visit, null);
    }

    private static ServerResponse addresses(Visit visit, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("addresses", addresses(visit, MOST_ADDRESSES));
        model.put("form", AddressForm.of(visit));
        model.put("countries", Countries.in(visit.locale()));
        return visit.page("account-addresses", model, problem);
    }

    /** The addresses that the customer has kept; whoever is none has none. */
    static List<SavedAddress> addresses(Visit visit, int most) {
        SavedAddresses kept = visit.session() == null
                ? null
                : visit.api()
                        .find(ApiPath.of("store/customers/me/addresses").with("limit", most), SavedAddresses.class);
        return kept == null ? List.of() : kept.items();
    }

    static ServerResponse addAddress(Visit visit) {
        Map<String, Object> address = new HashMap<>(AddressForm.of(visit).address());
        address.put("type", "shipping");
        address.put("isDefault", visit.has("isDefault"));
        Outcome<JsonNode> outcome = visit.api()
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("store/customers/me/addresses"), address, JsonNode.class);
        return switch (outcome) {
            case Outcome.Done<JsonNode> _ -> visit.redirect("/account/addresses?said=address-kept");
            case Outcome.Refused<JsonNode>(Problem problem) -> addresses(visit, problem);
        };
    }

    static ServerResponse removeAddress(Visit visit) {
        Outcome<Api.Nothing> outcome = visit.api()
                .withVersion(visit.number("version", 0))
                .delete(ApiPath.of("store/customers/me/addresses/{id}", visit.path("id")));
        return switch (outcome) {
            case Outcome.Done<Api.Nothing> _ -> visit.redirect("/account/addresses?said=address-removed");
            case Outcome.Refused<Api.Nothing>(Problem problem) -> addresses(visit, problem);
        };
    }

    static ServerResponse privacy(Visit visit) {
        return privacy(visit, null);
    }

    private static ServerResponse privacy(Visit visit, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("consents", visit.api().get(ApiPath.of("store/customers/me/consents"), Consents.class));
        return visit.page("account-privacy", model, problem);
    }

    static ServerResponse consent(Visit visit) {
        Map<String, Object> statement = Map.of(
                "given", visit.field("given").equals("true"), "textVersion", CONSENT_TEXT, "source", "storefront");
        visit.api()
                .put(
                        ApiPath.of("store/customers/me/consents/{purpose}", visit.field("purpose")),
                        statement,
                        JsonNode.class)
                .orThrow();
        return visit.redirect("/account/privacy?said=consent-kept");
    }

    static ServerResponse export(Visit visit) {
        return visit.file(visit.api().file(ApiPath.of("store/customers/me/export")), "my-data.zip");
    }

    static ServerResponse erase(Visit visit) {
        if (!visit.has("understood")) {
            return visit.redirect("/account/privacy?told=not-understood#erasure");
        }
        Outcome<JsonNode> outcome = visit.api().post(ApiPath.of("store/customers/me/erasures"), null, JsonNode.class);
        return switch (outcome) {
            case Outcome.Done<JsonNode> _ -> {
                visit.signOut();
                CartCookie.forget(visit);
                yield visit.redirect("/?said=erased");
            }
            case Outcome.Refused<JsonNode>(Problem problem) -> privacy(visit, problem);
        };
    }

    static ServerResponse sessions(Visit visit) {
        return visit.page(
                "account-sessions",
                Map.of("sessions", visit.api().get(ApiPath.of("store/sessions"), OpenSessions.class)));
    }

    static ServerResponse endSession(Visit visit) {
        visit.api().delete(ApiPath.of("store/sessions/{id}", visit.path("id"))).orThrow();
        return visit.redirect("/account/sessions?said=session-ended");
    }

    /** A page for whoever has signed in; anybody else does so first. */
    static PageRoutes.Page ofSignedIn(PageRoutes.Page page) {
        return visit -> {
            if (visit.session() == null) {
                throw ApiException.signInFirst();
            }
            return page.answer(visit);
        };
    }

    /** A page for customers: staff is told that it has pages of its own, and may sign out here. */
    static PageRoutes.Page ofCustomer(PageRoutes.Page page) {
        return ofSignedIn(visit -> {
            PageSession person = visit.session();
            return person != null && person.role().equals(Roles.CUSTOMER)
                    ? page.answer(visit)
                    : visit.page(HttpStatus.FORBIDDEN, "not-customer", Map.of());
        });
    }
}
