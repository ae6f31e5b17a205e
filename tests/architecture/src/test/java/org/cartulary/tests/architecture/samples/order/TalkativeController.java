package org.cartulary.tests.architecture.samples.order;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.PageInfo;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
class TalkativeController {

    private static final Guest GUEST = new Guest(new UUID(0, 1), "ada@example.com");

    record Guest(
            UUID id, @Personal(PersonalDataCategory.EMAIL) String contact) implements AboutPerson {
        @Override
        public DataSubject dataSubject() {
            return DataSubject.of("guest", id, null);
        }
    }

    record Nobodys(@Personal(PersonalDataCategory.EMAIL) String contact) {}

    record Named(String email) {}

    record Anything(Map<String, Object> all) {}

    record Harmless(@NotPersonal("of a machine") String address) {}

    @GetMapping("/undeclared")
    @SqlBudget(statements = 2, transactions = 1)
    Page<Guest> undeclared() {
        return new Page<>(List.of(GUEST), new PageInfo(null, false));
    }

    @GetMapping("/declared")
    @SqlBudget(statements = 4, transactions = 2)
    @DisclosesPersonalData
    ResponseEntity<Guest> declared() {
        return ResponseEntity.ok(GUEST);
    }

    @GetMapping("/of-nobody")
    @SqlBudget(statements = 4, transactions = 2)
    @DisclosesPersonalData
    Nobodys ofNobody() {
        return new Nobodys(GUEST.contact());
    }

    @GetMapping("/by-its-name")
    @SqlBudget(statements = 2, transactions = 1)
    Named byItsName() {
        return new Named(GUEST.contact());
    }

    @GetMapping("/anything")
    @SqlBudget(statements = 2, transactions = 1)
    Anything anything() {
        return new Anything(Map.of());
    }

    @GetMapping("/archive")
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<byte[]> archive() {
        return ResponseEntity.ok(new byte[0]);
    }

    @GetMapping("/stream")
    @SqlBudget(statements = 2, transactions = 1)
    StreamingResponseBody stream() {
        return out -> out.write(0);
    }

    @GetMapping("/text")
    @SqlBudget(statements = 2, transactions = 1)
    String text() {
        return GUEST.contact();
    }

    @GetMapping("/declared-archive")
    @SqlBudget(statements = 2, transactions = 1)
    @DisclosesPersonalData(loggedWhereRead = true)
    byte[] fileThatIsDeclared() {
        return new byte[0];
    }

    @GetMapping("/harmless")
    @SqlBudget(statements = 2, transactions = 1)
    Harmless harmless() {
        return new Harmless("here");
    }
}
