package org.cartulary.tests.architecture.samples.order;

/** Wrong: money in binary fractions; the weight may be. */
record RoundedPrice(double unitPrice, double weight) {}
