package org.cartulary.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.audit.AccessLogging;
import org.cartulary.platform.audit.AuditRecords;
import org.cartulary.platform.audit.AuditRecordsEndpoint;
import org.cartulary.platform.audit.AuditRecordsOfServices;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.DatabaseSettings;
import org.cartulary.platform.database.DatabaseSettings.PoolSizes;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.database.StatementLimits;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.http.AccessVerifier;
import org.cartulary.platform.http.EdgeSettings;
import org.cartulary.platform.http.HttpSettings;
import org.cartulary.platform.mail.MailSender;
import org.cartulary.platform.operations.Operations;
import org.cartulary.platform.operations.OperationsEndpoint;
import org.cartulary.platform.operations.OperationsOfServices;
import org.cartulary.platform.operations.OutsideStore;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What all services of a process share. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

    /** The most that {@code select 1} may take before a database counts as down, in seconds. */
    private static final int HEALTH_TIMEOUT_SECONDS = 2;

    /** A bad mobile connection sends thousands of bytes a second. */
    private static final int LEAST_BYTES_PER_SECOND = 256;

    private static final Duration GRACE_OF_SLOW_CLIENTS = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PlatformConfiguration.class);

    /** {@code cartulary.secret} is used; {@code cartulary.other-secrets}, one a line, are understood. */
    @Bean
    InstallationSecrets installationSecrets(Environment environment) {
        InstallationSecrets secrets = InstallationSecrets.of(
                environment.getRequiredProperty("cartulary.secret"),
                SecretFiles.list(environment.getProperty("cartulary.other-secrets", "")));
        LOG.info("This process uses the secret {}", secrets);
        return secrets;
    }

    @Bean
    Databases databases(
            Environment environment, InstallationSecrets secrets, MeterRegistry meters, StartTimeline timeline) {
        timeline.reached("the web server and the first beans are made");
        Databases databases = new Databases(settings(environment, secrets), meters);
        openTogether(databases, environment);
        timeline.reached("all databases are seen to be up to date");
        return databases;
    }

    private static DatabaseSettings settings(Environment environment, InstallationSecrets secrets) {
        List<UnaryOperator<String>> passwords = secrets.each(DatabaseSettings::derivedPasswords);
        DatabaseSettings settings = DatabaseSettings.at(
                        environment.getRequiredProperty("cartulary.database.server"), passwords.getFirst())
                .withOtherPasswords(passwords.subList(1, passwords.size()));
        settings = settings.withPools(
                        environment
                                        .getProperty("cartulary.database.pools", "embedded")
                                        .equals("production")
                                ? PoolSizes.production()
                                : PoolSizes.embedded())
                .withLimits(limits(environment));
        String prefix = environment.getProperty("cartulary.database.prefix", "");
        if (!prefix.isEmpty()) {
            settings = settings.withDatabaseNames(service -> prefix + service + "_db");
        }
        String admin = environment.getProperty("cartulary.database.admin.user");
        return admin == null
                ? settings
                : settings.withAdmin(new DatabaseSettings.Admin(
                        admin,
                        environment.getRequiredProperty("cartulary.database.admin.password"),
                        environment.getProperty("cartulary.database.admin.database", "postgres")));
    }

    /** Each limit can be set, in whole seconds: {@code cartulary.database.limit-seconds.app}, {@code .worker}, {@code .readonly}. */
    private static StatementLimits limits(Environment environment) {
        StatementLimits usual = StatementLimits.DEFAULT;
        return new StatementLimits(
                limit(environment, "app", usual.app()),
                limit(environment, "worker", usual.worker()),
                limit(environment, "readonly", usual.readonly()));
    }

    private static Duration limit(Environment environment, String role, Duration usual) {
        return Duration.ofSeconds(
                environment.getProperty("cartulary.database.limit-seconds." + role, Long.class, usual.toSeconds()));
    }

    /** Creates and migrates the databases of all hosted services at the same time, which halves the time to start. */
    private static void openTogether(Databases databases, Environment environment) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ServiceName.parse(environment.getProperty(HostedServices.PROPERTY, "all")).stream()
                    .filter(ServiceName::keepsRecords)
                    .map(service -> threads.submit(() -> databases.open(service.word())))
                    .toList()
                    .forEach(PlatformConfiguration::await);
        }
    }

    private static void await(Future<Database> opening) {
        try {
            opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the databases open", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("a database cannot be opened", e.getCause());
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MasterKey masterKey(InstallationSecrets secrets) {
        return MasterKey.of(secrets);
    }

    /** The keys are in the service that may itself be part of this process, hence not before they are asked for. */
    @Bean
    PersonalData personalData(MasterKey master, ObjectProvider<SubjectKeysApi> keys) {
        return new PersonalData(master, keys::getObject);
    }

    @Bean
    MailSender mailSender(Environment environment) {
        return MailSettings.sender(environment);
    }

    @Bean
    FileStore files(Environment environment) {
        return FileSettings.store(environment);
    }

    @Bean
    HttpSettings httpSettings(InstallationSecrets secrets, Environment environment) {
        return new HttpSettings(
                secrets.derive("http"),
                environment.getProperty(
                        "cartulary.process-name", environment.getProperty(HostedServices.PROPERTY, "all")));
    }

    @Bean
    EdgeSettings edgeSettings(Environment environment) {
        return EdgeProperties.of(environment);
    }

    @Bean
    AccessVerifier accessVerifier(
            Environment environment, Clock clock, @Lazy AuthApi identities, @Lazy TenantApi tenants) {
        Duration memory = RemoteServices.notHosted(environment).contains(ServiceName.TENANT)
                ? KnownTenants.MEMORY_OF_REMOTE_TENANTS
                : Duration.ZERO;
        return new TokenVerifier(
                List.of(environment
                        .getRequiredProperty("cartulary.operator-key-sha256")
                        .split(",", -1)),
                identities,
                new KnownTenants(tenants, memory, clock),
                clock);
    }

    @Bean
    RefusedRequests refusedRequests(JsonMapper json) {
        return new RefusedRequests(json);
    }

    @Bean
    SlowClients slowClients() {
        return new SlowClients(GRACE_OF_SLOW_CLIENTS, LEAST_BYTES_PER_SECOND);
    }

    @Bean
    OperationsEndpoint operationsEndpoint(Databases databases, EventBus events, JsonMapper json, DataAccessLog log) {
        return new OperationsEndpoint(databases, events, json, log);
    }

    /** The stuck work of each service is asked of the process that hosts it. */
    @Bean
    OperationsOfServices operationsOfServices(OperationsEndpoint here, Environment environment, BeanFactory beans) {
        return new OperationsOfServices(ofServices(Operations.class, here, environment, beans));
    }

    /** By which each service that keeps records is asked: here, or where it is hosted. */
    private static <C> Map<String, C> ofServices(
            Class<C> contract, C here, Environment environment, BeanFactory beans) {
        Set<ServiceName> elsewhere = RemoteServices.notHosted(environment);
        Map<String, C> all = new HashMap<>();
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                all.put(
                        service.word(),
                        elsewhere.contains(service)
                                ? RemoteServices.client(
                                        contract, service, RemoteServices.baseUrl(environment, service), beans)
                                : here);
            }
        }
        return all;
    }

    @Bean
    AuditRecordsEndpoint auditRecordsEndpoint(Databases databases) {
        return new AuditRecordsEndpoint(databases);
    }

    /** How long reads of personal data are kept is set by {@code cartulary.audit.data-access-days}. */
    @Bean
    DataAccessLog dataAccessLog(Environment environment) {
        return new DataAccessLog(Duration.ofDays(
                environment.getProperty("cartulary.audit.data-access-days", Long.class, DataAccessLog.KEPT.toDays())));
    }

    @Bean
    AccessLogging accessLogging(Databases databases, DataAccessLog log) {
        return new AccessLogging(databases, log);
    }

    @Bean
    WebMvcConfigurer accessReasonConfigurer(AccessLogging logging) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(logging);
            }
        };
    }

    /** The audit log of each service is asked of the process that hosts it. */
    @Bean
    AuditRecordsOfServices auditRecordsOfServices(
            AuditRecordsEndpoint here, Environment environment, BeanFactory beans) {
        return new AuditRecordsOfServices(ofServices(AuditRecords.class, here, environment, beans));
    }

    /** One component of {@code /actuator/health} for each service: its database answers. */
    @Bean
    HealthContributor servicesHealthContributor(Databases databases) {
        Map<String, HealthContributor> services = new LinkedHashMap<>();
        for (Database database : databases.opened()) {
            HealthIndicator indicator = () -> health(database);
            services.put(database.service(), indicator);
        }
        return CompositeHealthContributor.fromMap(services);
    }

    /** One component of {@code /actuator/health} for each store besides the databases that this process is told of. */
    @Bean
    HealthContributor storesHealthContributor(ObjectProvider<OutsideStore> stores) {
        Map<String, HealthContributor> contributors = new LinkedHashMap<>();
        stores.stream().forEach(store -> contributors.put(store.holds(), new HealthOfStore(store)));
        return CompositeHealthContributor.fromMap(contributors);
    }

    private static Health health(Database database) {
        try (var connection = database.workerDataSource().getConnection()) {
            return connection.isValid(HEALTH_TIMEOUT_SECONDS)
                    ? Health.up().build()
                    : Health.down().build();
        } catch (SQLException e) {
            return Health.down()
                    .withDetail("error", "the database does not answer")
                    .build();
        }
    }
}
