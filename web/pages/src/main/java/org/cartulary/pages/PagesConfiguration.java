package org.cartulary.pages;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires what all sites of pages share. */
@Configuration(proxyBeanMethods = false)
public class PagesConfiguration {

    /** The setting that says where the public API is found; this process itself where nothing is said. */
    public static final String API_URL = "cartulary.pages.api-url";

    @Bean
    ApiCalls apiCalls(Environment environment) {
        String url = environment.getProperty(API_URL);
        return new ApiCalls(
                () -> url == null ? "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") : url);
    }
}
