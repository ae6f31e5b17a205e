package org.cartulary.contracts.auth;

import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;

/** A member of staff, and whether this call created it. */
public record StaffMember(
        UUID id, @Personal(PersonalDataCategory.EMAIL) String email, String role, boolean created)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("user", id, id);
    }
}
