package org.cartulary.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cartulary.pages.PagesConfiguration;
import org.cartulary.platform.http.RemoteProblems;
import org.cartulary.platform.http.ServiceCallInterceptor;
import org.cartulary.platform.remote.CallRules;
import org.cartulary.platform.remote.RemoteService;
import org.cartulary.platform.remote.RemoteSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Registers an HTTP client for every contract of a service that is not hosted in this process. Where each is found is
 * said by {@code cartulary.remote.<service>}, a base URL.
 */
final class RemoteServices implements ImportBeanDefinitionRegistrar, EnvironmentAware, BeanFactoryAware {

    private static final String PREFIX = "cartulary.remote.";

    private @Nullable Environment environment;
    private @Nullable BeanFactory beans;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beans = beanFactory;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importingClass, BeanDefinitionRegistry registry) {
        if (environment == null || beans == null) {
            throw new IllegalStateException("the container has not introduced itself");
        }
        BeanFactory factory = beans;
        for (ServiceName service : notHosted(environment)) {
            for (Class<?> contract : service.contracts()) {
                register(contract, service, baseUrl(environment, service), registry, factory);
            }
        }
    }

    private static <T> void register(
            Class<T> contract,
            ServiceName service,
            String baseUrl,
            BeanDefinitionRegistry registry,
            BeanFactory beans) {
        registry.registerBeanDefinition(
                "remote" + contract.getSimpleName(),
                BeanDefinitionBuilder.rootBeanDefinition(contract, () -> client(contract, service, baseUrl, beans))
                        .getBeanDefinition());
    }

    /** Speaks a contract of a service that is found at the URL. */
    static <T> T client(Class<T> contract, ServiceName service, String baseUrl, BeanFactory beans) {
        RemoteSettings settings = ServiceClients.settings(beans.getBean(Environment.class));
        HttpExchangeAdapter exchanges = ServiceClients.exchanges(
                baseUrl,
                new RemoteService(service.word(), settings, beans.getBean(MeterRegistry.class)),
                settings,
                beans.getBean(ServiceCallInterceptor.class),
                beans.getBean(RemoteProblems.class));
        return HttpServiceProxyFactory.builderFor(exchanges)
                .httpRequestValuesProcessor(CallRules.processor())
                .build()
                .createClient(contract);
    }

    /** The services that other processes host. */
    static Set<ServiceName> notHosted(Environment environment) {
        Set<ServiceName> others = EnumSet.allOf(ServiceName.class);
        others.removeAll(ServiceName.parse(environment.getProperty(HostedServices.PROPERTY, "all")));
        return others;
    }

    /**
     * Makes sure that of every service that is not hosted here something says where it is found.
     *
     * @throws InstallationException that names those of which nothing says so
     */
    static void requireFound(Environment environment) {
        List<String> lost = notHosted(environment).stream()
                .filter(service -> !service.contracts().isEmpty())
                .map(ServiceName::word)
                .filter(word -> environment.getProperty(PREFIX + word) == null)
                .toList();
        if (!lost.isEmpty()) {
            boolean isOne = lost.size() == 1;
            throw new InstallationException((isOne ? "the service " : "the services ") + String.join(", ", lost)
                    + (isOne ? " is" : " are") + " not hosted in this process, and nothing says where"
                    + (isOne ? " it is" : " they are") + "; say --remote=" + String.join(",", lost)
                    + "=http://HOST:PORT");
        }
    }

    /**
     * Makes sure that pages which are hosted here find the whole of the public API.
     *
     * @throws InstallationException if some of it is elsewhere and nothing says under which address all of it is found
     */
    static void requirePublicApi(Environment environment) {
        Set<ServiceName> elsewhere = notHosted(environment);
        boolean pages = Arrays.stream(ServiceName.values())
                .anyMatch(service -> service.isOfPages() && !elsewhere.contains(service));
        boolean whole = elsewhere.stream().allMatch(ServiceName::isOfPages);
        if (pages && !whole && environment.getProperty(PagesConfiguration.API_URL) == null) {
            throw new InstallationException(
                    "pages are hosted in this process and not the whole API that they ask; say where it is"
                            + " found, for example at a proxy in front of all processes: --api-url=http://HOST:PORT");
        }
    }

    /** Where a service that is not hosted here is found; that something says so was made sure of at the start. */
    static String baseUrl(Environment environment, ServiceName service) {
        return environment.getRequiredProperty(PREFIX + service.word());
    }
}
