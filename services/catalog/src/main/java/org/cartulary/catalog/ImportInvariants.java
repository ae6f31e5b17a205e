package org.cartulary.catalog;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds of the imports of all shops. */
final class ImportInvariants {

    static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "import-errors-are-counted",
                    "an import has refused as many lines as it tells errors of",
                    """
                    (SELECT i.tenant_id, i.id, i.lines_failed, (
                        SELECT count(DISTINCT e.line) FROM product_import_errors e
                        WHERE e.tenant_id = i.tenant_id AND e.import_id = i.id) AS told
                    FROM product_imports i) i""",
                    "i.lines_failed <> i.told",
                    "format('import %s of tenant %s: %s refused, %s told', i.id, i.tenant_id, i.lines_failed, i.told)"),
            new SqlInvariant(
                    "imports-that-ended-keep-no-file",
                    "the file of an import goes when it ends",
                    """
                    (SELECT p.tenant_id, p.import_id, i.state
                    FROM product_import_parts p
                    JOIN product_imports i ON i.tenant_id = p.tenant_id AND i.id = p.import_id) p""",
                    "p.state IN ('completed', 'failed', 'cancelled')",
                    "format('import %s of tenant %s is %s', p.import_id, p.tenant_id, p.state)"));

    private ImportInvariants() {}
}
