/// The log of a long-running process: JSON lines or text, to a stream or into files that rotate, without secrets.
@NullMarked
package dev.fettle.telemetry.log;

import org.jspecify.annotations.NullMarked;
