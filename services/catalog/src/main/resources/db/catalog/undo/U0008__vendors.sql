DROP TABLE vendor_commissions;
DROP TABLE vendor_members;
DROP TABLE vendors;
