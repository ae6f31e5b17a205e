package org.cartulary.catalog;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.UnboundedSql;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All products of the shop as a file. */
@RestController
@RequestMapping("/api/v1/admin/product-export")
@RequirePermission(Permissions.CATALOG_BULK)
final class ProductExportController {

    private final ExportingProducts exporting;

    ProductExportController(ExportingProducts exporting) {
        this.exporting = exporting;
    }

    /** Sends the file as it is read; one that breaks off is not complete. */
    @GetMapping
    @UnboundedSql("it reads all products, a page at a time")
    void export(@RequestParam(name = "format", defaultValue = "csv") String format, HttpServletResponse response)
            throws IOException {
        FileFormat wanted = FileFormat.named(format);
        response.setContentType(wanted.mediaType());
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"products." + wanted.key() + "\"");
        exporting.export(wanted, response.getOutputStream());
    }
}
