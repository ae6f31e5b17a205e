-- Carts that have ended, too, of a guest: at log-in, and for whoever asks what is kept of them.
CREATE INDEX CONCURRENTLY idx_carts_guest_id ON carts (tenant_id, guest_id) WHERE guest_id IS NOT NULL;
