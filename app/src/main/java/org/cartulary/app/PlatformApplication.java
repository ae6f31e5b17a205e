package org.cartulary.app;

import org.cartulary.app.api.ApiDocumentation;
import org.cartulary.platform.http.HttpConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** What a process of the platform consists of: HTTP, the services hosted here, and clients for those that are not. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    PlatformConfiguration.class,
    HttpConfiguration.class,
    HostedServices.class,
    RemoteServices.class,
    BackgroundWork.class,
    ApiDocumentation.class
})
public class PlatformApplication {}
