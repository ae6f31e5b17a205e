package org.cartulary.platform.database;

import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many SQL statements and transactions a piece of work has cost. What marks the beginning and the end of a transaction is
 * not counted as a statement; what binds the tenant to it is. Thread-safe.
 */
public final class SqlUse {

    private static final ScopedValue<SqlUse> CURRENT = ScopedValue.newInstance();

    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger transactions = new AtomicInteger();
    private final @Nullable Queue<String> texts;

    private SqlUse(boolean keepsTexts) {
        this.texts = keepsTexts ? new ConcurrentLinkedQueue<>() : null;
    }

    /**
     * Of work that begins.
     *
     * @param keepsTexts whether the statements are kept too, and not only counted
     */
    public static SqlUse begin(boolean keepsTexts) {
        return new SqlUse(keepsTexts);
    }

    /** That of the work of this thread, {@code null} if it is not counted. */
    public static @Nullable SqlUse currentOrNull() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Does the work and counts what this thread asks of databases meanwhile. */
    public <T extends @Nullable Object, X extends Throwable> T count(ScopedValue.CallableOp<? extends T, X> work)
            throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** Adds what was counted apart. */
    void add(SqlUse part) {
        addShareOf(part, 1);
    }

    /** This work has shared the other with several: it bears its part of the statements, and the transaction. */
    public void addShareOf(SqlUse shared, int sharers) {
        statements.addAndGet(Math.ceilDiv(shared.statements(), sharers));
        transactions.addAndGet(shared.transactions());
        if (texts != null) {
            texts.addAll(shared.texts());
        }
    }

    /** Whether the statements are kept. */
    public boolean keepsTexts() {
        return texts != null;
    }

    /** How many statements there were. */
    public int statements() {
        return statements.get();
    }

    /** How many transactions there were. */
    public int transactions() {
        return transactions.get();
    }

    /** The statements with the names of their databases, if they are kept. */
    public List<String> texts() {
        return texts == null ? List.of() : List.copyOf(texts);
    }

    static void transaction() {
        if (CURRENT.isBound()) {
            CURRENT.get().transactions.incrementAndGet();
        }
    }

    /** A statement is about to be run. Its values, which the driver shows in its text, are not kept. */
    static void statement(String service, Statement statement) {
        if (!CURRENT.isBound()) {
            return;
        }
        SqlUse use = CURRENT.get();
        use.statements.incrementAndGet();
        if (use.texts != null) {
            String text = statement.toString().replaceFirst("^\\S+ wrapping ", "");
            use.texts.add(service + ": " + text.replaceAll("'[^']*+'", "?").replaceAll("\\s+", " "));
        }
    }
}
