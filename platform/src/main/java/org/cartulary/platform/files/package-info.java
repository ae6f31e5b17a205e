/** Files of shops, such as pictures, which are named by their content. */
@org.jspecify.annotations.NullMarked
package org.cartulary.platform.files;
