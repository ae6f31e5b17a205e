package org.cartulary.privacy;

import java.time.Instant;
import java.util.List;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.DestroyedSubjectKeys;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.FindSubjectKeys;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.privacy.WrappedIndexRoot;
import org.cartulary.platform.privacy.WrappedSubjectKeys;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask of keys. */
@RestController
final class SubjectKeysEndpoint implements SubjectKeysApi {

    private final KeepingSubjectKeys keys;
    private final KeepingIndexRoot root;
    private final RewrappingKeys rewrapping;
    private final MasterKey master;
    private final PersonalData personalData;
    private final PrivacyInvariants invariants;

    SubjectKeysEndpoint(Database database, MasterKey master, PersonalData personalData) {
        this.keys = new KeepingSubjectKeys(database, master);
        this.root = new KeepingIndexRoot(database, master);
        this.rewrapping = new RewrappingKeys(database, master);
        this.master = master;
        this.personalData = personalData;
        this.invariants = new PrivacyInvariants(database, master.secrets());
    }

    @Override
    public WrappedIndexRoot indexRoot() {
        return root.obtain();
    }

    @Override
    public WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
        return keys.obtain(command);
    }

    @Override
    public WrappedSubjectKeys find(FindSubjectKeys query) {
        return keys.find(query);
    }

    @Override
    public Instant moment() {
        return keys.moment();
    }

    @Override
    public DestroyedSubjectKeys destroy(DestroySubjectKeys command) {
        DestroyedSubjectKeys destroyed = keys.destroy(command);
        personalData.forget(
                RequestContext.currentTenant(),
                command.subjects().stream().map(Subject::id).toList());
        return destroyed;
    }

    @Override
    public SecretUses secretUses() {
        return new SecretUses(master.secretId(), master.secrets().otherIds(), rewrapping.uses());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
