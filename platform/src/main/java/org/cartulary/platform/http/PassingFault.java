package org.cartulary.platform.http;

/** A fault of which its thrower knows that it passes by itself. */
public interface PassingFault {}
