DROP TABLE coupon_usage;
DROP TABLE promotion_claims;
