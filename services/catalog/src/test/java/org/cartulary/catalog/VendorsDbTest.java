package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.change;
import static org.cartulary.catalog.Drafts.with;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.auth.ApiKeyOwner;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.FindApiKey;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.auth.PublicKeys;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.Vendor;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-07")
class VendorsDbTest {

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products =
            new ProductStore(catalog.database(), JsonMapper.builder().build());
    private final WritingProducts writing = new WritingProducts(
            products, new Idempotency(catalog.database(), JsonMapper.shared()), new FixedTenants("GBP"));
    private final Vendors vendors = new Vendors(catalog.database(), new Accounts());

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    /** The accounts that auth would create, all with the role that is asked for. */
    private static final class Accounts implements AuthApi {

        @Override
        public PublicKeys publicKeys() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable ApiKeyOwner findApiKey(FindApiKey query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StaffMember ensureStaff(CreateStaff command) {
            UUID id = UUID.nameUUIDFromBytes(command.email().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return new StaffMember(id, command.email(), command.role(), true);
        }

        @Override
        public SecretUses secretUses() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            throw new UnsupportedOperationException();
        }
    }

    private <T extends @Nullable Object> T inShop(Supplier<T> work) {
        return Contexts.staff(tenant).supply(work);
    }

    private UUID vendor(String name, int basisPoints) {
        return inShop(() -> vendors.admit(new VendorDraft(name, basisPoints))).id();
    }

    /** Somebody who acts for the vendor, or for none yet. */
    private <T extends @Nullable Object> T acting(@Nullable UUID vendorId, Supplier<T> work) {
        Principal person = new Principal(Principal.Kind.VENDOR, Ids.next(), Permissions.OF_A_VENDOR, vendorId);
        return new RequestContext(tenant, person, "0".repeat(31) + "1").supply(work);
    }

    private UUID product(UUID vendorId, String sku, String status) {
        ProductDraft draft = with(sku, "Lamp " + sku, "9.00", Map.of("status", status, "images", List.of(image())));
        return acting(
                vendorId,
                () -> writing.create(
                        draft.ofVendor(vendorId),
                        new Idempotency.Request("POST /api/v1/vendor/products", null, draft)));
    }

    private static Map<String, Object> image() {
        return Map.of("url", "https://img.example/1.png", "primary", true);
    }

    private int count(@Nullable UUID vendorId, String sql) {
        return acting(
                vendorId,
                () -> catalog.database()
                        .inReadTransaction(tx -> tx.jdbc()
                                .sql("SELECT count(*) FROM " + sql)
                                .query(Integer.class)
                                .single()));
    }

    private int write(@Nullable UUID vendorId, String sql) {
        return acting(
                vendorId,
                () -> catalog.database().inTransaction(tx -> tx.jdbc().sql(sql).update()));
    }

    @Test
    void aVendorSellsProductsOfItsOwn() {
        UUID lamps = vendor("Lamps", 1_250);
        UUID id = product(lamps, "L1", "active");

        acting(lamps, () -> {
            writing.change(
                    id,
                    1,
                    change(Map.of(
                            "name",
                            "A brighter lamp",
                            "images",
                            List.of(image(), Map.of("url", "https://img.example/2.png")))));
            return true;
        });

        ProductView seen = Objects.requireNonNull(inShop(() -> products.get(id)));
        assertThat(seen.name()).isEqualTo("A brighter lamp");
        assertThat(seen.vendorId()).isEqualTo(lamps);
        assertThat(seen.images()).hasSize(2);
        assertThat(listed(lamps, null)).containsExactly(id);
    }

    private List<UUID> listed(UUID vendorId, @Nullable String query) {
        return acting(vendorId, () -> products.list(AdminProductFilter.of(vendorId, null, query, null), null, 10))
                .stream()
                .map(ProductView::id)
                .toList();
    }

    @Test
    @Tag("PLT-18")
    void aVendorSeesWhatIsOnSaleAndItsOwnOnly() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        UUID draft = product(lamps, "L2", "draft");
        UUID onSale = product(lamps, "L3", "active");

        assertThat(acting(rugs, () -> products.get(draft))).isNull();
        assertThat(acting(rugs, () -> products.get(onSale))).isNotNull();
        assertThat(acting(null, () -> products.get(draft))).isNull();
        assertThat(acting(lamps, () -> products.get(draft))).isNotNull();
        assertThat(listed(rugs, "lamp")).isEmpty();
        assertThat(listed(rugs, "L3")).isEmpty();
        assertThat(listed(rugs, null)).isEmpty();
        assertThat(listed(lamps, "lamp")).containsExactly(draft, onSale);
        assertThat(count(rugs, "products WHERE status = 'draft'")).isZero();
    }

