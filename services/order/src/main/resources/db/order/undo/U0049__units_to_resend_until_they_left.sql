COMMENT ON COLUMN orders.units_to_resend IS 'While the order is SHIPPED: units whose parcels failed or came back, and which are neither packed anew nor withdrawn';
