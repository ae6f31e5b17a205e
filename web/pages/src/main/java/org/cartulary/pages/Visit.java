package org.cartulary.pages;

import java.net.URI;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** One request to a site: what was asked, who asks, and the ways to answer. For one thread. */
public final class Visit {

    /** The cookie of the language that a visitor has chosen. */
    static final String LANGUAGE = "language";

    private static final int MOST_CHARACTERS_OF_A_KEY = 255;
    private static final String SECONDS_TO_ASK_AGAIN = "2";
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final Site site;
    private final ServerRequest request;
    private final CookieJar cookies;
    private final SignedIn signedIn;
    private final Locale locale;
    private final Map<Class<?>, Object> remembered = new HashMap<>();
    private @Nullable FormProblem refusal;

    Visit(Site site, ServerRequest request) {
        this.site = site;
        this.request = request;
        this.cookies = new CookieJar(request, site.pages().path(), site.behindTls());
        this.signedIn = new SignedIn(site.sessions(), cookies, site.sessionCookie());
        this.locale = chosenLocale();
    }

    private Locale chosenLocale() {
        String chosen = cookies.find(LANGUAGE);
        if (chosen != null) {
            for (Locale language : site.languages()) {
                if (language.getLanguage().equals(chosen)) {
                    return language;
                }
            }
        }
        Locale understood = Locale.lookup(Browsers.languages(request), site.languages());
        return understood == null ? site.languages().getFirst() : understood;
    }

    /** The request itself. */
    public ServerRequest request() {
        return request;
    }

    /** What the browser keeps. */
    public CookieJar cookies() {
        return cookies;
    }

    /** The language in which it is answered. */
    public Locale locale() {
        return locale;
    }

    /** How amounts and times are written: as in the visitor's country, where the browser names one that speaks the language. */
    public Formats formats() {
        return formats(ZoneId.systemDefault());
    }

    /** As {@link #formats()}, in the days and hours of a zone. */
    public Formats formats(ZoneId zone) {
        Locale local = Browsers.languages(request).stream()
                .map(range -> Locale.forLanguageTag(range.getRange()))
                .filter(asked -> asked.getLanguage().equals(locale.getLanguage())
                        && !asked.getCountry().isEmpty())
                .findFirst()
                .orElse(locale.equals(Locale.ENGLISH) ? Locale.UK : locale);
        return new Formats(local, zone);
    }

    /** A text of the site in the visitor's language; its name where there is none. */
    public String text(String name, @Nullable Object... arguments) {
        String text = textOrNull(name, arguments);
        return text == null ? name : text;
    }

    /** A text of the site in the visitor's language, {@code null} where there is none. */
    public @Nullable String textOrNull(String name, @Nullable Object... arguments) {
        return site.templates().text(name, locale, arguments);
    }

    /** What an error of this code is called, {@code null} where the site has no words of its own for it. */
    public @Nullable String textOfProblem(Problem problem) {
        return site.templates().text("problem." + problem.code(), locale);
    }

    /** Who has signed in, {@code null} if nobody has. */
    public @Nullable PageSession session() {
        return signedIn.session();
    }

    /**
     * Signs in with a refresh token that a log-in has just been answered with, for as long as the browser runs.
     *
     * @return whether it was good
     */
    public boolean signIn(String refreshToken) {
        return signedIn.open(refreshToken);
    }

    /** Whether the visitor had signed in, and the session has ended meanwhile. */
    public boolean hasLostSession() {
        return signedIn.hasLostSession();
    }

    void forgetSession() {
        signedIn.forget();
    }

    /** Signs out. */
    public void signOut() {
        signedIn.end();
    }

    /** The public API, as whoever has signed in, or as a visitor without an account. */
    public Api api() {
        PageSession session = session();
        Api visitor = apiOfVisitor();
        return session == null ? visitor : visitor.withAccessToken(session.accessToken());
    }

    /** The public API as a visitor without an account, whoever has signed in: what everybody may know is answered from memory. */
    public Api apiOfVisitor() {
        String host = request.headers().firstHeader("Host");
        return Api.of(site.api(), host == null ? "localhost" : host, traceParent())
                .withUserAgent(request.headers().firstHeader("User-Agent"));
    }

    private static String traceParent() {
        return "00-" + RequestContext.current().traceId() + "-" + "0".repeat(15) + "1-00";
    }

    /** A part of the path. */
    public String path(String name) {
        return request.pathVariable(name);
    }

    /** A parameter of the address or a field of the form, without blanks around it; empty if it is missing. */
    public String field(String name) {
        return request.param(name).map(String::strip).orElse("");
    }

    /** A field as it was typed: a password may begin with a blank. */
    public String secret(String name) {
        return request.param(name).orElse("");
    }

    /** A field, {@code null} if it is missing or empty. */
    public @Nullable String fieldOrNull(String name) {
        String value = field(name);
        return value.isEmpty() ? null : value;
    }

