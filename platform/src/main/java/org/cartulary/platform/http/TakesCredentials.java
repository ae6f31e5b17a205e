package org.cartulary.platform.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that callers of an endpoint show, guess or ask for what lets somebody in: a password, a code, a token that was mailed. It
 * is limited more strictly than others, by the address of the caller ({@link EdgeSettings.Limits#credentials}).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesCredentials {}