    @Test
    @Tag("PLT-18")
    void aVendorCannotTouchWhatIsNotItsOwn() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        UUID lamp = product(lamps, "L4", "active");
        product(rugs, "R4", "active");

        for (UUID attacker : new @Nullable UUID[] {rugs, null}) {
            int own = attacker == null ? 0 : 1;
            assertThat(write(attacker, "UPDATE products SET price = 0.01")).isEqualTo(own);
            assertThat(write(attacker, "UPDATE product_images SET url = 'https://evil.example'"))
                    .isEqualTo(own);
            assertThat(write(attacker, "DELETE FROM product_images WHERE product_id = '" + lamp + "'"))
                    .isZero();
            assertThat(write(attacker, "DELETE FROM product_attributes WHERE product_id = '" + lamp + "'"))
                    .isZero();
        }
        refused(rugs, "UPDATE products SET vendor_id = '" + lamps + "' WHERE vendor_id = '" + rugs + "'");
        refused(rugs, "UPDATE products SET vendor_id = NULL WHERE vendor_id = '" + rugs + "'");
        refused(rugs, """
                INSERT INTO product_attributes (tenant_id, product_id, attribute_name, attribute_value, sort_order)
                VALUES ('%s', '%s', 'quality', 'poor', 0)""".formatted(tenant, lamp));
        refused(rugs, insertion(lamps));
        refused(null, insertion(lamps));
        assertThat(acting(rugs, () -> products.delete(lamp))).isFalse();
        ProductView unharmed = Objects.requireNonNull(inShop(() -> products.get(lamp)));
        assertThat(unharmed.price()).isEqualTo(Drafts.pounds("9.00"));
        assertThat(unharmed.images().getFirst().url()).isEqualTo("https://img.example/1.png");
    }

    @Test
    @Tag("PLT-18")
    void aVendorWritesNoVariantsOfOthersAndSeesThoseOnSale() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        UUID shown = product(lamps, "SHOWN", "active");
        UUID draft = product(lamps, "DRAFT", "draft");
        SettingVariants setting =
                new SettingVariants(products, new VariantStore(catalog.database(), JsonMapper.shared()));
        OptionDraft size = new OptionDraft("size", null, List.of("S", "M"));
        for (UUID product : List.of(shown, draft)) {
            VariantDraft small = new VariantDraft("S-" + product, Map.of("size", "S"), null, null, null, null);
            acting(lamps, () -> {
                setting.set(product, 1, new VariantsDraft(List.of(size), List.of(small)));
                return null;
            });
        }
        assertThat(count(lamps, "product_variants")).isEqualTo(2);
        assertThat(count(rugs, "product_variants")).isEqualTo(1);
        assertThat(count(null, "product_variants")).isEqualTo(1);
        assertThat(count(rugs, "product_options")).isEqualTo(1);
        assertThat(count(lamps, "catalog_skus")).isEqualTo(4);
        assertThat(count(rugs, "catalog_skus")).isZero();

        assertThat(write(rugs, "UPDATE product_variants SET price = 1")).isZero();
        assertThat(write(rugs, "DELETE FROM product_options")).isZero();
        refused(rugs, """
                INSERT INTO product_variants (tenant_id, id, product_id, sku, name, option_values, sort_order)
                VALUES ('%s', '%s', '%s', 'EVIL', 'M', '{"size": "M"}', 1)""".formatted(tenant, Ids.next(), shown));
        refused(rugs, """
                INSERT INTO product_old_slugs (tenant_id, slug, product_id)
                VALUES ('%s', 'evil', '%s')""".formatted(tenant, shown));
    }

    private String insertion(UUID vendorId) {
        return """
                INSERT INTO products (tenant_id, id, sku, slug, name, price, currency, vendor_id)
                VALUES ('%s', '%s', 'EVIL', 'evil', 'Evil', 1, 'GBP', '%s')""".formatted(tenant, Ids.next(), vendorId);
    }

    private void refused(@Nullable UUID vendorId, String sql) {
        assertThatExceptionOfType(DataAccessException.class)
                .as(sql)
                .isThrownBy(() -> write(vendorId, sql))
                .havingRootCause()
                .withMessageContaining("row-level security");
    }

    @ParameterizedTest
    @Tag("PLT-18")
    @ValueSource(strings = {"categories", "brands", "manufacturers", "vendors", "vendor_members", "vendor_commissions"})
    void whatIsTheShopsAVendorOnlyReads(String table) {
        UUID lamps = vendor("Lamps", 500);
        inShop(() -> vendors.employ(lamps, new NewMember("l@v.example", "a long password", "L", "L")));
        String grants = "SELECT has_table_privilege(current_user, '" + table + "', 'DELETE')";
        boolean mayDelete = acting(
                lamps,
                () -> catalog.database()
                        .inReadTransaction(
                                tx -> tx.jdbc().sql(grants).query(Boolean.class).single()));
        if (mayDelete) {
            assertThat(write(lamps, "DELETE FROM " + table)).isZero();
        }
        refused(
                lamps,
                switch (table) {
                    case "vendor_members" ->
                        "INSERT INTO vendor_members (tenant_id, user_id, vendor_id) VALUES ('%s', '%s', '%s')"
                                .formatted(tenant, Ids.next(), lamps);
                    case "vendor_commissions" ->
                        "INSERT INTO vendor_commissions (tenant_id, id, vendor_id, basis_points) VALUES ('%s', '%s', '%s', 0)"
                                .formatted(tenant, Ids.next(), lamps);
                    case "vendors" ->
                        "INSERT INTO vendors (tenant_id, id, name) VALUES ('%s', '%s', 'x')"
                                .formatted(tenant, Ids.next());
                    default ->
                        "INSERT INTO %s (tenant_id, id, name, slug) VALUES ('%s', '%s', 'x', 'x')"
                                .formatted(table, tenant, Ids.next());
                });
    }

    @Test
    @Tag("PLT-18")
    void whoElseSellsAndWhatTheyPayIsNoneOfAVendorsBusiness() {
        UUID lamps = vendor("Lamps", 500);
        UUID rugs = vendor("Rugs", 900);
        inShop(() -> vendors.employ(rugs, new NewMember("r@v.example", "a long password", "R", "R")));

        for (String table : List.of("vendors", "vendor_commissions")) {
            assertThat(count(lamps, table)).as(table).isEqualTo(1);
            assertThat(count(null, table)).as(table).isZero();
        }
        assertThat(count(lamps, "vendor_members")).isZero();
        assertThat(count(rugs, "vendor_members")).isEqualTo(1);
    }

    @Test
    void aSkuThatAnotherVendorsDraftHasIsTakenAllTheSame() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        product(lamps, "SAME", "draft");

        assertThat(catchThrowableOfType(ProblemException.class, () -> product(rugs, "SAME", "active"))
                        .code())
                .isEqualTo("sku-exists");
    }

    @Test
    void noVendorSaysHowItsGoodsAreTaxed() {
        UUID lamps = vendor("Lamps", 0);
        UUID id = product(lamps, "L1", "draft");
        var controller = new VendorProductsController(
                new ActingForVendor(query -> new Vendor(lamps, "Lamps")), writing, products, new Cursors(new byte[32]));
        List<Supplier<ProblemException>> attempts = List.of(
                () -> catchThrowableOfType(
                        ProblemException.class,
                        () -> controller.create("k", with("L2", "Lamp", "9.00", Map.of("taxCategory", "reduced")))),
                () -> catchThrowableOfType(
                        ProblemException.class,
                        () -> controller.change(id, "\"1\"", change(Map.of("taxCategory", "reduced")))));

        for (Supplier<ProblemException> attempt : attempts) {
            assertThat(acting(lamps, attempt).code()).isEqualTo("tax-category-of-the-shop");
        }
        assertThat(acting(lamps, () -> controller.create("k", with("L2", "Lamp", "9.00", Map.of())))
                        .getStatusCode()
                        .value())
                .isEqualTo(201);
    }

    @Test
    void productsOfOneNameHaveDifferentSlugsWhoeverseTheyAre() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        ProductDraft draft = with("N1", "The same name", "1.00", Map.of("status", "draft"));
        acting(lamps, () -> writing.create(draft.ofVendor(lamps), new Idempotency.Request("x", null, draft)));
        ProductDraft other = with("N2", "The same name", "1.00", Map.of());

        UUID id = acting(rugs, () -> writing.create(other.ofVendor(rugs), new Idempotency.Request("x", null, other)));

        assertThat(Objects.requireNonNull(inShop(() -> products.get(id))).slug())
                .startsWith("the-same-name-n2-");
    }

    @Test
    void nobodySellsForAVendorThatIsNotThere() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        ProductDraft draft = with("U1", "Lamp", "1.00", Map.of());

        ProblemException unknown = catchThrowableOfType(
                ProblemException.class,
                () -> inShop(
                        () -> writing.create(draft.ofVendor(Ids.next()), new Idempotency.Request("x", null, draft))));
        assertThat(unknown.code()).isEqualTo("unknown-vendor");
        assertThat(unknown.errors().getFirst().pointer()).isEqualTo("/vendorId");
        // Whom a vendor does not see is not there for it.
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> acting(
                                        lamps,
                                        () -> writing.create(
                                                draft.ofVendor(rugs), new Idempotency.Request("x", null, draft))))
                        .code())
                .isEqualTo("unknown-vendor");
    }

    @Test
    void anotherCommissionHoldsFromNowOnAndTheOldOneStaysWritten() {
        UUID lamps = vendor("Lamps", 1_000);
        UUID id = product(lamps, "C1", "active");
        try (TenantVersions versions = new TenantVersions(catalog.database(), "catalog_versions")) {
            CachedCatalog cached = new CachedCatalog(
                    versions,
                    new SoldStore(catalog.database(), JsonMapper.shared()),
                    new PriceTimes(versions, new PriceStore(catalog.database()), Clock.systemUTC()),
                    JsonMapper.shared());
            assertThat(share(cached, id)).isEqualTo(new VendorShare(lamps, 1_000));

            VendorView changed = inShop(() -> vendors.change(lamps, 1, new VendorDraft("Lamps", 1_500)));

            assertThat(changed.commissionBasisPoints()).isEqualTo(1_500);
            assertThat(share(cached, id)).isEqualTo(new VendorShare(lamps, 1_500));
        }
        List<Integer> history = inShop(() -> catalog.database()
                .inReadTransaction(tx -> tx.jdbc()
                        .sql("SELECT basis_points FROM vendor_commissions ORDER BY valid_from")
                        .query(Integer.class)
                        .list()));
        assertThat(history).containsExactly(1_000, 1_500);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> inShop(() -> catalog.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE vendor_commissions SET basis_points = 0")
                                .update())));
    }

    /** Asked by another vendor: what is kept for all is not seen with the eyes of whoever comes first. */
    private @Nullable VendorShare share(CachedCatalog cached, UUID id) {
        UUID stranger = UUID.nameUUIDFromBytes(new byte[] {1});
        List<CatalogProduct> found = acting(stranger, () -> cached.find(List.of(id)));
        return found.getFirst().vendor();
    }

    @Test
    @Tag("PLT-05")
    void ofTwoChangesOfTheSameVersionOneIsRefused() throws Exception {
        UUID lamps = vendor("Lamps", 0);
        var results = Contexts.staff(tenant)
                .call(() -> Concurrently.run(4, index -> vendors.change(lamps, 1, new VendorDraft("Lamps", index))));
        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("precondition-failed"));
    }

    @Test
    void whoeverIsEmployedByManyAtOnceIsEmployedOnceAndAllAreToldSo() throws Exception {
        UUID lamps = vendor("Lamps", 0);
        NewMember bob = new NewMember("bob@v.example", "a long password", "Bob", "Noyce");

        var results = Contexts.staff(tenant).call(() -> Concurrently.run(8, index -> vendors.employ(lamps, bob)));

        assertThat(results.failures()).isEmpty();
        assertThat(catalog.admin()
                        .sql(
                                "SELECT count(*) FROM audit_log WHERE tenant_id = :tenant AND action = 'vendor.member-employed'")
                        .param("tenant", tenant)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void somebodyWorksForOneVendorOnly() {
        UUID lamps = vendor("Lamps", 0);
        UUID rugs = vendor("Rugs", 0);
        NewMember ada = new NewMember("ada@v.example", "a long password", "Ada", "Lovelace");
        StaffMember account = inShop(() -> vendors.employ(lamps, ada));

        assertThat(inShop(() -> vendors.employ(lamps, ada))).isEqualTo(account);
        assertThat(catchThrowableOfType(ProblemException.class, () -> inShop(() -> vendors.employ(rugs, ada)))
                        .code())
                .isEqualTo("works-elsewhere");
        assertThat(acting(
                        null,
                        () -> vendors.employerOf(account.id()).orElseThrow().id()))
                .isEqualTo(lamps);
        inShop(() -> {
            vendors.dismiss(lamps, account.id());
            return true;
        });
        assertThat(inShop(() -> vendors.employerOf(account.id()))).isEmpty();
    }

    @Test
    void vendorsOfOneNameAreOne() {
        vendor("Only", 0);
        assertThat(catchThrowableOfType(ProblemException.class, () -> vendor("Only", 1))
                        .code())
                .isEqualTo("vendor-exists");
        assertThat(Set.copyOf(inShop(() -> vendors.list("", 10)))).hasSize(1);
    }
}
