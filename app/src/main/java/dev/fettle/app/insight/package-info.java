/// What can be said without asking a model: of code, and of what a model is told.
@NullMarked
package dev.fettle.app.insight;

import org.jspecify.annotations.NullMarked;