    /** All values of a field that are not empty. */
    public List<String> fields(String name) {
        return request.params().getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The key under which what the form says is done once; a new one where it has none. */
    public String key() {
        String key = field("key");
        return key.isEmpty() || key.length() > MOST_CHARACTERS_OF_A_KEY ? newKey() : key;
    }

    /** A key for a form that is shown now. */
    public String newKey() {
        return Ids.next().toString();
    }

    /** The form of the page that is sent to this path. */
    public SentForm sent(String action) {
        return new SentForm(this, request.path().equals(action) ? refusal : null);
    }

    /** The only form of the page. */
    public SentForm sent() {
        return new SentForm(this, refusal);
    }

    /** Whether the field is there, as that of a check box that is ticked. */
    public boolean has(String name) {
        return request.param(name).isPresent();
    }

    /** A whole number in a field. */
    public int number(String name, int otherwise) {
        String value = field(name);
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }

    /** Whether a script asks for a part of the page (htmx), and not a browser for the whole. */
    public boolean wantsFragment() {
        return request.headers().firstHeader("HX-Request") != null
                && request.headers().firstHeader("HX-History-Restore-Request") == null;
    }

    /** What has been found out in this visit already, or is found out now. */
    public <T> T remember(Class<T> what, Supplier<T> question) {
        Object known = remembered.get(what);
        if (known == null) {
            known = question.get();
            remembered.put(what, known);
        }
        return what.cast(known);
    }

    /** Answers with a page. */
    public ServerResponse page(String template, Map<String, ?> model) {
        return page(HttpStatus.OK, template, model);
    }

    /** Answers with a page under a status. */
    public ServerResponse page(HttpStatusCode status, String template, Map<String, ?> model) {
        String html = render(template, model);
        return html(ServerResponse.status(status), html, isPersonal());
    }

    /** Answers with a page, and with what was wrong with the form before, if anything was, under the status of that refusal. */
    public ServerResponse page(String template, Map<String, ?> model, @Nullable Problem problem) {
        Map<String, Object> all = new HashMap<>(model);
        refusal = problem == null ? null : FormProblem.of(this, problem);
        all.put("problem", refusal);
        return page(problem == null ? HttpStatus.OK : HttpStatusCode.valueOf(problem.status()), template, all);
    }

    /** Answers that there is nothing at this address, with all that stands around every page. */
    public ServerResponse notFound() {
        return page(HttpStatus.NOT_FOUND, "not-found", Map.of());
    }

    /** Leads on after a change that was done; shows the page with what is wrong after one that was refused. */
    public ServerResponse after(Outcome<?> outcome, String done, Function<Problem, ServerResponse> refused) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> redirect(done);
            case Outcome.Refused<?>(Problem problem) -> refused.apply(problem);
        };
    }

    /** Answers with a page of something that goes on; the browser asks for it again after two seconds. */
    public ServerResponse pageThatAsksAgain(String template, Map<String, ?> model) {
        return html(ServerResponse.ok().header("Refresh", SECONDS_TO_ASK_AGAIN), render(template, model), true);
    }

    /** Whoever has a session or a cart leaves nothing of it behind in the browser. */
    private boolean isPersonal() {
        return cookies.hasOthersThan(LANGUAGE);
    }

    private String render(String template, Map<String, ?> model) {
        Map<String, Object> all = basics();
        Shop shop = Shop.of(this);
        all.put("shop", shop);
        // Times are told as they are where the shop is.
        all.put("fmt", formats(shop.timeZone()));
        all.put("person", session());
        all.put("here", Paths.asked(this));
        all.putAll(site.common().of(this));
        all.putAll(model);
        return site.templates().render(template, null, locale, all);
    }

    /** Answers with a part of a page, for a script that puts it in its place. */
    public ServerResponse fragment(String template, String fragment, Map<String, ?> model) {
        Map<String, Object> all = basics();
        all.putAll(model);
        return html(ServerResponse.ok(), site.templates().render(template, fragment, locale, all), true);
    }

    /** Answers with the page {@code error}. */
    ServerResponse errorPage(HttpStatus status, String code, String traceId, @Nullable Integer retryAfterSeconds) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(status);
        if (retryAfterSeconds != null) {
            answer.header("Retry-After", retryAfterSeconds.toString());
        }
        return html(answer, errorHtml(status, code, traceId), true);
    }

    /** The page {@code error}, which asks nobody anything: the API may be what does not answer. */
    String errorHtml(HttpStatus status, String code, String traceId) {
        String kind = status.is5xxServerError() ? "error.5xx" : "error.4xx";
        String named = "error." + code;
        Map<String, Object> model = basics();
        model.put("status", status.value());
        model.put("title", textOr(named + ".title", kind + ".title"));
        model.put("words", textOr(named, kind));
        model.put("traceId", status.is5xxServerError() ? traceId : null);
        return site.templates().render("error", null, locale, model);
    }

    private String textOr(String name, String otherwise) {
        String text = textOrNull(name);
        return text == null ? text(otherwise) : text;
    }

    private Map<String, Object> basics() {
        Map<String, Object> basics = new HashMap<>();
        basics.put("visit", this);
        basics.put("fmt", formats());
        basics.put("assets", site.assets());
        basics.put("language", locale.getLanguage());
        basics.put("languages", site.languages());
        return basics;
    }

    private ServerResponse html(ServerResponse.BodyBuilder answer, String html, boolean personal) {
        return withCookies(answer)
                .contentType(HTML)
                .header("Vary", "HX-Request, Cookie, Accept-Language")
                .cacheControl(
                        personal
                                ? CacheControl.noStore()
                                : CacheControl.noCache().cachePrivate())
                .body(html);
    }

    /** Answers that the browser looks there next: what was sent is not sent again when the page is loaded anew. */
    public ServerResponse redirect(String path) {
        return withCookies(ServerResponse.status(HttpStatus.SEE_OTHER))
                .location(URI.create(path))
                .build();
    }

    /** Answers with a file. */
    public ServerResponse file(ApiFile file, String name) {
        return withCookies(ServerResponse.ok())
                .contentType(MediaType.parseMediaType(file.contentType()))
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .cacheControl(CacheControl.noStore())
                .body(file.content());
    }

    private ServerResponse.BodyBuilder withCookies(ServerResponse.BodyBuilder answer) {
        cookies.changes().forEach(cookie -> answer.header("Set-Cookie", cookie.toString()));
        return answer;
    }
}
