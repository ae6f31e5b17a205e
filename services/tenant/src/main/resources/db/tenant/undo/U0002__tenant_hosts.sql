DROP TABLE tenant_hosts;
