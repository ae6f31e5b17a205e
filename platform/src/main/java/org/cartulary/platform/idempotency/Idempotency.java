package org.cartulary.platform.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.coalescing.SharedTransactions;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.database.TransactionWork;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has a request take effect once, however often it is sent. A request is told by its tenant, principal, route and key; its
 * answer is stored in the transaction of its effect and kept for 30 days. Thread-safe.
 *
 * <p>Faults: 400 {@code idempotency-key-required} without a key, or with one that has not 1 to 255 characters; 422
 * {@code idempotency-key-reused} if the key came with another body; 409 {@code request-in-progress} while a twin is being
 * worked on. If the work throws, or the process dies, the claim is rolled back with it: nothing is stored and the key is
 * free again. So a refusal (4xx) that the work throws is decided anew when the request is repeated, under the same key if
 * the body is to be corrected; a refusal that the work returns as its {@link Answer}, such as a declined payment, is stored.
 *
 * <p>An answer must hold no secret, such as a token or an API key, since it is kept as it is.
 */
public final class Idempotency {

    private static final int MAX_KEY_CHARACTERS = 255;

    private final Transactions transactions;
    private final JsonMapper json;
    private final IdempotencyKeys keys;

    /** The idempotency keys that are kept in the database. */
    public Idempotency(Database database, JsonMapper json) {
        this(database::inTransaction, json);
    }

    /**
     * The idempotency keys of requests of which there are so many that they share transactions. Their work is done as the
     * platform itself.
     */
    public Idempotency(SharedTransactions transactions, JsonMapper json) {
        this(transactions::run, json);
    }

    private Idempotency(Transactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
        this.keys = new IdempotencyKeys(json);
    }

    private interface Transactions {
        <T> T run(TransactionWork<T> work);
    }

    /**
     * A request of this thread's tenant and principal.
     *
     * @param route the method and the path with the ids in it, such as {@code POST /orders/7/cancellations}
     * @param key the header {@code Idempotency-Key}
     * @param body what JSON can carry; the order of its properties does not matter
     */
    public record Request(String route, @Nullable String key, Object body) {}

    /** Does the work in one transaction if it was not done before, and answers as the first time if it was. */
    public <T> StoredAnswer<T> once(Request request, Class<T> type, Function<Transaction, Answer<T>> work) {
        IdempotencyKeys.Key key = key(request);
        return transactions.run(tx -> switch (claimed(tx, key, null, type)) {
            case Claim.Answered<T>(StoredAnswer<T> answer) -> answer;
            case Claim.UnderWay<T> _ -> throw inProgress();
            case Claim.Claimed<T>() -> {
                Answer<T> answer = work.apply(tx);
                keys.store(tx, key, answer);
                yield new StoredAnswer<>(answer.status(), answer.body(), answer.location(), false);
            }
        });
    }

    /**
     * As {@link #once}, for requests that may come without a key: such a request is like no other and is never answered from
     * the store.
     */
    public <T> StoredAnswer<T> onceIfKeyed(Request request, Class<T> type, Function<Transaction, Answer<T>> work) {
        if (request.key() != null) {
            return once(request, type, work);
        }
        Answer<T> answer = transactions.run(work::apply);
        return new StoredAnswer<>(answer.status(), answer.body(), answer.location(), false);
    }

    /**
     * Claims a request for work that takes several transactions. The claim is part of the caller's transaction; after its
     * commit, twins are told that it is under way until {@link #complete} stores the answer.
     *
     * @param sagaId names the work, so that a recovery, which knows neither key nor principal, can complete it
     */
    public <T> Claim<T> claim(Transaction tx, Request request, UUID sagaId, Class<T> type) {
        return claimed(tx, key(request), sagaId, type);
    }

    /** As the other, for a key that was {@link #keyOf told} before the transaction, which may run for another principal. */
    public <T> Claim<T> claim(Transaction tx, RequestKey key, UUID sagaId, Class<T> type) {
        return claimed(tx, key.key(), sagaId, type);
    }

    /**
     * Claims several requests of this thread's tenant by one statement, in the caller's transaction.
     *
     * @return for each, in their order, whether it is the first with its key
     * @throws CallFailedException naming one that is in progress, or whose key was used for something else
     */
    public <T> List<Claim<T>> claimAll(Transaction tx, List<Claiming<T>> claimings, Class<T> type) {
        List<IdempotencyKeys.Attempt> attempts = keys.attempt(tx, claimings);
        List<Claim<T>> claims = new ArrayList<>(claimings.size());
        for (int i = 0; i < claimings.size(); i++) {
            try {
                claims.add(outcome(tx, claimings.get(i).key().key(), attempts.get(i), type));
            } catch (ProblemException problem) {
                throw new CallFailedException(i, problem);
            }
        }
        return claims;
    }

    /** What tells the request of this thread's tenant and principal from others. */
    public RequestKey keyOf(Request request) {
        return new RequestKey(key(request));
    }

    /**
     * Stores the answer of work that was claimed for a saga, in the transaction that ends it.
     *
     * @return whether there is such a claim
     */
    public <T> boolean complete(Transaction tx, UUID sagaId, Answer<T> answer) {
        return completeAll(tx, Map.of(sagaId, answer)) == 1;
    }

