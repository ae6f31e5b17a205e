package org.cartulary.app;

import org.jspecify.annotations.Nullable;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the configurations of the services that {@code cartulary.services} names; all of them by default. */
final class HostedServices implements ImportSelector, EnvironmentAware {

    static final String PROPERTY = "cartulary.services";

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importingClass) {
        String list = environment == null ? "all" : environment.getProperty(PROPERTY, "all");
        return ServiceName.parse(list).stream()
                .map(service -> service.configuration().getName())
                .toArray(String[]::new);
    }
}
