/// What a working tree held at some moment, kept so that a run can go on elsewhere and a change can be
/// taken back.
@NullMarked
package dev.fettle.core.snapshot;

import org.jspecify.annotations.NullMarked;
