-- Prices go with their variants and products: of those that were deleted before, some were left.
DELETE FROM product_prices x USING product_variants v
WHERE v.tenant_id = x.tenant_id AND v.id = x.variant_id AND v.deleted_at IS NOT NULL;
DELETE FROM product_prices x USING products p
WHERE p.tenant_id = x.tenant_id AND p.id = x.product_id AND p.deleted_at IS NOT NULL;
