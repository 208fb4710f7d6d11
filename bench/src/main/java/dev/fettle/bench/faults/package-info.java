/// Kills, freezes and cuts off workers in the middle of runs, and counts what was lost, repeated or out of order.
@NullMarked
package dev.fettle.bench.faults;

import org.jspecify.annotations.NullMarked;
