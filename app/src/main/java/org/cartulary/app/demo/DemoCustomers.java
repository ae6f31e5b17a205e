package org.cartulary.app.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The customers of the demo shop, who have accounts with one password. */
final class DemoCustomers {

    private static final String STORE = "/api/v1/store";
    private static final Pattern TOKEN = Pattern.compile("ev_[A-Za-z0-9_-]{43}");
    private static final int NEWEST_MAILS = 20;

    private static final List<Person> PERSONS = List.of(
            new Person(DemoShop.CUSTOMER, "Dana", "Moss", "14 Orchard Lane", "Bristol", "BS1 4ND", "GB"),
            new Person("ines.albrecht@shop.example", "Ines", "Albrecht", "Kastanienallee 21", "Berlin", "10435", "DE"),
            new Person("noor.devries@shop.example", "Noor", "de Vries", "Oudegracht 88", "Utrecht", "3511 AV", "NL"),
            new Person("claire.fournier@shop.example", "Claire", "Fournier", "8 rue des Lilas", "Lyon", "69003", "FR"),
            new Person("owen.byrne@shop.example", "Owen", "Byrne", "27 Harbour Street", "Galway", "H91 X2K3", "IE"),
            new Person("jakob.lindner@shop.example", "Jakob", "Lindner", "Mariahilfer Straße 5", "Wien", "1060", "AT"));

    private final DemoClient client;
    private final ApiClient visitor;
    private final String password;

    DemoCustomers(DemoClient client, String url, String password) {
        this.client = client;
        this.visitor = ApiClient.visitor(url);
        this.password = password;
    }

    /** Somebody who buys. */
    record Person(
            String email,
            String firstName,
            String lastName,
            String street,
            String city,
            String postalCode,
            String country) {

        Map<String, String> address() {
            return Map.of(
                    "firstName", firstName,
                    "lastName", lastName,
                    "addressLine1", street,
                    "city", city,
                    "postalCode", postalCode,
                    "country", country);
        }

        /** As they sign what they write. */
        String signature() {
            return firstName + " " + lastName.charAt(0) + ".";
        }
    }

    /** Somebody who is signed in. */
    record Customer(Person person, String id, ApiClient session) {}

    /**
     * Registers those who have no account, and signs all of them in; whoever has changed the password is left out.
     *
     * @throws ApiException if the platform refuses one of them
     */
    List<Customer> fill() {
        List<Customer> customers = new ArrayList<>();
        for (Person person : PERSONS) {
            JsonNode session = signIn(person);
            if (session == null) {
                register(person);
                session = signIn(person);
            }
            if (session != null) {
                customers.add(customer(person, session));
            }
        }
        return customers;
    }

    private Customer customer(Person person, JsonNode session) {
        ApiClient own = visitor.withKey(session.path("accessToken").asString());
        if (DemoClient.all(own, STORE + "/customers/me/addresses").isEmpty()) {
            Map<String, Object> address = new HashMap<>(person.address());
            address.put("type", "shipping");
            address.put("isDefault", true);
            own.post(STORE + "/customers/me/addresses", address, "demo:address");
        }
        return new Customer(person, session.path("userId").asString(), own);
    }

    private @Nullable JsonNode signIn(Person person) {
        try {
            return visitor.post(STORE + "/sessions", Map.of("email", person.email(), "password", password));
        } catch (ApiException e) {
            if (e.status() == 401 || e.status() == 403) {
                return null;
            }
            throw e;
        }
    }

    private void register(Person person) {
        visitor.post(
                STORE + "/registrations",
                Map.of(
                        "email",
                        person.email(),
                        "password",
                        password,
                        "firstName",
                        person.firstName(),
                        "lastName",
                        person.lastName()));
        String token = mailedTo(person);
        if (token != null) {
            visitor.post(STORE + "/email-verifications/confirmations", Map.of("token", token, "password", password));
        }
    }

    /** The token of the newest mail to the person; {@code null} where an account is there already, whose mail has none. */
    private @Nullable String mailedTo(Person person) {
        for (JsonNode mail : client.operator()
                .get("/api/v1/admin/outgoing-mails?limit=" + NEWEST_MAILS)
                .path("items")) {
            if (mail.path("to").asString("").equals(person.email())) {
                Matcher token = TOKEN.matcher(mail.path("text").asString(""));
                return token.find() ? token.group() : null;
            }
        }
        return null;
    }
}
