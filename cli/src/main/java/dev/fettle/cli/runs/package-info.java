/// Commands about queued runs, and the processes that carry them out.
@NullMarked
package dev.fettle.cli.runs;

import org.jspecify.annotations.NullMarked;
