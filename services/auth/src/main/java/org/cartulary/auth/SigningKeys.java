package org.cartulary.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign access tokens. Each signs for {@link #SIGNING} and is published for {@link #VERIFYING} longer. Its
 * successor is made and published {@link #AHEAD} of its turn, so that nobody meets a token whose key is unknown. To be
 * called outside transactions. Thread-safe.
 */
final class SigningKeys {

    static final Duration SIGNING = Duration.ofDays(30);
    static final Duration VERIFYING = Duration.ofDays(1);
    static final Duration AHEAD = Duration.ofDays(1);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final KeyEncryption encryption;
    private volatile @Nullable Loaded loaded;

    SigningKeys(Database database, Clock clock, KeyEncryption encryption) {
        this.database = database;
        this.clock = clock;
        this.encryption = encryption;
    }

    private record StoredKey(UUID id, String publicJwk, String encrypted, Instant signsFrom, Instant signsUntil) {

        boolean signsAt(Instant now) {
            return !signsFrom.isAfter(now) && signsUntil.isAfter(now);
        }
    }

    private record Loaded(Instant at, List<StoredKey> keys, UUID currentId, ECKey current, Instant signsUntil) {

        boolean isFresh(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(REMEMBERED)) && now.isBefore(signsUntil);
        }
    }

    /** The key that signs now, with its private part. */
    ECKey current() {
        return loaded().current();
    }

    /** The public keys as JSON Web Key Set. */
    String publicKeys() {
        List<JWK> keys = loaded().keys().stream()
                .map(key -> (JWK) parsed(key.publicJwk()))
                .toList();
        return new JWKSet(keys).toString(true);
    }

    private Loaded loaded() {
        // PostgreSQL keeps microseconds: a key made at a nanosecond would begin to sign after the moment it was made.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Loaded present = loaded;
        if (present != null && present.isFresh(now)) {
            return present;
        }
        List<StoredKey> keys = database.asWorker(tx -> published(tx, now));
        if (keys.stream().noneMatch(key -> key.signsUntil().isAfter(now.plus(AHEAD)))) {
            ECKey next = generated();
            keys = database.asWorker(tx -> {
                insertNext(tx, next, now);
                return published(tx, now);
            });
        }
        StoredKey current = keys.stream()
                .filter(key -> key.signsAt(now))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key signs access tokens now"));
        ECKey pair = present != null && present.currentId().equals(current.id())
                ? present.current()
                : parsed(encryption.decrypt(current.id(), current.encrypted()));
        Loaded fresh = new Loaded(now, keys, current.id(), pair, current.signsUntil());
        loaded = fresh;
        return fresh;
    }

    /** The newest first. */
    private static List<StoredKey> published(Transaction tx, Instant now) {
        return tx.jdbc()
                .sql("""
                        SELECT id, public_jwk, private_jwk_encrypted, signs_from, signs_until
                        FROM signing_keys
                        WHERE verifies_until > :now
                        ORDER BY generation DESC
                        """)
                .param("now", Sql.timestamp(now))
                .query(SigningKeys::storedKey)
                .list();
    }

    /** Does nothing if another node has made the next key: its generation is taken, or its time has not come. */
    private void insertNext(Transaction tx, ECKey pair, Instant now) {
        UUID id = UUID.fromString(pair.getKeyID());
        tx.jdbc()
                .sql("""
                        INSERT INTO signing_keys (generation, id, public_jwk, private_jwk_encrypted, secret_id,
                                                  signs_from, signs_until, verifies_until)
                        SELECT next.generation, :id, :publicJwk, :encrypted, :secretId, next.signs_from,
                               next.signs_from + make_interval(secs => cast(:signing AS double precision)),
                               next.signs_from + make_interval(secs => cast(:verifying AS double precision))
                        FROM (SELECT coalesce(max(generation), 0) + 1 AS generation,
                                     greatest(max(signs_until), cast(:now AS timestamptz)) AS signs_from
                              FROM signing_keys) AS next
                        WHERE next.signs_from <= :ahead
                        ON CONFLICT (generation) DO NOTHING
                        """)
                .param("id", id)
                .param("publicJwk", pair.toPublicJWK().toJSONString())
                .param("encrypted", encryption.encrypt(id, pair.toJSONString()))
                .param("secretId", encryption.secretId())
                .param("signing", SIGNING.toSeconds())
                .param("verifying", SIGNING.plus(VERIFYING).toSeconds())
                .param("now", Sql.timestamp(now))
                .param("ahead", Sql.timestamp(now.plus(AHEAD)))
                .update();
    }

    private static StoredKey storedKey(ResultSet row, int number) throws SQLException {
        return new StoredKey(
                row.getObject("id", UUID.class),
                row.getString("public_jwk"),
                row.getString("private_jwk_encrypted"),
                row.getObject("signs_from", OffsetDateTime.class).toInstant(),
                row.getObject("signs_until", OffsetDateTime.class).toInstant());
    }

    private static ECKey generated() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(Ids.next().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make keys for ES256", e);
        }
    }

    private static ECKey parsed(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException("a stored signing key is not a JSON Web Key", e);
        }
    }
}
