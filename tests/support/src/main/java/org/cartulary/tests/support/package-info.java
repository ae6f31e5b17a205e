/** What the tests that span services stand on: running platforms, buyers, merchants, and waiting for others. */
@NullMarked
package org.cartulary.tests.support;

import org.jspecify.annotations.NullMarked;
