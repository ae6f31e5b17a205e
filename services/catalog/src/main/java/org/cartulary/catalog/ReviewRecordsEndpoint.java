package org.cartulary.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.ReviewRecordsApi;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.idempotency.Idempotency;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What reviews say of people. Whoever is forgotten leaves approved ratings, which are nobody's then, and no word. */
@RestController
final class ReviewRecordsEndpoint implements ReviewRecordsApi {

    private static final int AT_ONCE = 500;

    private final Database database;
    private final ReviewStore reviews;
    private final SealingReviews sealing;
    private final JsonMapper json;

    ReviewRecordsEndpoint(Database database, ReviewStore reviews, SealingReviews sealing, JsonMapper json) {
        this.database = database;
        this.reviews = reviews;
        this.sealing = sealing;
        this.json = json;
    }

    @Override
    public KeptRecords export(Person person) {
        UUID customer = person.customerId();
        List<ReviewView> written = customer == null
                ? List.of()
                : RequestContext.current().asSystem().supply(() -> all(customer));
        return new KeptRecords(List.of(new KeptRecord(
                "reviews", "What you have said of products, shown or not.", json.writeValueAsString(written))));
    }

    private List<ReviewView> all(UUID customer) {
        List<ReviewView> all = new ArrayList<>();
        List<StoredReview> page;
        do {
            page = reviews.ofCustomer(
                    customer, all.isEmpty() ? null : all.getLast().id(), AT_ONCE);
            all.addAll(sealing.opened(page));
        } while (page.size() == AT_ONCE);
        return all;
    }

    @Override
    public ErasedRecords erase(Person person) {
        UUID customer = person.customerId();
        if (customer == null) {
            return ErasedRecords.all(0);
        }
        // A customer's own transactions could not leave a review that is nobody's.
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inTransaction(tx -> ErasedRecords.all(
                        reviews.forget(tx, customer) + Idempotency.forget(tx, Principal.Kind.CUSTOMER, customer))));
    }
}
