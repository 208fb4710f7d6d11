/// How a process is watched while it runs: its log, and its metrics for those who have no key.
@NullMarked
package dev.fettle.app.watch;

import org.jspecify.annotations.NullMarked;
