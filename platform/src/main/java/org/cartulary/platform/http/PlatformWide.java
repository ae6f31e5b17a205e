package org.cartulary.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The endpoint works outside all tenants, such as one that creates a tenant; every other endpoint is answered 404 {@code
 * unknown-shop} where the request has no tenant. Together with {@link RequirePermission} only the platform's operators get
 * in: a permission that a tenant has given reaches no further than the tenant. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface PlatformWide {}