    /**
     * Stores the answers of works that were claimed for sagas, in the transaction that ends these.
     *
     * @return how many such claims there were
     */
    public int completeAll(Transaction tx, Map<UUID, ? extends Answer<?>> answers) {
        List<UUID> sagaIds = List.copyOf(answers.keySet());
        List<? extends Answer<?>> each =
                sagaIds.stream().map(answers::get).map(Objects::requireNonNull).toList();
        return keys.completeAll(tx, sagaIds, each);
    }

    /**
     * Deletes keys of a database whose time is over.
     *
     * @param limit how many at most
     * @return how many were deleted
     */
    public static int purgeExpired(Database database, int limit) {
        return database.asWorker(tx -> IdempotencyKeys.purgeExpired(tx, limit));
    }

    /**
     * Deletes the answers that somebody was given, so that nothing of them is left; what is under way stays.
     *
     * @return how many were deleted
     */
    public static int forget(Transaction tx, Principal.Kind kind, UUID principalId) {
        return IdempotencyKeys.forget(tx, kind.name() + ":" + principalId);
    }

    private <T> Claim<T> claimed(Transaction tx, IdempotencyKeys.Key key, @Nullable UUID sagaId, Class<T> type) {
        IdempotencyKeys.Attempt attempt = keys.attempt(tx, List.of(new Claiming<T>(new RequestKey(key), sagaId, null)))
                .getFirst();
        return outcome(tx, key, attempt, type);
    }

    private <T> Claim<T> outcome(
            Transaction tx, IdempotencyKeys.Key key, IdempotencyKeys.Attempt attempt, Class<T> type) {
        if (!attempt.alone()) {
            throw inProgress();
        }
        return attempt.claimed() ? new Claim.Claimed<>() : stored(tx, key, type);
    }

    private <T> Claim<T> stored(Transaction tx, IdempotencyKeys.Key key, Class<T> type) {
        IdempotencyKeys.Row row = keys.find(tx, key);
        if (!MessageDigest.isEqual(row.bodyHash(), key.bodyHash())) {
            throw keyReused();
        }
        UUID sagaId = row.sagaId();
        if (row.state().equals("in_progress")) {
            // Without a saga it is claimed and answered in one transaction, so that nobody else sees it in between.
            return new Claim.UnderWay<>(Objects.requireNonNull(sagaId));
        }
        String body = row.body();
        return new Claim.Answered<>(new StoredAnswer<>(
                row.status(), body == null ? null : json.readValue(body, type), row.location(), true));
    }

    private IdempotencyKeys.Key key(Request request) {
        String key = request.key();
        if (key == null || key.isBlank() || key.length() > MAX_KEY_CHARACTERS) {
            throw ProblemException.badRequest(
                    "idempotency-key-required",
                    "this request needs the header Idempotency-Key with 1 to " + MAX_KEY_CHARACTERS + " characters");
        }
        RequestContext context = RequestContext.current();
        Principal principal = context.principal();
        String who = principal.id() == null
                ? principal.kind().name()
                : principal.kind().name() + ":" + principal.id();
        return new IdempotencyKeys.Key(RequestContext.currentTenant(), who, request.route(), key, hash(request.body()));
    }

    private byte[] hash(Object body) {
        Object tree = json.readValue(json.writeValueAsBytes(body), Object.class);
        return sha256(
                json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsBytes(tree));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 409 {@code request-in-progress}: what a twin is told while there is nothing to tell it yet. */
    public static ProblemException inProgress() {
        return ProblemException.conflict(
                "request-in-progress", "a request with this idempotency key is being worked on; try again later");
    }

    /** 422 {@code idempotency-key-reused}: what somebody is told who sends something else with the same key. */
    public static ProblemException keyReused() {
        return ProblemException.unprocessable(
                "idempotency-key-reused", "this idempotency key was used for a request with another body");
    }

    /**
     * A request to be claimed.
     *
     * @param sagaId names the work where it takes several transactions, {@code null} where it does not
     * @param answer the answer, where it is known already; it is stored with the claim
     */
    public record Claiming<T>(
            RequestKey key, @Nullable UUID sagaId, @Nullable Answer<T> answer) {

        @Nullable Integer status() {
            return answer == null ? null : answer.status();
        }

        @Nullable Object body() {
            return answer == null ? null : answer.body();
        }

        @Nullable String location() {
            return answer == null ? null : answer.location();
        }
    }

    /** What tells a request from others. Immutable. */
    public static final class RequestKey {

        private final IdempotencyKeys.Key key;

        private RequestKey(IdempotencyKeys.Key key) {
            this.key = key;
        }

        IdempotencyKeys.Key key() {
            return key;
        }

        /** The request in 64 hexadecimal digits, for stores that keep the effects of requests themselves. */
        public String fingerprint() {
            return HexFormat.of().formatHex(sha256(key.scope().getBytes(StandardCharsets.UTF_8)));
        }

        /** The body in 64 hexadecimal digits; the order of its properties does not matter. */
        public String bodyFingerprint() {
            return HexFormat.of().formatHex(key.bodyHash());
        }
    }
}
