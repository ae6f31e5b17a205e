-- Every commission has its vendor, as before.
ALTER TABLE vendor_commissions VALIDATE CONSTRAINT fk_vendor_commissions_vendor;
