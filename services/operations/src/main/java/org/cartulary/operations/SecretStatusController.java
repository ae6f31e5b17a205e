package org.cartulary.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.secrets.KeepsUnderSecret;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What hangs on which secret of the installation, over all services that keep such things, for the platform's operators. */
@RestController
final class SecretStatusController {

    private final AskingServices<KeepsUnderSecret> services;

    SecretStatusController(AskingServices<KeepsUnderSecret> services) {
        this.services = services;
    }

    private record Answer(String service, SecretUses uses) {}

    @GetMapping("/api/v1/admin/installation-secret")
    @SqlBudget(statements = 4, transactions = 2)
    @PlatformWide
    @RequirePermission(Permissions.OPERATIONS_RUN)
    SecretStatus status() {
        AskingServices.Answers<Answer> answers = services.ask(
                null,
                (service, name) -> List.of(new Answer(name, service.secretUses())),
                Comparator.comparing(Answer::service));
        SequencedSet<String> used = new LinkedHashSet<>();
        SequencedSet<String> ids = new LinkedHashSet<>();
        answers.rows().forEach(answer -> used.add(answer.uses().used()));
        ids.addAll(used);
        answers.rows().forEach(answer -> ids.addAll(answer.uses().understood()));
        Set<String> known = Set.copyOf(ids);
        answers.rows().forEach(answer -> answer.uses().uses().forEach(use -> ids.add(use.secretId())));
        List<SecretStatus.NamedSecret> secrets = ids.stream()
                .map(id -> new SecretStatus.NamedSecret(id, standing(id, used, known), uses(id, answers.rows())))
                .toList();
        boolean hangsOnOne = used.size() == 1
                && secrets.stream()
                        .allMatch(secret -> secret.uses().isEmpty() || secret.standing() == SecretStatus.Standing.USED);
        return new SecretStatus(secrets, hangsOnOne && answers.unavailable().isEmpty(), answers.unavailable());
    }

    private static SecretStatus.Standing standing(String id, Set<String> used, Set<String> known) {
        if (used.contains(id)) {
            return SecretStatus.Standing.USED;
        }
        return known.contains(id) ? SecretStatus.Standing.UNDERSTOOD : SecretStatus.Standing.UNKNOWN;
    }

    private static List<SecretStatus.ServiceUse> uses(String id, List<Answer> answers) {
        List<SecretStatus.ServiceUse> uses = new ArrayList<>();
        for (Answer answer : answers) {
            uses.addAll(answer.uses().uses().stream()
                    .filter(use -> use.secretId().equals(id))
                    .map(use -> new SecretStatus.ServiceUse(answer.service(), use.kind(), use.count()))
                    .toList());
        }
        return uses;
    }
}
