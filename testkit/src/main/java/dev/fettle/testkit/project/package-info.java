/// Projects for tests that build one.
@NullMarked
package dev.fettle.testkit.project;

import org.jspecify.annotations.NullMarked;
