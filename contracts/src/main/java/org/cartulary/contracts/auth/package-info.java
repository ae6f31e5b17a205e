/** What services may know of identities: public keys, API keys, and the people who registered. */
@NullMarked
package org.cartulary.contracts.auth;

import org.jspecify.annotations.NullMarked;
