package org.cartulary.customer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntFunction;
import org.cartulary.customer.CustomerStore.Numbered;
import org.cartulary.customer.CustomerStore.Written;
import org.cartulary.platform.http.ProblemException;
import org.springframework.dao.DuplicateKeyException;

/** Creates and changes customers by number, and says in the caller's words why it cannot. Thread-safe. */
final class WritingCustomers {

    private static final int MAX_NUMBER_CHARACTERS = 50;

    private final CustomerStore customers;

    WritingCustomers(CustomerStore customers) {
        this.customers = customers;
    }

    /** A customer that was put and whether it is new. */
    record Put(UUID id, boolean created) {}

    /** Makes the customer with the number what the draft says. */
    Put put(String customerNumber, CustomerDraft draft) {
        if (customerNumber.isBlank() || customerNumber.length() > MAX_NUMBER_CHARACTERS) {
            String detail = "the number of a customer has from 1 to " + MAX_NUMBER_CHARACTERS + " characters";
            throw ProblemException.unprocessable("invalid-customer-number", detail)
                    .with("{customerNumber}", "length", detail);
        }
        Written written = write(List.of(new Numbered(customerNumber, draft)), draft.metadata() != null, place -> "")
                .getFirst();
        return new Put(Objects.requireNonNull(written.id()), written.outcome().equals("created"));
    }

    /** Creates or changes the customers, all or none; what would change nothing is left alone. */
    List<CustomerBatch.Result> upsert(CustomerBatch batch) {
        List<Numbered> numbered = batch.customers().stream()
                .map(entry -> new Numbered(
                        entry.customerNumber(),
                        new CustomerDraft(
                                entry.email(),
                                entry.firstName(),
                                entry.lastName(),
                                null,
                                entry.country() == null ? null : Map.of("country", entry.country()))))
                .toList();
        requireDifferent(numbered);
        return write(numbered, false, place -> "/customers/" + place).stream()
                .map(one ->
                        new CustomerBatch.Result(one.customerNumber(), Objects.requireNonNull(one.id()), one.outcome()))
                .toList();
    }

    private List<Written> write(List<Numbered> numbered, boolean replaceMetadata, IntFunction<String> pointer) {
        List<Written> written;
        try {
            written = customers.upsert(numbered, replaceMetadata);
        } catch (DuplicateKeyException duplicate) {
            if (String.valueOf(duplicate.getMessage()).contains("uq_customers_email")) {
                throw emailTaken(numbered, pointer);
            }
            throw duplicate;
        }
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i).id() == null) {
                String detail = "the customer with this number was deleted";
                throw ProblemException.conflict("customer-deleted", detail)
                        .with(pointer.apply(i) + "/customerNumber", "deleted", detail);
            }
        }
        return written;
    }

    private ProblemException emailTaken(List<Numbered> numbered, IntFunction<String> pointer) {
        String detail = "another customer has this e-mail address";
        ProblemException problem = ProblemException.conflict("email-taken", detail);
        Map<String, String> holders = customers.numbersByEmail(
                numbered.stream().map(WritingCustomers::email).toList());
        for (int i = 0; i < numbered.size(); i++) {
            String holder = holders.get(email(numbered.get(i)));
            if (holder != null && !holder.equals(numbered.get(i).customerNumber())) {
                problem.with(pointer.apply(i) + "/email", "taken", detail);
            }
        }
        return problem;
    }

    private static String email(Numbered customer) {
        return customer.draft().email().toLowerCase(Locale.ROOT);
    }

    private static void requireDifferent(List<Numbered> numbered) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Integer> emails = new HashMap<>();
        for (int i = 0; i < numbered.size(); i++) {
            requireFirst(numbers, numbered.get(i).customerNumber(), i, "customerNumber", "duplicate-customer-number");
            requireFirst(emails, email(numbered.get(i)), i, "email", "duplicate-email");
        }
    }

    private static void requireFirst(
            Map<String, Integer> places, String value, int place, String property, String code) {
        Integer first = places.putIfAbsent(value, place);
        if (first != null) {
            String detail = "a batch names each " + property + " once; this one is at /customers/" + first + " too";
            throw ProblemException.unprocessable(code, detail)
                    .with("/customers/" + place + "/" + property, "duplicate", detail);
        }
    }
}
