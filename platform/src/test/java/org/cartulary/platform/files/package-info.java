/** Tests of files. */
@org.jspecify.annotations.NullMarked
package org.cartulary.platform.files;
