package org.cartulary.operations;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.operations.ActOnStuckWork;
import org.cartulary.platform.operations.FindOperatorActions;
import org.cartulary.platform.operations.FindStuckWork;
import org.cartulary.platform.operations.Operations;
import org.cartulary.platform.operations.OperatorAct;
import org.cartulary.platform.operations.OperatorAction;
import org.cartulary.platform.operations.StuckKind;
import org.cartulary.platform.operations.StuckWork;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stuck work of all services, for the platform's operators. */
@RestController
@RequestMapping("/api/v1/admin")
@PlatformWide
@RequirePermission(Permissions.OPERATIONS_RUN)
final class StuckWorkController {

    private static final Comparator<StuckWork> OLDEST_FIRST = Comparator.comparing(StuckWork::since)
            .thenComparing(work -> work.id().toString());
    private static final Comparator<OperatorAction> LATEST_FIRST = Comparator.comparing(OperatorAction::actedAt)
            .thenComparing(action -> action.id().toString())
            .reversed();

    private final AskingServices<Operations> services;
    private final Cursors cursors;

    StuckWorkController(AskingServices<Operations> services, Cursors cursors) {
        this.services = services;
        this.cursors = cursors;
    }

    /** A place in a list. */
    private record Place(@Nullable Instant time, @Nullable UUID id) {}

    @GetMapping("/stuck-work")
    @SqlBudget(statements = 60, transactions = 24)
    StuckWorkList list(
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String scope = "stuck-work?service=" + service + "&kind=" + kind;
        int length = Pages.limit(limit);
        Place after = place(scope, cursor);
        var query = new FindStuckWork(kind == null ? null : kind("?kind", kind), after.time(), after.id(), length + 1);
        AskingServices.Answers<StuckWork> answers =
                services.ask(service, (operations, name) -> operations.find(name, query), OLDEST_FIRST);
        Page<StuckWork> page = Pages.of(answers.rows(), length, work -> cursor(scope, work.since(), work.id()));
        return new StuckWorkList(page.items(), page.page(), answers.unavailable());
    }

    @PostMapping("/stuck-work/{service}/{kind}/{id}/retries")
    @Audited("stuck-work.retry")
    @SqlBudget(statements = 8, transactions = 2)
    @DisclosesPersonalData(loggedWhereRead = true)
    @IdempotentByNature("what is tried again at once is tried again at once")
    @ResponseStatus(HttpStatus.CREATED)
    OperatorAction retry(
            @PathVariable String service,
            @PathVariable String kind,
            @PathVariable UUID id,
            @Valid @RequestBody Decision decision) {
        return act(service, kind, id, OperatorAct.RETRY, decision);
    }

    @PostMapping("/stuck-work/{service}/{kind}/{id}/compensations")
    @Audited("stuck-work.compensate")
    @SqlBudget(statements = 6, transactions = 2)
    @DisclosesPersonalData(loggedWhereRead = true)
    @IdempotentByNature("what is being undone goes on being undone")
    @ResponseStatus(HttpStatus.CREATED)
    OperatorAction compensate(
            @PathVariable String service,
            @PathVariable String kind,
            @PathVariable UUID id,
            @Valid @RequestBody Decision decision) {
        return act(service, kind, id, OperatorAct.COMPENSATE, decision);
    }

    @PostMapping("/stuck-work/{service}/{kind}/{id}/skips")
    @Audited("stuck-work.skip")
    @SqlBudget(statements = 8, transactions = 2)
    @DisclosesPersonalData(loggedWhereRead = true)
    @IdempotentByNature("a step is skipped when it has failed since the last decision, an event is dropped once")
    @ResponseStatus(HttpStatus.CREATED)
    OperatorAction skip(
            @PathVariable String service,
            @PathVariable String kind,
            @PathVariable UUID id,
            @Valid @RequestBody Decision decision) {
        return act(service, kind, id, OperatorAct.SKIP, decision);
    }

    @GetMapping("/operator-actions")
    @SqlBudget(statements = 48, transactions = 24)
    @DisclosesPersonalData(loggedWhereRead = true)
    OperatorActionList actions(
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String scope = "operator-actions?service=" + service;
        int length = Pages.limit(limit);
        Place before = place(scope, cursor);
        var query = new FindOperatorActions(before.time(), before.id(), length + 1);
        AskingServices.Answers<OperatorAction> answers =
                services.ask(service, (operations, name) -> operations.actions(name, query), LATEST_FIRST);
        Page<OperatorAction> page =
                Pages.of(answers.rows(), length, action -> cursor(scope, action.actedAt(), action.id()));
        return new OperatorActionList(page.items(), page.page(), answers.unavailable());
    }

    private OperatorAction act(String service, String kind, UUID id, OperatorAct act, Decision decision) {
        return services.of(service)
                .act(service, new ActOnStuckWork(kind("{kind}", kind), id, act, decision.reason(), decision.version()));
    }

    private static StuckKind kind(String place, String word) {
        return Arrays.stream(StuckKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("invalid-parameter", "a parameter cannot be read")
                        .with(place, "invalid-value", "this has to be saga or event"));
    }

    private String cursor(String scope, Instant time, UUID id) {
        return cursors.encode(scope, List.of(time.toString(), id.toString()));
    }

    private Place place(String scope, @Nullable String cursor) {
        if (cursor == null) {
            return new Place(null, null);
        }
        List<String> keys = cursors.decode(scope, cursor);
        return new Place(Instant.parse(keys.getFirst()), UUID.fromString(keys.getLast()));
    }
}
