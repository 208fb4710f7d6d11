/// What can be configured, where a value may come from, and which mistakes there are.
@NullMarked
package dev.fettle.app.config;

import org.jspecify.annotations.NullMarked;
