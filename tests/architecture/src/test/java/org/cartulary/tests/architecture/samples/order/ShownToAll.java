package org.cartulary.tests.architecture.samples.order;

/** Wrong: it is public. */
public record ShownToAll(int lines) {}
