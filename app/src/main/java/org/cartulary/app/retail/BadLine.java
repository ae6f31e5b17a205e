package org.cartulary.app.retail;

/** A line of the file that cannot be read, and why. */
record BadLine(long lineNumber, String reason) {}
