/// Looks for a small change that makes all tests pass: tries what a suspicious line might mean, the likeliest first.
@NullMarked
package dev.fettle.code.repair;

import org.jspecify.annotations.NullMarked;
