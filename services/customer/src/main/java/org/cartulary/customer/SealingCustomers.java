package org.cartulary.customer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How this service seals what it keeps on customers: under the key of the customer. What seals may be done within a transaction;
 * keys are got, and values opened, before or after it. Thread-safe.
 */
final class SealingCustomers {

    static final Place ADDRESS = new Place("customer.customer_addresses.address_sealed");

    private final PersonalData personalData;
    private final JsonMapper json;

    SealingCustomers(PersonalData personalData, JsonMapper json) {
        this.personalData = personalData;
        this.json = json;
    }

    /** What is sealed of an address; country, type and whether it is a default are not. */
    private record Details(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String company,
            String addressLine1,
            @Nullable String addressLine2,
            String city,
            @Nullable String state,
            @Nullable String postalCode,
            @Nullable String phone) {

        @Override
        public String toString() {
            return "Details[]";
        }
    }

    String emailIndex(String email) {
        return personalData.emailIndex(email);
    }

    /** As whom somebody with this address buys without an account. */
    UUID guestSubject(String email) {
        return personalData.guest(email).id();
    }

    SealingKey keyOf(UUID customerId) {
        return personalData.keyOf(Subject.account(customerId));
    }

    /** The keys of the customers by their ids, got by one call; those who were forgotten have none. */
    Map<UUID, SealingKey> keysOf(Collection<UUID> customerIds) {
        return personalData.keysOf(customerIds.stream().map(Subject::account).toList());
    }

    String seal(SealingKey key, UUID customerId, CustomerPerson person) {
        return personalData.seal(key, CustomerPerson.PLACE, customerId, json.writeValueAsString(person));
    }

    /** Who it is, unless the customer was forgotten. */
    Optional<CustomerPerson> person(StoredCustomer customer) {
        return personalData
                .open(CustomerPerson.PLACE, customer.id(), customer.personSealed())
                .map(text -> json.readValue(text, CustomerPerson.class));
    }

    Optional<CustomerView> open(StoredCustomer customer) {
        return person(customer).map(customer::with);
    }

    /** The customers that can be read, whose keys are got by one call. */
    List<CustomerView> openAll(List<StoredCustomer> customers) {
        prepare(customers);
        return customers.stream().flatMap(customer -> open(customer).stream()).toList();
    }

    /** Gets the keys of what is to be opened by one call. */
    void prepare(Collection<StoredCustomer> customers) {
        personalData.prepare(
                customers.stream().map(StoredCustomer::personSealed).toList());
    }

    String seal(SealingKey key, UUID addressId, AddressRequest address) {
        return personalData.seal(
                key,
                ADDRESS,
                addressId,
                json.writeValueAsString(new Details(
                        address.firstName(),
                        address.lastName(),
                        address.company(),
                        address.addressLine1(),
                        address.addressLine2(),
                        address.city(),
                        address.state(),
                        address.postalCode(),
                        address.phone())));
    }

    /** Where it is, unless its customer was forgotten. */
    Optional<AddressView> open(StoredAddress address) {
        return personalData
                .open(ADDRESS, address.id(), address.addressSealed())
                .map(text -> json.readValue(text, Details.class))
                .map(details -> new AddressView(
                        address.id(),
                        address.type(),
                        address.isDefault(),
                        details.firstName(),
                        details.lastName(),
                        details.company(),
                        details.addressLine1(),
                        details.addressLine2(),
                        details.city(),
                        details.state(),
                        details.postalCode(),
                        address.country(),
                        details.phone(),
                        address.version()));
    }
}
