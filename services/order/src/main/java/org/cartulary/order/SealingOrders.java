package org.cartulary.order;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How this service seals to whom orders go: under the key of the customer, or of the guest's e-mail address. Both ways are gone
 * outside of transactions. Thread-safe.
 */
final class SealingOrders {

    static final Place EMAIL = new Place("order.orders.email_sealed");
    static final Place ADDRESS = new Place("order.order_addresses.address_sealed");
    static final Place CANCELLATION = new Place("order.orders.cancellation_words_sealed");
    static final Place REFUND = new Place("order.order_refunds.words_sealed");
    static final Place NOTE = new Place("order.order_notes.note_sealed");
    static final Place TRACKING_NUMBER = new Place("order.order_shipments.tracking_number_sealed");
    static final Place TRACKING_URL = new Place("order.order_shipments.tracking_url_sealed");
    static final Place SHIPMENT_WORDS = new Place("order.order_shipments.words_sealed");

    private final PersonalData personalData;
    private final JsonMapper json;

    SealingOrders(PersonalData personalData, JsonMapper json) {
        this.personalData = personalData;
        this.json = json;
    }

    /** An address as it is read. */
    private record StoredAddress(UUID id, String country, String addressSealed) {}

    /** What is sealed of an address. */
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

    /** The blind index under which the customer of an e-mail address is found. Not within a transaction. */
    String emailIndex(String email) {
        return personalData.emailIndex(email);
    }

    /** As whom somebody with this address buys without an account. Not within a transaction. */
    UUID guestSubject(String email) {
        return personalData.guest(email).id();
    }

    SealedOrder seal(CreateOrder command) {
        Subject subject = personalData.buyer(command.customerId(), command.email());
        SealingKey key = personalData.keyOf(subject);
        return new SealedOrder(
                command,
                subject.id(),
                personalData.seal(key, EMAIL, command.orderId(), command.email()),
                seal(key, command.shippingAddress()),
                seal(key, command.billingAddress()));
    }

    private SealedOrder.SealedAddress seal(SealingKey key, Address address) {
        UUID id = Ids.next();
        Details details = new Details(
                address.firstName(),
                address.lastName(),
                address.company(),
                address.addressLine1(),
                address.addressLine2(),
                address.city(),
                address.state(),
                address.postalCode(),
                address.phone());
        return new SealedOrder.SealedAddress(
                id, address.country(), personalData.seal(key, ADDRESS, id, json.writeValueAsString(details)));
    }

    /** What somebody wrote, under the key of the buyer whom it may be about. */
    String seal(Subject buyer, Place place, UUID rowId, String words) {
        return personalData.seal(personalData.keyOf(buyer), place, rowId, words);
    }

    /** The order as it was read, with what its buyer's key still opens. */
    OrderView open(UUID orderId, String order) {
        ObjectNode tree = (ObjectNode) json.readTree(order);
        String emailSealed = tree.path("email").isString() ? tree.path("email").asString() : null;
        JsonNode addresses = tree.path("addresses");
        StoredAddress shipping = stored(addresses.path("shipping"));
        StoredAddress billing = stored(addresses.path("billing"));
        tree.put("email", personalData.open(EMAIL, orderId, emailSealed).orElse(null));
        tree.set(
                "addresses",
                json.valueToTree(new OrderView.Addresses(
                        open(shipping).orElse(null), open(billing).orElse(null))));
        for (JsonNode change : tree.path("history")) {
            openWords((ObjectNode) change, CANCELLATION, orderId);
        }
        for (JsonNode refund : tree.path("refunds")) {
            openWords(
                    (ObjectNode) refund,
                    REFUND,
                    UUID.fromString(refund.path("id").asString()));
        }
        for (JsonNode note : tree.path("notesOfShop")) {
            openText(
                    (ObjectNode) note,
                    "text",
                    NOTE,
                    UUID.fromString(note.path("id").asString()));
        }
        for (JsonNode shipment : tree.path("shipments")) {
            openShipment((ObjectNode) shipment);
        }
        return json.treeToValue(tree, OrderView.class);
    }

    private void openShipment(ObjectNode shipment) {
        UUID id = UUID.fromString(shipment.path("id").asString());
        openText(shipment, "trackingNumber", TRACKING_NUMBER, id);
        openText(shipment, "trackingUrl", TRACKING_URL, id);
        for (JsonNode change : shipment.path("history")) {
            ObjectNode of = (ObjectNode) change;
            openText(of, "words", SHIPMENT_WORDS, id);
            JsonNode words = of.remove("words");
            if (words.isString()) {
                of.setAll((ObjectNode) json.readTree(words.asString()));
            }
        }
    }

    /** Puts in the place of what is sealed what it says, or nothing. */
    private void openText(ObjectNode of, String name, Place place, UUID rowId) {
        JsonNode sealed = of.path(name);
        of.put(
                name,
                sealed.isString()
                        ? personalData.open(place, rowId, sealed.asString()).orElse(null)
                        : null);
    }

    private void openWords(ObjectNode of, Place place, UUID rowId) {
        JsonNode sealed = of.remove("wordsSealed");
        if (sealed != null && sealed.isString()) {
            of.put("reason", personalData.open(place, rowId, sealed.asString()).orElse(null));
        }
    }

    private @Nullable StoredAddress stored(JsonNode address) {
        return address.isObject() ? json.treeToValue(address, StoredAddress.class) : null;
    }

    private Optional<Address> open(@Nullable StoredAddress address) {
        if (address == null) {
            return Optional.empty();
        }
        return personalData
                .open(ADDRESS, address.id(), address.addressSealed())
                .map(text -> json.readValue(text, Details.class))
                .map(details -> new Address(
                        details.firstName(),
                        details.lastName(),
                        details.company(),
                        details.addressLine1(),
                        details.addressLine2(),
                        details.city(),
                        details.state(),
                        details.postalCode(),
                        address.country(),
                        details.phone()));
    }
}
