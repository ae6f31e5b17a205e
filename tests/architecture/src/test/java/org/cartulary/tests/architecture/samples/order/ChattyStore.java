package org.cartulary.tests.architecture.samples.order;

import org.springframework.http.HttpStatus;

/** Wrong: a store that knows the web. */
class ChattyStore {

    HttpStatus found() {
        return HttpStatus.OK;
    }
}
