/// Claims about how settings are read.
@NullMarked
package dev.fettle.app.config;

import org.jspecify.annotations.NullMarked;
