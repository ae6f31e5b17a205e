ALTER TABLE vendor_commissions
    DROP CONSTRAINT fk_vendor_commissions_vendor,
    ADD CONSTRAINT fk_vendor_commissions_vendor FOREIGN KEY (tenant_id, vendor_id)
        REFERENCES vendors (tenant_id, id) ON DELETE CASCADE;
