/// Numbers for Prometheus: what is told while the work is done, and what can be read off.
@NullMarked
package dev.fettle.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
