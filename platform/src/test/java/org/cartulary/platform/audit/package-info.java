/** Tests of the audit log and of the log of reads. */
@NullMarked
package org.cartulary.platform.audit;

import org.jspecify.annotations.NullMarked;
