package org.cartulary.tenant;

import java.time.Clock;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the directory of tenants. */
@Configuration(proxyBeanMethods = false)
public class TenantConfiguration {

    @Bean
    TenantEndpoint tenantEndpoint(Databases databases, JsonMapper json, Clock clock) {
        return new TenantEndpoint(new TenantDirectory(databases.open("tenant"), json, clock));
    }

    @Bean
    TenantsController tenantsController(TenantEndpoint endpoint, Cursors cursors) {
        return new TenantsController(endpoint.directory(), cursors);
    }

    @Bean
    SettingsController settingsController(TenantEndpoint endpoint) {
        return new SettingsController(endpoint.directory());
    }

    @Bean
    ShopController shopController(TenantEndpoint endpoint, JsonMapper json) {
        return new ShopController(endpoint.directory(), json);
    }
}
