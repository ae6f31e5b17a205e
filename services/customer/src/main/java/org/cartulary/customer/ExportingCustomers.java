package org.cartulary.customer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/** Puts what customer, auth, checkout and order keep on a customer into one archive. Thread-safe. */
final class ExportingCustomers {

    static final String MEDIA_TYPE = "application/zip";

    private static final int MAX_ADDRESSES = AddressBook.MAX_ADDRESSES;

    private final Database database;
    private final CustomerStore customers;
    private final SealedCustomers sealed;
    private final AddressBook addresses;
    private final ErasingCustomers erasing;
    private final ErasingCustomers.Neighbours neighbours;
    private final JsonMapper json;

    ExportingCustomers(
            Database database,
            CustomerStore customers,
            SealedCustomers sealed,
            AddressBook addresses,
            ErasingCustomers erasing,
            ErasingCustomers.Neighbours neighbours,
            JsonMapper json) {
        this.database = database;
        this.customers = customers;
        this.sealed = sealed;
        this.addresses = addresses;
        this.erasing = erasing;
        this.neighbours = neighbours;
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
        Person person = erasing.identify(customerId);
        List<ExportedFile> files = new ArrayList<>(ofCustomer(customerId));
        add(files, "account", neighbours.accounts().export(person).records());
        add(files, "checkout", neighbours.checkouts().export(person).records());
        add(files, "order", neighbours.orders().export(person).records());
        files.addFirst(new ExportedFile("index.txt", "What is in this archive.", index(files)));
        return archive(files);
    }

    private List<ExportedFile> ofCustomer(UUID customerId) {
        UUID tenantId = RequestContext.currentTenant();
        CustomerView customer = database.inReadTransaction(tx -> customers.find(tx, tenantId, customerId))
                .flatMap(sealed::open)
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer"));
        return List.of(
                new ExportedFile(
                        "customer/customer.json",
                        "Who you are to the shop, and whether it may write to you.",
                        json.writeValueAsString(customer)),
                new ExportedFile(
                        "customer/addresses.json",
                        "The addresses that you have saved.",
                        json.writeValueAsString(addresses.list(customerId, null, MAX_ADDRESSES))));
    }

    private static void add(List<ExportedFile> files, String service, List<KeptRecord> records) {
        records.forEach(record -> files.add(
                new ExportedFile(service + "/" + record.name() + ".json", record.description(), record.json())));
    }

    private static String index(List<ExportedFile> files) {
        StringBuilder index = new StringBuilder(
                "Who you are to the shop, your account, your checkouts and your orders, in files of JSON:\n\n");
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
