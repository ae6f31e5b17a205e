/** The pages as people use them: in a Chromium that is driven by Playwright. */
@NullMarked
package org.cartulary.tests.browser;

import org.jspecify.annotations.NullMarked;
