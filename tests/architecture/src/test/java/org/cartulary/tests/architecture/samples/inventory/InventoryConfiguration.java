package org.cartulary.tests.architecture.samples.inventory;

import org.cartulary.tests.architecture.samples.contracts.StockApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Right: the face of its service; wrong: what it shows besides. */
@Configuration(proxyBeanMethods = false)
public class InventoryConfiguration {

    @Bean
    StockApi stockApi() {
        return new CountingStock();
    }

    /** Wrong: it is seen outside. */
    public static final class Shown {
        private Shown() {}
    }
}
