/** Who did what that is critical, in chains that show when somebody has altered them; and who read whose personal data. */
@NullMarked
package org.cartulary.platform.audit;

import org.jspecify.annotations.NullMarked;
