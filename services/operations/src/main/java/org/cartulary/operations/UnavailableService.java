package org.cartulary.operations;

/** A service that did not answer, so that nobody knows what is stuck there. */
record UnavailableService(String service, String detail) {}
