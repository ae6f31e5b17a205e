package org.cartulary.tests.architecture.samples.contracts;

import org.springframework.http.HttpEntity;

/** Wrong: it shows Spring's own types. */
public interface ClumsyApi {

    /** Counts. */
    HttpEntity<String> count();
}
