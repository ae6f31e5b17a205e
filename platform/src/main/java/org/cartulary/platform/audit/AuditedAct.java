package org.cartulary.platform.audit;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.platform.money.Money;

/**
 * A critical operation, for the {@link AuditLog}. It can never be erased, so it names people by their ids: what is written by
 * people, such as a reason or a name, cannot be said in it. Immutable.
 *
 * @param action what was done, such as {@code api-key.revoked}
 * @param subjectKind what kind of thing it was done to, such as {@code api-key}
 * @param subjectId the thing
 * @param details what else has to be known, by name: texts and lists of texts
 */
public record AuditedAct(String action, String subjectKind, UUID subjectId, SortedMap<String, Object> details) {

    private static final Pattern ACTION = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");
    private static final Pattern KIND = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");

    public AuditedAct {
        if (!ACTION.matcher(action).matches() || !KIND.matcher(subjectKind).matches()) {
            throw new IllegalArgumentException(
                    "an act is named like api-key.revoked of an api-key, not " + action + " of a " + subjectKind);
        }
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /** An act of which nothing else has to be known. */
    public static AuditedAct of(String action, String subjectKind, UUID subjectId) {
        return new AuditedAct(action, subjectKind, subjectId, new TreeMap<>());
    }

    /** The same act with an id in its details. */
    public AuditedAct with(String name, UUID id) {
        return withValue(name, id.toString());
    }

    /** The same act with a number in its details. */
    public AuditedAct with(String name, long number) {
        return withValue(name, Long.toString(number));
    }

    /** The same act with an amount in its details. */
    public AuditedAct withAmount(String name, Money amount) {
        return withValue(name, amount.toString());
    }

    /**
     * The same act with a code in its details, such as the name of a role.
     *
     * @throws IllegalArgumentException if it is none but some text, in which people could be named
     */
    public AuditedAct with(String name, String code) {
        return withValue(name, requireCode(name, code));
    }

    /** The same act with codes in its details, as {@link #with(String, String)}. */
    public AuditedAct with(String name, Collection<String> codes) {
        return withValue(
                name, codes.stream().map(code -> requireCode(name, code)).toList());
    }

    private static String requireCode(String name, String code) {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("the detail " + name + " is no code");
        }
        return code;
    }

    private AuditedAct withValue(String name, Object value) {
        SortedMap<String, Object> more = new TreeMap<>(details);
        more.put(name, value);
        return new AuditedAct(action, subjectKind, subjectId, more);
    }
}
