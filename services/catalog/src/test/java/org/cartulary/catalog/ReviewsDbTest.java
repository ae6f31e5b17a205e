package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.product;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cartulary.contracts.order.FindPurchase;
import org.cartulary.contracts.order.Purchase;
import org.cartulary.contracts.order.PurchasesApi;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-03")
class ReviewsDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final BoughtProducts bought = new BoughtProducts();
    private final ProductStore products = new ProductStore(catalog.database(), JSON);
    private final WritingProducts writingProducts =
            new WritingProducts(products, new Idempotency(catalog.database(), JSON), new FixedTenants("GBP"));
    private final ReviewStore reviews = new ReviewStore(catalog.database());
    private final SealingReviews sealing = new SealingReviews(TestSubjectKeys.personalData(), JSON);
    private final WritingReviews writing =
            new WritingReviews(catalog.database(), reviews, sealing, bought, new Idempotency(catalog.database(), JSON));
    private final ModeratingReviews moderating = new ModeratingReviews(catalog.database(), reviews, writing);
    private final ReviewRecordsEndpoint records = new ReviewRecordsEndpoint(catalog.database(), reviews, sealing, JSON);

    /** The orders, of which one knows only who has bought something of what; asked while no transaction is open. */
    private static final class BoughtProducts implements PurchasesApi {

        final Set<UUID> customers = new HashSet<>();

        @Nullable FindPurchase asked;

        @Override
        public Purchase find(FindPurchase query) {
            Database.requireNoTransaction("the question what was bought");
            asked = query;
            return new Purchase(customers.contains(query.customerId()));
        }
    }

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private <T extends @Nullable Object> T inShop(Supplier<T> work) {
        return Contexts.staff(tenant).supply(work);
    }

    private <T extends @Nullable Object> T as(UUID customer, Supplier<T> work) {
        return Contexts.customer(tenant, customer).supply(work);
    }

    private UUID mug(String sku) {
        return inShop(() -> writingProducts.upsert(batch(product(sku, "Mug " + sku, "1.00"))))
                .getFirst()
                .id();
    }

    private static ReviewDraft says(int rating) {
        return new ReviewDraft(rating, "Ann of Ely", "A mug", "It holds " + rating + " cups.");
    }

    private StoredReview write(UUID customer, UUID product, int rating) {
        return Objects.requireNonNull(
                as(customer, () -> writing.write(customer, product.toString(), says(rating), null))
                        .body());
    }

    private StoredReview approve(StoredReview review) {
        return inShop(() -> moderating.approve(review.id(), review.version()));
    }

    private Rating rating(UUID product) {
        return Objects.requireNonNull(inShop(() -> products.get(product))).rating();
    }

    private List<PublishedReview> shown(UUID product) {
        return Contexts.system(tenant)
                .supply(() -> sealing.published(reviews.approved(product, ReviewOrder.NEWEST, null, 10)));
    }

    private String code(UUID customer, Supplier<?> work) {
        return catchThrowableOfType(ProblemException.class, () -> as(customer, work::get))
                .code();
    }

    @Test
    void onlyWhatIsApprovedIsShownAndCountedAndWhatIsChangedIsDecidedAnew() {
        UUID product = mug("A");
        UUID ann = UUID.randomUUID();
        StoredReview pending = write(ann, product, 4);
        assertThat(shown(product)).isEmpty();
        assertThat(rating(product)).isEqualTo(new Rating(null, 0));

        StoredReview approved = approve(pending);
        approve(write(UUID.randomUUID(), product, 5));
        assertThat(shown(product)).extracting(PublishedReview::rating).containsExactly(5, 4);
        assertThat(shown(product).getLast().author()).isEqualTo("Ann of Ely");
        assertThat(rating(product)).isEqualTo(new Rating(new BigDecimal("4.50"), 2));

        StoredReview changed = as(ann, () -> writing.change(ann, approved.id(), approved.version(), says(1)));
        assertThat(changed.status()).isEqualTo("PENDING");
        assertThat(rating(product)).isEqualTo(new Rating(new BigDecimal("5.00"), 1));
        StoredReview again = approve(changed);
        assertThat(rating(product)).isEqualTo(new Rating(new BigDecimal("3.00"), 2));

        StoredReview rejected = inShop(() -> moderating.reject(again.id(), again.version(), "off-topic"));
        assertThat(rejected.rejectionReason()).isEqualTo("off-topic");
        assertThat(rating(product)).isEqualTo(new Rating(new BigDecimal("5.00"), 1));
        approve(rejected);
        assertThat(as(ann, () -> reviews.delete(again.id()))).isTrue();
        assertThat(rating(product)).isEqualTo(new Rating(new BigDecimal("5.00"), 1));
        assertThat(new CatalogInvariants(catalog.database()).check()).allMatch(InvariantResult::holds);
    }

    @Test
    void aPurchaseIsVerifiedUnderAllIdsOfTheProductWhenItIsWrittenAndWhenItIsApproved() {
        UUID product = mug("B");
        UUID buyer = UUID.randomUUID();
        UUID later = UUID.randomUUID();
        bought.customers.add(buyer);
        assertThat(write(buyer, product, 5).verifiedPurchase()).isTrue();
        assertThat(Objects.requireNonNull(bought.asked).soldIds()).containsExactly(product);

        StoredReview early = write(later, product, 3);
        assertThat(early.verifiedPurchase()).isFalse();
        bought.customers.add(later);
        assertThat(approve(early).verifiedPurchase()).isTrue();
    }

    @Test
    void manyReviewsAtTheSameTimeMakeTheRightAverage() throws InterruptedException {
        UUID product = mug("C");
        List<StoredReview> written = Concurrently.run(12, i -> {
                    StoredReview review = write(UUID.randomUUID(), product, 1 + i % 5);
                    return approve(review);
                })
                .valuesOrThrow();
        assertThat(rating(product)).isEqualTo(new Rating(new BigDecimal("2.75"), 12));

        Concurrently.run(12, i -> {
                    StoredReview review = written.get(i);
                    UUID author = Objects.requireNonNull(review.customerId());
                    return i % 2 == 0
                            ? as(author, () -> writing.change(author, review.id(), review.version(), says(5)))
                            : inShop(() -> moderating.reject(review.id(), review.version(), "spam"));
                })
                .valuesOrThrow();
        assertThat(rating(product)).isEqualTo(new Rating(null, 0));
        assertThat(new CatalogInvariants(catalog.database()).check()).allMatch(InvariantResult::holds);
    }

    @Test
    void aCustomerReviewsAProductOnceHoweverOftenItIsSentAtTheSameTime() throws InterruptedException {
        UUID product = mug("D");
        UUID ann = UUID.randomUUID();
        List<Boolean> written = Concurrently.run(6, i -> {
                    try {
                        write(ann, product, 5);
                        return true;
                    } catch (ProblemException problem) {
                        assertThat(problem.code()).isEqualTo("review-exists");
                        return false;
                    }
                })
                .valuesOrThrow();
        assertThat(written).containsOnlyOnce(true);
        assertThat(as(ann, () -> reviews.ofCustomer(ann, null, 10))).hasSize(1);
    }

    @Test
    void aReviewIsItsAuthorsAlone() {
        UUID product = mug("E");
        UUID ann = UUID.randomUUID();
        UUID eve = UUID.randomUUID();
        StoredReview review = approve(write(ann, product, 4));

        assertThat(code(eve, () -> writing.own(review.id()))).isEqualTo("review-not-found");
        assertThat(code(eve, () -> writing.change(eve, review.id(), review.version(), says(1))))
                .isEqualTo("review-not-found");
        assertThat(as(eve, () -> reviews.delete(review.id()))).isFalse();
        assertThat(as(eve, () -> reviews.inStatus("APPROVED", null, 10))).isEmpty();
        assertThat(as(ann, () -> writing.own(review.id()))).isEqualTo(review);
        assertThat(Contexts.staff(Contexts.newTenant()).supply(() -> reviews.find(review.id())))
                .isEmpty();
    }

    @Test
    void theDatabaseLetsNobodyDecideButTheShop() {
        StoredReview review = write(UUID.randomUUID(), mug("F"), 4);
        UUID author = Objects.requireNonNull(review.customerId());
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> as(
                        author,
                        () -> catalog.database()
                                .inTransaction(tx -> reviews.decide(tx, review.id(), 1, "APPROVED", null, true))));
        assertThat(as(author, () -> writing.own(review.id())).status()).isEqualTo("PENDING");
    }

    @Test
    void aDecisionIsOnTheVersionThatWasRead() {
        UUID ann = UUID.randomUUID();
        StoredReview read = write(ann, mug("G"), 4);
        as(ann, () -> writing.change(ann, read.id(), read.version(), says(1)));
        assertThat(catchThrowableOfType(ProblemException.class, () -> approve(read))
                        .code())
                .isEqualTo("precondition-failed");
        assertThat(code(ann, () -> writing.change(ann, read.id(), read.version(), says(2))))
                .isEqualTo("precondition-failed");
    }

    @Test
    void whatIsNotForSaleIsNotReviewed() {
        UUID product = mug("H");
        inShop(() -> products.delete(product));
        UUID ann = UUID.randomUUID();
        assertThat(code(ann, () -> writing.write(ann, product.toString(), says(3), null)))
                .isEqualTo("product-not-found");
    }

    @Test
    @Tag("PLT-30")
    void aReviewThatIsApprovedWhileItsAuthorIsForgottenStaysNobodys() throws Exception {
        UUID product = mug("L");
        UUID ann = UUID.randomUUID();
        StoredReview pending = write(ann, product, 2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> erased = inShop(() -> catalog.database().inTransaction(tx -> {
                assertThat(reviews.decide(tx, pending.id(), pending.version(), "APPROVED", null, false))
                        .isPresent();
                Future<Integer> erasing = threads.submit(() ->
                        as(ann, () -> records.erase(new Person(ann, null)).rows()));
                catalog.awaitLockWaits(1);
                return erasing;
            }));
            assertThat(erased.get(60, TimeUnit.SECONDS)).isOne();
        }
        assertThat(shown(product))
                .singleElement()
                .satisfies(review -> assertThat(review.author()).isNull());
        assertThat(rating(product).count()).isOne();
    }

    @Test
    void aRepetitionIsGivenTheFirstAnswerThoughTheProductIsNotForSaleAnyMore() {
        UUID product = mug("M");
        UUID ann = UUID.randomUUID();
        Supplier<StoredAnswer<StoredReview>> writes =
                () -> as(ann, () -> writing.write(ann, product.toString(), says(4), "once"));
        StoredReview first = Objects.requireNonNull(writes.get().body());
        catalog.admin()
                .sql("UPDATE products SET status = 'archived' WHERE id = :id")
                .param("id", product)
                .update();

        assertThat(writes.get().body()).isEqualTo(first);
        assertThat(code(ann, () -> writing.write(ann, product.toString(), says(4), "twice")))
                .isEqualTo("product-not-found");
    }

    @Test
    @Tag("PLT-30")
    void whoeverIsForgottenLeavesRatingsThatAreNobodysAndNoWord() {
        UUID product = mug("I");
        UUID ann = UUID.randomUUID();
        StoredReview approved = approve(write(ann, product, 2));
        StoredReview pending = write(ann, mug("J"), 3);
        assertThat(as(ann, () -> records.export(new Person(ann, null))).records())
                .singleElement()
                .satisfies(record -> assertThat(record.json())
                        .contains(approved.id().toString(), pending.id().toString(), "It holds 2 cups."));

        assertThat(as(ann, () -> records.erase(new Person(ann, null))).rows()).isEqualTo(2);

        assertThat(shown(product)).singleElement().satisfies(review -> {
            assertThat(review.rating()).isEqualTo(2);
            assertThat(review.author()).isNull();
            assertThat(review.text()).isNull();
        });
        assertThat(rating(product).count()).isOne();
        assertThat(inShop(() -> reviews.find(pending.id()))).isEmpty();
        assertThat(inShop(() -> records.erase(new Person(ann, null))).rows()).isZero();
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> inShop(() -> moderating.reject(approved.id(), approved.version() + 1, "spam")))
                        .code())
                .isEqualTo("author-forgotten");
    }

    @Test
    void reviewsAreReadInEachOrderFromAnyPlaceOn() {
        UUID product = mug("K");
        for (int rating : List.of(3, 5, 1, 5, 3)) {
            approve(write(UUID.randomUUID(), product, rating));
        }
        for (ReviewOrder order : ReviewOrder.values()) {
            List<StoredReview> all = Contexts.system(tenant).supply(() -> reviews.approved(product, order, null, 10));
            StoredReview second = all.get(1);
            ReviewStore.Position after =
                    new ReviewStore.Position(order.keyOf(second.rating(), second.createdAt()), second.id());
            assertThat(Contexts.system(tenant).supply(() -> reviews.approved(product, order, after, 10)))
                    .isEqualTo(all.subList(2, 5));
            if (order != ReviewOrder.NEWEST) {
                assertThat(all)
                        .extracting(StoredReview::rating)
                        .isEqualTo(order == ReviewOrder.HIGHEST ? List.of(5, 5, 3, 3, 1) : List.of(1, 3, 3, 5, 5));
            }
        }
    }

    private ProductStore.Identified changed(String sku) {
        return new ProductStore.Identified(UUID.randomUUID(), product(sku, "Mug " + sku, "2.00"));
    }

    /** A deadlock would end, too: by an attempt more. */
    @Test
    void whoCountsWaitsForABatchThatMayStillWriteItsProduct() throws Exception {
        mug("L");
        StoredReview review = write(UUID.randomUUID(), mug("M"), 4);
        AtomicInteger attempts = new AtomicInteger();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Optional<StoredReview>> approved =
                    inShop(() -> catalog.database().inTransaction(tx -> {
                        attempts.incrementAndGet();
                        products.upsert(tx, List.of(changed("L")), true);
                        Future<Optional<StoredReview>> approval = thread.submit(() ->
                                inShop(() -> catalog.database().inTransaction(other -> {
                                    attempts.incrementAndGet();
                                    return reviews.decide(other, review.id(), 1, "APPROVED", null, false);
                                })));
                        catalog.awaitLockWaits(1);
                        products.upsert(tx, List.of(changed("M")), true);
                        return approval;
                    }));
            assertThat(approved.get(1, TimeUnit.MINUTES)).isPresent();
        }
        assertThat(attempts).hasValue(2);
    }

    @Test
    void wrongFiguresAndCopiesAreReported() {
        try (TestDatabase broken = TestDatabase.create("catalog")) {
            broken.admin().sql("""
                            ALTER TABLE products DISABLE TRIGGER USER;
                            ALTER TABLE product_reviews DISABLE TRIGGER USER;
                            ALTER TABLE product_reviews DROP CONSTRAINT uq_product_reviews_author;
                            INSERT INTO products (tenant_id, id, sku, slug, name, price, currency, rating_count,
                                rating_sum, rating_average, search_vector)
                            VALUES (uuidv7(), uuidv7(), 'A', 'a', 'A', 1, 'GBP', 1, 4, 4, '');
                            INSERT INTO product_reviews (tenant_id, id, product_id, customer_id, rating, words_sealed)
                            SELECT p.tenant_id, uuidv7(), p.id, p.id, 4, 's1.' FROM products p, generate_series(1, 2)
                            """).update();
            assertThat(new CatalogInvariants(broken.database()).check())
                    .filteredOn(result -> !result.holds())
                    .extracting(InvariantResult::name)
                    .contains("ratings-equal-reviews", "customers-review-once");
        }
    }
}
