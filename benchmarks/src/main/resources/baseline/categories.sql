SELECT id, parent_id, name, slug, description, sort_order FROM categories WHERE is_active ORDER BY sort_order, slug;
