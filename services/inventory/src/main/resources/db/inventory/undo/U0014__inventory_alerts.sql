DROP TABLE inventory_alerts;
