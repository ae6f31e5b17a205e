package org.cartulary.tests.architecture.samples.order;

/** Wrong: its name says nothing. */
class StockManager {}
