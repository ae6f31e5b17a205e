package org.cartulary.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.FindSubjectKeys;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.privacy.SubjectKeySource;
import org.cartulary.platform.privacy.WrappedIndexRoot;
import org.cartulary.platform.privacy.WrappedSubjectKey;
import org.cartulary.platform.privacy.WrappedSubjectKeys;

/** Keys of people, kept in memory, for tests of services that seal what they keep. Thread-safe. */
public final class TestSubjectKeys implements SubjectKeySource {

    private record Owner(UUID tenantId, UUID subjectId) {}

    private final MasterKey master;
    private final WrappedIndexRoot indexRoot;
    private final Map<UUID, String> tenantKeys = new ConcurrentHashMap<>();
    private final Map<Owner, WrappedSubjectKey> live = new ConcurrentHashMap<>();
    private final Set<Owner> erasedAccounts = ConcurrentHashMap.newKeySet();

    private TestSubjectKeys(MasterKey master) {
        this.master = master;
        this.indexRoot = master.newIndexRoot();
    }

    /** Personal data under keys that last as long as it does. */
    public static PersonalData personalData() {
        MasterKey master = MasterKey.ofSecret("a secret that is at least 32 characters long");
        TestSubjectKeys keys = new TestSubjectKeys(master);
        return new PersonalData(master, () -> keys);
    }

    /** Keys of which some are to be destroyed. */
    public static TestSubjectKeys of(MasterKey master) {
        return new TestSubjectKeys(master);
    }

    @Override
    public WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
        UUID tenantId = RequestContext.currentTenant();
        List<WrappedSubjectKey> keys = new ArrayList<>();
        for (Subject subject : command.subjects()) {
            Owner owner = new Owner(tenantId, subject.id());
            if (!erasedAccounts.contains(owner)) {
                keys.add(live.computeIfAbsent(owner, missing -> made(tenantId, subject.id())));
            }
        }
        return new WrappedSubjectKeys(keys);
    }

    private WrappedSubjectKey made(UUID tenantId, UUID subjectId) {
        String tenantKey = tenantKeys.computeIfAbsent(tenantId, missing -> master.newTenantKey(tenantId, 1));
        UUID id = Ids.next();
        return new WrappedSubjectKey(
                id, subjectId, 1, tenantKey, master.newSubjectKey(tenantId, 1, tenantKey, subjectId, id));
    }

    @Override
    public WrappedSubjectKeys find(FindSubjectKeys query) {
        UUID tenantId = RequestContext.currentTenant();
        return new WrappedSubjectKeys(live.entrySet().stream()
                .filter(entry -> entry.getKey().tenantId().equals(tenantId))
                .map(Map.Entry::getValue)
                .filter(key -> query.keyIds().contains(key.id()))
                .toList());
    }

    @Override
    public WrappedIndexRoot indexRoot() {
        return indexRoot;
    }

    /** Destroys the key of the subject in the current tenant. */
    public void destroy(Subject subject) {
        Owner owner = new Owner(RequestContext.currentTenant(), subject.id());
        live.remove(owner);
        if (subject.kind() == Subject.Kind.ACCOUNT) {
            erasedAccounts.add(owner);
        }
    }
}
