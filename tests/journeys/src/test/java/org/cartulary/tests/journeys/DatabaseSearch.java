package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.DatabaseOwner;

/** Looks into every table of every database for what is left of a person. */
record DatabaseSearch(DatabaseOwner databases) {

    private static final Pattern SEALED = Pattern.compile("s1\\.([A-Za-z0-9_-]{22,})");

    /** Every table is read as text, for each word that tells who it is: those where one of them stands. */
    List<String> tablesThatSay(Collection<String> words) {
        List<String> found = new ArrayList<>();
        int read = 0;
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                for (String table : tables(service.word())) {
                    read++;
                    long rows = databases.one(
                            service.word(),
                            Long.class,
                            "SELECT count(*) FROM " + table + " t WHERE t::text ~* ?",
                            String.join("|", words));
                    if (rows > 0) {
                        found.add(service.word() + "." + table + ": " + rows + " rows");
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(100);
        return found;
    }

    private List<String> tables(String service) {
        return databases.all(
                service,
                String.class,
                "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");
    }

    /** As whom somebody has placed an order. */
    UUID subjectOf(String order) {
        return databases.one("order", UUID.class, "SELECT subject_id FROM orders WHERE id = ?::uuid", order);
    }

    /** The keys of these subjects. */
    Set<UUID> keysOf(Collection<UUID> subjects) {
        Set<UUID> keys = new HashSet<>();
        for (UUID subject : subjects) {
            keys.addAll(
                    databases.all("privacy", UUID.class, "SELECT id FROM subject_keys WHERE subject_id = ?", subject));
        }
        return keys;
    }

    /** Of these keys, those that sealed a value which is still anywhere. */
    Set<UUID> sealing(Set<UUID> keys) {
        Set<UUID> sealing = new HashSet<>();
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                for (String table : tables(service.word())) {
                    for (String row : databases.all(
                            service.word(),
                            String.class,
                            "SELECT t::text FROM " + table + " t WHERE t::text LIKE '%s1.%'")) {
                        Matcher sealed = SEALED.matcher(row);
                        while (sealed.find()) {
                            sealing.add(keyOf(sealed.group(1)));
                        }
                    }
                }
            }
        }
        sealing.retainAll(keys);
        return sealing;
    }

    /** Of these keys, those that are not destroyed. */
    Set<UUID> alive(Set<UUID> keys) {
        Set<UUID> alive = new HashSet<>(keys);
        alive.removeIf(key -> databases.one(
                        "privacy",
                        Long.class,
                        "SELECT count(*) FROM subject_keys WHERE id = ? AND wrapped_key IS NULL",
                        key)
                == 1);
        return alive;
    }

    private static UUID keyOf(String sealed) {
        ByteBuffer id = ByteBuffer.wrap(Arrays.copyOf(Base64.getUrlDecoder().decode(sealed.substring(0, 24)), 16));
        return new UUID(id.getLong(), id.getLong());
    }
}
