/** What hangs on the secrets of the installation, which every service that keeps such things can tell. */
@NullMarked
package org.cartulary.contracts.secrets;

import org.jspecify.annotations.NullMarked;
