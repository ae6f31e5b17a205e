package org.cartulary.platform.operations;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did.
 *
 * @param service in whose database
 * @param tenantId whose work it was
 * @param principalKind what kind of caller acted
 * @param principalId who acted; {@code null} for the platform itself
 * @param before what the work was like; an event that was dropped is kept here whole
 * @param after what it was like afterwards
 */
public record OperatorAction(
        String service,
        UUID id,
        Instant actedAt,
        UUID tenantId,
        String principalKind,
        @Nullable UUID principalId,
        StuckKind kind,
        UUID subjectId,
        OperatorAct act,

        @NotPersonal("operators say it of the platform's work")
        String reason,

        @Personal(PersonalDataCategory.FREE_FORM) Map<String, @Nullable Object> before,
        @Personal(PersonalDataCategory.FREE_FORM) Map<String, @Nullable Object> after)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return new DataSubject(tenantId, kind.word(), subjectId, null);
    }
}
