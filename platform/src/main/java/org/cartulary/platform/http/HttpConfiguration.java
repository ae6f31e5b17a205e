package org.cartulary.platform.http;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import org.cartulary.platform.database.Database;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP side of a process. Whoever imports it provides {@link HttpSettings}, {@link EdgeSettings}, an
 * {@link AccessVerifier} and a {@link MeterRegistry}.
 */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    /** Reads events, stored answers and what other services answer; requests are read strictly instead. */
    @Bean
    JsonMapper jsonMapper() {
        return ApiJson.tolerant();
    }

    @Bean
    Cursors cursors(HttpSettings settings) {
        return new Cursors(settings.secretsInBytes());
    }

    @Bean
    ServiceContextCodec serviceContextCodec(HttpSettings settings) {
        return new ServiceContextCodec(settings.secretsInBytes(), settings.processName());
    }

    @Bean
    ServiceCallInterceptor serviceCallInterceptor(ServiceContextCodec codec) {
        return new ServiceCallInterceptor(codec, Database::requireNoTransaction);
    }

    @Bean
    RemoteProblems remoteProblems(JsonMapper json) {
        return new RemoteProblems(json);
    }

    @Bean
    ContextFilter contextFilter(
            AccessVerifier verifier,
            ServiceContextCodec codec,
            ProblemAnswers problems,
            HttpSettings settings,
            ObjectProvider<LargeBody> largeBodies) {
        return new ContextFilter(
                verifier,
                codec,
                problems,
                settings.maxRequestBytes(),
                largeBodies.stream().toList());
    }

    @Bean
    CallLimits callLimits(EdgeSettings settings, MeterRegistry meters, ObjectProvider<PageSite> sites) {
        return new CallLimits(
                settings, TimeMeter.SYSTEM_NANOTIME, meters, sites.stream().toList());
    }

    @Bean
    EdgeFilter edgeFilter(
            EdgeSettings settings, CallLimits limits, ProblemAnswers problems, ObjectProvider<PageSite> sites) {
        return new EdgeFilter(settings, limits, problems, sites.stream().toList());
    }

    @Bean
    ProblemAnswers problemAnswers(JsonMapper json, ObjectProvider<ProblemPages> pages) {
        return new ProblemAnswers(json, pages);
    }

    @Bean
    ProblemHandler problemHandler(ProblemAnswers problems) {
        return new ProblemHandler(problems);
    }

    /** In place of the one that Spring Boot would make: it takes a bean of this name. */
    @Bean
    ApiDispatcherServlet dispatcherServlet() {
        return new ApiDispatcherServlet();
    }

    @Bean
    SqlBudgets sqlBudgets(MeterRegistry meters, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new SqlBudgets(meters, mappings);
    }

    @Bean
    AccessDeclarations accessDeclarations(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new AccessDeclarations(mappings);
    }

    @Bean
    WebMvcConfigurer apiMvcConfigurer(SqlBudgets budgets, CallLimits limits) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(budgets);
                registry.addInterceptor(limits);
                registry.addInterceptor(new AccessInterceptor());
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                RequestTimes.addTo(registry);
            }

            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
                builder.addCustomConverter(new JsonDocumentConverter());
                builder.withJsonConverter(new JacksonJsonHttpMessageConverter(ApiJson.strict()));
            }
        };
    }
}
