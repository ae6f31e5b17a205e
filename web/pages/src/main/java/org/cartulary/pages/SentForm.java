package org.cartulary.pages;

import org.jspecify.annotations.Nullable;

/**
 * One form of a page. Where it has just been refused it shows what was typed and what is wrong with it; the other forms of the page
 * stay as they are, whatever their fields are called. For one thread.
 */
public final class SentForm {

    private final Visit visit;
    private final @Nullable FormProblem refusal;

    SentForm(Visit visit, @Nullable FormProblem refusal) {
        this.visit = visit;
        this.refusal = refusal;
    }

    /** Whether it is the one that was refused. */
    public boolean isRefused() {
        return refusal != null;
    }

    /**
     * The key under which it is sent: that of before where the attempt may still be under way, so that it is done once; a new one for
     * every other attempt.
     */
    public String key() {
        return refusal != null && refusal.isUnderWay() ? visit.key() : visit.newKey();
    }

    /** What stands in a field. */
    public String value(String name, @Nullable Object stored) {
        if (keepsTyped() && visit.has(name)) {
            return visit.field(name);
        }
        return stored == null ? "" : stored.toString();
    }

    /** Whether a check box is ticked. */
    public boolean isTicked(String name, boolean stored) {
        return keepsTyped() ? visit.has(name) : stored;
    }

    /** Whether this one of several choices is chosen. */
    public boolean isChosen(String name, Object choice, boolean stored) {
        return (keepsTyped() && visit.has(name)) ? visit.field(name).equals(choice.toString()) : stored;
    }

    /** What is wrong with a field, {@code null} if nothing is. */
    public @Nullable String wrong(String name) {
        return refusal == null ? null : refusal.of(name);
    }

    private boolean keepsTyped() {
        return refusal != null && refusal.keepsTyped();
    }
}
