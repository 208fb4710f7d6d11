package dev.fettle.server.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a text, or every text of a list, stands for. It is told to those who write clients; whether a text
/// in a body really is one, its route finds out.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Form {
    TextForm value();
}
