package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The table by which nginx finds the service of a path, compared with what the services' controllers answer. */
@Tag("PLT-14")
class RoutesTest {

    private static final Path FOLDER = Path.of("..", "deploy", "many-processes");

    /** One line: a regular expression and the service. */
    private record Route(Pattern paths, String service) {}

    @Test
    void everyPathOfEveryServiceIsRoutedToIt() throws ReflectiveOperationException, IOException {
        Map<String, String> wrong = new TreeMap<>();
        List<Route> routes = routes();
        int paths = 0;
        for (ServiceName service : ServiceName.values()) {
            for (String path : paths(service)) {
                paths++;
                String routed = serviceOf(path, routes);
                if (!routed.equals(service.word())) {
                    wrong.put(path, "answered by " + service.word() + ", routed to " + routed);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(paths).isGreaterThan(40);
    }

    @Test
    void nothingThatIsNotPublicIsRouted() throws IOException {
        for (String path : List.of(
                "/internal/events", "/internal/inventory/reservations", "/actuator/health", "/internal", "/docs")) {
            assertThat(serviceOf(path, routes())).as(path).isEqualTo("none");
        }
    }

    @Test
    void pagesAreRoutedToTheirSite() throws IOException {
        for (String path : List.of("/", "/search", "/products/blue-teapot", "/assets/0a/shop.css", "/documents")) {
            assertThat(serviceOf(path, routes())).as(path).isEqualTo("storefront");
        }
        for (String path : List.of("/admin", "/admin/orders/1", "/admin/assets/0a/admin.css")) {
            assertThat(serviceOf(path, routes())).as(path).isEqualTo("admin");
        }
    }

    @Test
    void everyServiceRunsInSomeProcess() throws IOException {
        assertThat(lines("processes.conf").flatMap(line -> ServiceName.parse(line).stream()))
                .contains(ServiceName.values());
    }

    private static List<Route> routes() throws IOException {
        return lines("routes.conf")
                .map(line -> line.split("\\s+", -1))
                .map(words -> new Route(Pattern.compile(words[0].substring(1)), words[1].replace(";", "")))
                .toList();
    }

    private static Stream<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    private static String serviceOf(String path, List<Route> routes) {
        return routes.stream()
                .filter(route -> route.paths().matcher(path).find())
                .map(Route::service)
                .findFirst()
                .orElse("none");
    }

    private static List<String> paths(ServiceName service) throws ReflectiveOperationException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        List<String> paths = new ArrayList<>();
        String services = service.configuration().getPackageName();
        for (var candidate : scanner.findCandidateComponents(services)) {
            Class<?> controller = Class.forName(candidate.getBeanClassName());
            RequestMapping whole = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
            String prefix = whole == null || whole.path().length == 0 ? "" : whole.path()[0];
            Arrays.stream(controller.getDeclaredMethods())
                    .map(method -> AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class))
                    .filter(mapping -> mapping != null)
                    .flatMap(mapping -> mapping.path().length == 0 ? Stream.of("") : Arrays.stream(mapping.path()))
                    .map(path -> (prefix + path).replaceAll("\\{[^}]+}", "0199"))
                    .filter(path -> path.startsWith("/api/"))
                    .forEach(paths::add);
        }
        return paths;
    }
}
