package dev.fettle.server.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What every element of a list of any JSON should be. It is the route that looks at them, one by one, so
/// that one which does not fit spoils nothing for the others.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Each {
    Class<? extends Record> value();
}
