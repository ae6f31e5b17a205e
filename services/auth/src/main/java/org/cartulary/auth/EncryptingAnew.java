package org.cartulary.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has everything encrypted by the secret that the installation uses now. What hangs on which secret is seen in the rows, so that a run
 * that is killed anywhere is gone on with by the next, on any node, and what a process that still uses another secret writes meanwhile
 * is found by the run after that. What is changed, removed or encrypted anew meanwhile stays as it is. Thread-safe.
 */
final class EncryptingAnew {

    static final int PAGE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(EncryptingAnew.class);

    private final Database database;
    private final InstallationSecrets secrets;
    private final KeyEncryption ofSigningKeys;
    private final KeyEncryption ofSecondFactors;
    private final EncryptedStore store = new EncryptedStore();

    /** The job comes by twice a minute. */
    private final AtomicBoolean hasTold = new AtomicBoolean();

    EncryptingAnew(Database database, InstallationSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
        this.ofSigningKeys = new KeyEncryption(secrets);
        this.ofSecondFactors = SecondFactors.encryption(secrets);
    }

    /** Reads some values of a kind. */
    private interface Reading {

        List<EncryptedStore.Encrypted> page(Transaction tx, String secretId, EncryptedStore.Place after, int limit);
    }

    /** Writes what became of them. */
    private interface Writing {

        int replace(Transaction tx, List<EncryptedStore.Anew> values);
    }

    /** Encrypts anew whatever is left. */
    void run() {
        run(ofSigningKeys, store::signingKeys, store::replaceSigningKeys);
        run(ofSecondFactors, store::secondFactors, store::replaceSecondFactors);
    }

    private void run(KeyEncryption encryption, Reading reading, Writing writing) {
        Optional<EncryptedStore.Place> place = Optional.of(EncryptedStore.Place.BEGINNING);
        while (place.isPresent()) {
            place = page(encryption, reading, writing, place.get());
        }
    }

    /** Encrypts the second factors anew that come next; where the page ended, if there may be more. */
    Optional<EncryptedStore.Place> pageOfSecondFactors(EncryptedStore.Place after) {
        return page(ofSecondFactors, store::secondFactors, store::replaceSecondFactors, after);
    }

    /** Each page is its own transaction: between two, whoever waits for one of its rows goes on. */
    private Optional<EncryptedStore.Place> page(
            KeyEncryption encryption, Reading reading, Writing writing, EncryptedStore.Place after) {
        return database.asWorker(tx -> {
            List<EncryptedStore.Encrypted> page = reading.page(tx, encryption.secretId(), after, PAGE);
            List<String> unreadable = new ArrayList<>();
            writing.replace(
                    tx,
                    page.stream()
                            .map(value -> anew(encryption, value, unreadable))
                            .filter(EncryptedStore.Anew::isChange)
                            .toList());
            if (!unreadable.isEmpty() && hasTold.compareAndSet(false, true)) {
                LOG.error("{} values are left as they are; the first: {}", unreadable.size(), unreadable.getFirst());
            }
            return page.size() < PAGE
                    ? Optional.empty()
                    : Optional.of(page.getLast().place());
        });
    }

    /** What cannot be read holds up no other; verify tells of it until somebody names its secret. */
    private static EncryptedStore.Anew anew(
            KeyEncryption encryption, EncryptedStore.Encrypted value, List<String> unreadable) {
        try {
            return new EncryptedStore.Anew(
                    value, encryption.encryptAnew(value.id(), value.text()), encryption.secretId());
        } catch (UnknownSecretException unknown) {
            unreadable.add(String.valueOf(unknown.getMessage()));
            return new EncryptedStore.Anew(
                    value, value.text(), Objects.requireNonNullElse(value.secretId(), SecretUse.UNKNOWN));
        }
    }

    /** The ids of the secrets that this process knows. */
    List<String> secretIds() {
        return secrets.ids();
    }

    /** What hangs on which secret. */
    SecretUses uses() {
        return new SecretUses(secrets.firstId(), secrets.otherIds(), database.asWorker(store::uses));
    }
}
