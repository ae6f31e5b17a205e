package org.cartulary.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.contracts.catalog.Vendor;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.springframework.dao.DuplicateKeyException;

/** Admits vendors, agrees with them on a commission, and says who works for them. Thread-safe. */
final class Vendors {

    private final Database database;
    private final VendorStore store = new VendorStore();
    private final AuthApi identities;

    Vendors(Database database, AuthApi identities) {
        this.database = database;
        this.identities = identities;
    }

    VendorView admit(VendorDraft draft) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            if (!store.insert(tx, id, draft.name())) {
                throw exists();
            }
            if (!store.agreeOn(tx, id, draft.commissionBasisPoints())) {
                throw new IllegalStateException("the new vendor " + id + " had a commission already");
            }
            audit(tx, "vendor.created", id, draft);
            return store.find(tx, id).orElseThrow();
        });
    }

    /** Makes the vendor what the draft says; another commission holds for the orders that are placed from now on. */
    VendorView change(UUID id, long version, VendorDraft draft) {
        try {
            return database.inTransaction(tx -> {
                if (!store.rename(tx, id, version, draft.name())) {
                    throw store.find(tx, id).isPresent() ? ETags.stale() : unknown();
                }
                store.agreeOn(tx, id, draft.commissionBasisPoints());
                audit(tx, "vendor.changed", id, draft);
                return store.find(tx, id).orElseThrow();
            });
        } catch (DuplicateKeyException taken) {
            throw exists();
        }
    }

    VendorView find(UUID id) {
        return database.inReadTransaction(tx -> store.find(tx, id)).orElseThrow(Vendors::unknown);
    }

    List<VendorView> list(String after, int limit) {
        return database.inReadTransaction(tx -> store.list(tx, after, limit));
    }

    /** Has somebody work for the vendor, with an account that is created unless there is one. */
    StaffMember employ(UUID vendorId, NewMember member) {
        find(vendorId);
        StaffMember account = identities.ensureStaff(member.command());
        if (!account.role().equals(Roles.VENDOR) || !database.inTransaction(tx -> employ(tx, vendorId, account.id()))) {
            throw ProblemException.conflict("works-elsewhere", "this account works for the shop, or for another vendor")
                    .with("/email", "taken", "use another address");
        }
        return account;
    }

    /** Whether the user works for the vendor now. */
    private boolean employ(Transaction tx, UUID vendorId, UUID userId) {
        if (!store.employ(tx, vendorId, userId)) {
            return store.employs(tx, vendorId, userId);
        }
        AuditLog.record(
                tx, AuditedAct.of("vendor.member-employed", "vendor", vendorId).with("user", userId));
        return true;
    }

    private static void audit(Transaction tx, String action, UUID id, VendorDraft draft) {
        AuditLog.record(
                tx, AuditedAct.of(action, "vendor", id).with("commissionBasisPoints", draft.commissionBasisPoints()));
    }

    void dismiss(UUID vendorId, UUID userId) {
        database.<Boolean>inTransaction(tx -> {
            boolean dismissed = store.dismiss(tx, vendorId, userId);
            if (dismissed) {
                AuditLog.record(
                        tx,
                        AuditedAct.of("vendor.member-dismissed", "vendor", vendorId)
                                .with("user", userId));
            }
            return dismissed;
        });
    }

    /** For whom the user works: asked by the platform, because whoever asks may not know it yet. */
    Optional<Vendor> employerOf(UUID userId) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> store.employerOf(tx, userId)));
    }

    private static ProblemException exists() {
        return ProblemException.conflict("vendor-exists", "a vendor has this name")
                .with("/name", "taken", "choose another name");
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("vendor-not-found", "there is no such vendor");
    }
}
