package org.cartulary.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.contracts.auth.PageSessionsApi;
import org.cartulary.platform.http.PageSite;

/**
 * One site of pages: where it is, what it looks like, and what it asks.
 *
 * @param pages the paths that are its own
 * @param templates its templates and texts
 * @param assets its styles and scripts
 * @param languages in which its texts are, the first for those who understand none of them
 * @param sessionCookie under which browsers keep the page session
 * @param api the public API
 * @param sessions who is signed in
 * @param behindTls whether browsers may send its cookies over TLS only
 * @param common what every page of it shows besides the shop and who has signed in
 */
public record Site(
        PageSite pages,
        PageTemplates templates,
        Assets assets,
        List<Locale> languages,
        String sessionCookie,
        ApiCalls api,
        PageSessionsApi sessions,
        boolean behindTls,
        Common common) {

    public Site {
        languages = List.copyOf(languages);
    }

    /** What every page of a site shows besides what all sites do. */
    @FunctionalInterface
    public interface Common {

        /** From the names that templates use to what they show. */
        Map<String, Object> of(Visit visit);
    }
}
