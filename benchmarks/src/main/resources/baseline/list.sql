SELECT id, sku, name, description, price, category_id FROM products WHERE status = 'active' AND deleted_at IS NULL ORDER BY created_at, id LIMIT 21;
