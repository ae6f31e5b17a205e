/** The few pure functions that every purchase calls, measured alone with JMH. */
@NullMarked
package org.cartulary.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
