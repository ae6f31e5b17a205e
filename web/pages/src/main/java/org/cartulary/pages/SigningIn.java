package org.cartulary.pages;

import java.util.HashMap;
import java.util.Map;

/** Signs in with the fields {@code email}, {@code password} and perhaps {@code secondFactor} of a form. Thread-safe. */
public final class SigningIn {

    private SigningIn() {}

    private record Session(String refreshToken) {

        @Override
        public String toString() {
            return "Session[]";
        }
    }

    /** Whether it worked; then the visit is that of whoever has signed in. */
    public static Outcome<Api.Nothing> with(Visit visit) {
        Map<String, Object> credentials = new HashMap<>();
        credentials.put("email", visit.field("email"));
        credentials.put("password", visit.secret("password"));
        String secondFactor = visit.fieldOrNull("secondFactor");
        if (secondFactor != null) {
            credentials.put("secondFactor", secondFactor);
        }
        return switch (visit.apiOfVisitor().post(ApiPath.of("store/sessions"), credentials, Session.class)) {
            case Outcome.Done<Session>(Session session) -> {
                if (!visit.signIn(session.refreshToken())) {
                    // It was good a moment ago: somebody has ended the session meanwhile.
                    throw ApiException.signInFirst();
                }
                yield new Outcome.Done<>(Api.Nothing.NOTHING);
            }
            case Outcome.Refused<Session>(Problem problem) -> new Outcome.Refused<>(problem);
        };
    }
}
