-- What was agreed on with a vendor is kept: whoever deletes a vendor with commissions is refused, as rows of these never are deleted.
ALTER TABLE vendor_commissions
    DROP CONSTRAINT fk_vendor_commissions_vendor, -- Contract: the next line puts the same reference in its place.
    ADD CONSTRAINT fk_vendor_commissions_vendor FOREIGN KEY (tenant_id, vendor_id)
        REFERENCES vendors (tenant_id, id) ON DELETE RESTRICT NOT VALID;
