package org.cartulary.pages;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The templates and texts of one site: {@code pages/SITE/*.html} and {@code pages/SITE/messages*.properties} on the class path, and
 * those of all sites in {@code pages/shared/}; a text of a site comes before one of all. They are read once. Thread-safe.
 */
public final class PageTemplates {

    private static final String SHARED = "shared";

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

    /** Those of the site, such as {@code storefront}. */
    public PageTemplates(String site) {
        messages.setBasenames("pages/" + site + "/messages", "pages/" + SHARED + "/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        ClassLoaderTemplateResolver shared = files("pages/");
        shared.setResolvablePatterns(Set.of(SHARED + "/*"));
        shared.setOrder(1);
        ClassLoaderTemplateResolver own = files("pages/" + site + "/");
        own.setOrder(2);
        engine.setTemplateResolvers(Set.of(shared, own));
        engine.setTemplateEngineMessageSource(messages);
        engine.setEnableSpringELCompiler(true);
        engine.setLinkBuilder(new LinksFromTheRoot());
    }

    private static ClassLoaderTemplateResolver files(String folder) {
        ClassLoaderTemplateResolver files = new ClassLoaderTemplateResolver(PageTemplates.class.getClassLoader());
        files.setPrefix(folder);
        files.setSuffix(".html");
        files.setTemplateMode(TemplateMode.HTML);
        files.setCharacterEncoding("UTF-8");
        files.setCacheable(true);
        return files;
    }

    /**
     * A page, or a part of it.
     *
     * @param fragment the one fragment of the template that is wanted, {@code null} for the whole
     */
    String render(String template, @Nullable String fragment, Locale locale, Map<String, ?> model) {
        Context context = new Context(locale, new HashMap<>(model));
        return engine.process(template, fragment == null ? null : Set.of(fragment), context);
    }

    /** A text, or {@code null} where there is none of this name. */
    @Nullable String text(String name, Locale locale, @Nullable Object... arguments) {
        return messages.getMessage(name, arguments, null, locale);
    }

    /** Sites stand at the root of their host: nothing is put before what a template says. */
    private static final class LinksFromTheRoot extends StandardLinkBuilder {

        @Override
        protected String computeContextPath(IExpressionContext context, String base, Map<String, Object> parameters) {
            return "";
        }

        @Override
        protected String processLink(IExpressionContext context, String link) {
            return link;
        }
    }
}
