package org.cartulary.customer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cartulary.contracts.inventory.ReservationRecordsApi;
import org.cartulary.contracts.payment.PaymentRecordsApi;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.contracts.promotion.PromotionRecordsApi;
import org.cartulary.platform.audit.AuditRecordsOfServices;
import org.cartulary.platform.audit.DataAccess;
import org.cartulary.platform.audit.FindAccessesToPerson;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/** Puts everything that is kept on a customer or a guest, in whichever service, into one archive. Thread-safe. */
final class ExportingCustomers {

    static final String MEDIA_TYPE = "application/zip";

    private static final int MAX_ADDRESSES = AddressBook.MAX_ADDRESSES;
    private static final int CONSENTS_AT_ONCE = 500;

    private final Database database;
    private final Own own;
    private final ErasingCustomers erasing;
    private final ErasingCustomers.Neighbours neighbours;
    private final Traced traced;
    private final JsonMapper json;

    /** What this service keeps. */
    record Own(
            CustomerStore customers,
            SealingCustomers sealing,
            AddressBook addresses,
            Consenting consents,
            CustomerGroups groups,
            StatisticsStore statistics) {}

    /** What others keep under ids only. */
    record Traced(
            PaymentRecordsApi payments,
            ReservationRecordsApi reservations,
            PromotionRecordsApi promotions,
            AuditRecordsOfServices audits) {}

    ExportingCustomers(
            Database database,
            Own own,
            ErasingCustomers erasing,
            ErasingCustomers.Neighbours neighbours,
            Traced traced,
            JsonMapper json) {
        this.database = database;
        this.own = own;
        this.erasing = erasing;
        this.neighbours = neighbours;
        this.traced = traced;
        this.json = json;
    }

    /** A file of the archive. */
    private record ExportedFile(String name, String description, String content) {}

    /**
     * The archive, as ZIP.
     *
     * @throws ProblemException 404 {@code customer-not-found} if there is none, or the customer was forgotten
     */
    byte[] export(UUID customerId) {
        return export(erasing.identify(customerId), ofCustomer(customerId));
    }

    /**
     * The archive of whoever bought under the address without an account, as ZIP.
     *
     * @throws ProblemException 404 {@code guest-not-found} if nobody has
     */
    byte[] exportGuest(String email) {
        return export(erasing.knownGuest(email), List.of());
    }

    /** As whom the shop knows a guest, without telling the address. */
    UUID guestSubject(String email) {
        return own.sealing().guestSubject(email);
    }

    private byte[] export(Person person, List<ExportedFile> ofCustomer) {
        Traces traces = neighbours.trace(person);
        List<ExportedFile> files = new ArrayList<>(ofCustomer);
        files.add(new ExportedFile(
                "customer/erasures.json",
                "What you have asked to be forgotten.",
                json.writeValueAsString(erasing.ofPerson(person))));
        add(files, "account", neighbours.accounts().export(person).records());
        add(files, "catalog", neighbours.reviews().export(person).records());
        add(files, "cart", neighbours.carts().export(traces).records());
        add(files, "checkout", neighbours.checkouts().export(person).records());
        add(files, "order", neighbours.orders().export(person).records());
        add(files, "payment", traced.payments().export(traces).records());
        add(files, "inventory", traced.reservations().export(traces).records());
        add(files, "promotion", traced.promotions().export(traces).records());
        files.add(new ExportedFile(
                "accesses.json",
                "Who of the shop has read what about you, when and why.",
                json.writeValueAsString(accesses(person, traces))));
        files.addFirst(new ExportedFile("index.txt", "What is in this archive.", index(files)));
        return archive(files);
    }

    private List<ExportedFile> ofCustomer(UUID customerId) {
        UUID tenantId = RequestContext.currentTenant();
        CustomerView customer = database.inReadTransaction(tx -> own.customers().find(tx, tenantId, customerId))
                .flatMap(own.sealing()::open)
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer"));
        List<CustomerStatistics.OfCurrency> statistics =
                database.inReadTransaction(tx -> own.statistics().find(tx, tenantId, customerId));
        return List.of(
                new ExportedFile(
                        "customer/customer.json",
                        "Who you are to the shop, and whether it may write to you.",
                        json.writeValueAsString(customer)),
                new ExportedFile(
                        "customer/addresses.json",
                        "The addresses that you have saved.",
                        json.writeValueAsString(own.addresses().list(customerId, null, MAX_ADDRESSES))),
                new ExportedFile(
                        "customer/consents.json",
                        "Everything that you have consented to and taken back, the latest first.",
                        json.writeValueAsString(consents(customerId))),
                new ExportedFile(
                        "customer/groups.json",
                        "The groups into which the shop has put you.",
                        json.writeValueAsString(own.groups().memberships(customerId))),
                new ExportedFile(
                        "customer/statistics.json",
                        "What the shop reckons from your orders.",
                        json.writeValueAsString(new CustomerStatistics(customerId, statistics))));
    }

    private List<ConsentRecord> consents(UUID customerId) {
        List<ConsentRecord> all = new ArrayList<>();
        List<ConsentRecord> page;
        do {
            UUID before = all.isEmpty() ? null : all.getLast().id();
            page = own.consents().history(customerId, before, CONSENTS_AT_ONCE);
            all.addAll(page);
        } while (page.size() == CONSENTS_AT_ONCE);
        return all;
    }

    /** Reads are written down in the database of each service; under the person, and of guests under what is theirs. */
    private List<DataAccess> accesses(Person person, Traces traces) {
        List<UUID> subjects = new ArrayList<>(traces.orderIds());
        subjects.addAll(traces.checkoutIds());
        if (person.guestSubjectId() != null) {
            subjects.add(person.guestSubjectId());
        }
        FindAccessesToPerson query =
                new FindAccessesToPerson(RequestContext.currentTenant(), person.customerId(), subjects);
        return traced.audits().byService().entrySet().stream()
                .flatMap(service -> service.getValue().accessesTo(service.getKey(), query).stream())
                .sorted(Comparator.comparing(DataAccess::accessedAt).thenComparing(DataAccess::id))
                .toList();
    }

    private static void add(List<ExportedFile> files, String service, List<KeptRecord> records) {
        records.forEach(record -> files.add(
                new ExportedFile(service + "/" + record.name() + ".json", record.description(), record.json())));
    }

    private static String index(List<ExportedFile> files) {
        StringBuilder index = new StringBuilder(
                "Everything that the shop keeps on you and can read, in files of JSON. Secrets are left out: passwords,"
                        + " tokens and cards.\n\n");
        files.forEach(file -> index.append(file.name())
                .append("\n    ")
                .append(file.description())
                .append('\n'));
        return index.toString();
    }

    private static byte[] archive(List<ExportedFile> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (ExportedFile file : files) {
                zip.putNextEntry(new ZipEntry(file.name()));
                zip.write(file.content().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }
}
