SELECT id, sku, name, description, price, category_id, metadata, created_at, updated_at FROM products WHERE id = md5(:product::text)::uuid AND status = 'active' AND deleted_at IS NULL;
